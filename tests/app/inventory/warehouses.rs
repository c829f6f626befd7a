//! Warehouses: their settings, the primary one, their end.

use backfill::catalog::Warehouse;
use backfill::types::WarehouseId;

use crate::support::app::Shop;
use crate::support::requests::{Browser, Reply};

/// Sends the form of a warehouse as it stands, with one field changed; none: a box left unticked.
async fn edits(admin: &Browser, warehouse: &Warehouse, field: &str, value: Option<&str>) -> Reply {
    let form = admin
        .page(&format!("{}/edit", warehouse.path()))
        .await
        .form("form.form");
    let form = match value {
        Some(value) => form.with(field, value),
        None => form.without(field),
    };
    admin.htmx("").send(&form).await
}

fn known(shop: &Shop, id: WarehouseId) -> Warehouse {
    shop.read(|conn| Ok(backfill::catalog::warehouse(conn, id)?))
}

#[actix_web::test]
async fn a_new_backfill_has_a_primary_warehouse_to_work_with() {
    let shop = Shop::open().await;

    let page = shop.user().await.page("/warehouses").await;

    let row = page.table("Warehouses").row("MAIN").words();
    assert!(row.contains("Primary"), "{row}");
}

#[actix_web::test]
async fn an_admin_opens_a_warehouse_with_all_its_settings() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let form = admin.page("/warehouses/new").await.form("form.form");
    let page = admin
        .submit_form(
            &form
                .with("code", "shop-1")
                .with("name", "The shop")
                .with("kind", "shop")
                .with("default_warning_level", "5")
                .with("default_ideal_level", "20")
                .with("allocation_policy", "complete_first")
                .with("collect_after_days", "3")
                .with("address", "1 Quay\nPort")
                .without("in_supply_needs"),
        )
        .await;

    assert_eq!(page.text("h1"), "SHOP-1");
    let facts: Vec<String> = page.texts(".facts dd");
    assert_eq!(
        facts,
        [
            "Shop A shop with customers in it: it sells, and ships orders.",
            "yes",
            "yes",
            "no",
            "5",
            "20",
            "Complete orders first, collects after 3 days",
            "not used Use bins",
            "1 Quay Port"
        ]
    );
}

#[actix_web::test]
async fn every_field_of_a_warehouse_complains_for_itself() {
    let shop = Shop::open().await;
    let admin = shop.admin().await;

    let form = admin
        .page("/warehouses/new")
        .await
        .form("form.form")
        .with("default_warning_level", "9")
        .with("default_ideal_level", "5")
        .with("collect_after_days", "900");
    let reply = admin.htmx("").send(&form).await;
    let form = form
        .with("collect_after_days", "9")
        .with("code", "main")
        .with("name", "Second");
    let levels = admin.htmx("").send(&form).await;
    let taken = admin
        .htmx("")
        .send(&form.with("default_ideal_level", "9"))
        .await;

    assert_eq!(reply.status(), 422);
    for field in ["code", "name", "collect_after_days"] {
        assert!(!reply.page().field(field).error().is_empty(), "{field}");
    }
    assert_eq!(
        levels.page().field("default_ideal_level").error(),
        "The ideal level cannot be below the warning level."
    );
    assert_eq!(
        taken.page().field("code").error(),
        "This code is already used by another warehouse."
    );
}

#[actix_web::test]
async fn making_one_warehouse_primary_unmakes_the_other() {
    let shop = Shop::open().await;
    let (main, east) = (shop.primary_warehouse(), shop.warehouse("EAST"));
    let admin = shop.admin().await;

    let reply = edits(&admin, &known(&shop, east), "is_primary", Some("true")).await;

    assert_eq!(reply.status(), 204, "{}", reply.summary());
    assert!(known(&shop, east).is_primary);
    assert!(!known(&shop, main.id).is_primary);
}

#[actix_web::test]
async fn one_warehouse_stays_primary_and_that_one_stays_active() {
    let shop = Shop::open().await;
    let main = shop.primary_warehouse();
    let admin = shop.admin().await;

    let no_more_primary = edits(&admin, &main, "is_primary", None).await;
    let deactivated = edits(&admin, &main, "is_active", None).await;

    assert_eq!(no_more_primary.status(), 422);
    assert_eq!(
        no_more_primary.page().field("is_primary").error(),
        "One warehouse is always primary: make another one primary instead."
    );
    assert_eq!(
        deactivated.page().field("is_active").error(),
        "The primary warehouse cannot be deactivated: make another one primary first."
    );
    assert!(shop.primary_warehouse().is_active);
}

#[actix_web::test]
async fn a_warehouse_in_use_is_not_deactivated_and_the_refusal_names_why() {
    let shop = Shop::open().await;
    let main = shop.primary_warehouse();
    let (mug, acme) = (shop.new_product("MUG"), shop.new_supplier("ACME"));
    shop.buys_at(&mug, &acme);
    shop.has(&mug, 1);
    for number in 1..=5 {
        shop.sells(&format!("SO-{number}"), &mug, 1);
    }
    let bought = shop.drafts(&acme, &mug, 1).number;
    let east = known(&shop, shop.warehouse("EAST"));
    let admin = shop.admin().await;
    edits(&admin, &east, "is_primary", Some("true")).await;

    let reply = edits(&admin, &main, "is_active", None).await;

    assert_eq!(reply.status(), 422);
    let error = reply.page().field("is_active").error().to_owned();
    assert_eq!(
        error,
        format!(
            "This warehouse cannot be deactivated: it has stock of MUG, \
             open orders SO-1, SO-2, SO-3 and 2 more, open purchase orders {bought}."
        )
    );
    assert!(known(&shop, main.id).is_active);
}

#[actix_web::test]
async fn an_empty_warehouse_is_deactivated_and_used_no_more() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let east = known(&shop, shop.warehouse("EAST"));
    shop.has_in(east.id, &mug, 1);
    shop.has_in(east.id, &mug, -1);
    let admin = shop.admin().await;

    let reply = edits(&admin, &east, "is_active", None).await;

    assert_eq!(reply.status(), 204, "{}", reply.summary());
    let used = shop.read(|conn| Ok(backfill::catalog::warehouses(conn)?));
    let used: Vec<&str> = used
        .iter()
        .map(|warehouse| warehouse.code.as_str())
        .collect();
    assert_eq!(used, ["MAIN"]);
    let levels = admin.page(&mug.path()).await.table("Levels");
    assert_eq!(levels.column("Warehouse"), ["MAIN Main warehouse"]);
}

#[actix_web::test]
async fn only_an_admin_changes_a_warehouse() {
    let shop = Shop::open().await;
    let main = shop.primary_warehouse();
    let manager = shop.manager().await;

    let form = manager.get(&format!("{}/edit", main.path())).await;
    let post = manager.post(&main.path(), &[("code", "X")]).await;
    let page = manager.page(&main.path()).await;

    assert_eq!((form.status(), post.status()), (403, 403));
    assert!(page.says("Main warehouse"));
    assert!(!page.says("Edit"));
}

#[actix_web::test]
async fn the_page_of_a_warehouse_says_what_it_holds_and_ships() {
    let shop = Shop::open().await;
    let main = shop.primary_warehouse();
    let (mug, cup, acme) = (
        shop.new_product("MUG"),
        shop.new_product("CUP"),
        shop.new_supplier("ACME"),
    );
    shop.buys_at(&mug, &acme);
    let user = shop.user().await;
    let empty = user.page(&main.path()).await;
    assert!(empty.says("No order waits for this warehouse.") && empty.says("Nothing lies here."));

    shop.has(&mug, 5);
    shop.has(&cup, 2);
    shop.sells("SO-1", &mug, 3);
    shop.sells("SO-2", &cup, 4);

    let page = user.page(&main.path()).await;
    let tiles = page.texts("#figures .tile");
    assert_eq!(tiles[0], "Products in stock 2 7 units");
    assert_eq!(tiles[2], "Orders to ship 2 7 units");
    assert!(
        tiles[3].starts_with("Products with backorders 1 "),
        "{tiles:?}"
    );
    assert_eq!(
        page.texts("#to-ship tbody tr"),
        ["SO-1 Customer SO-1 In stock", "SO-2 Customer SO-2 Partial"]
    );
    assert_eq!(page.texts("#held tbody .row-link"), ["MUG", "CUP"]);
    let worth = user.page(&format!("{}/worth", main.path())).await;
    assert!(
        worth.says("Value 20.00 EUR at cost; that of 1 product is not known"),
        "{}",
        worth.words()
    );
    let short = page.attributes("#figures a", "href");
    let short = user.page(&short[2]).await;
    assert_eq!(short.texts("#results tbody .row-link"), ["CUP"]);
}
