//! Products: their form, their suppliers, their levels, their end.

use backfill::catalog::{self, Error, LinkInput};
use backfill::db::{Act, Who};
use backfill::types::Quantity;

use crate::support::app::Shop;
use crate::support::goods::money;

#[actix_web::test]
async fn a_manager_adds_a_product_and_reads_it_on_its_page() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;

    let form = manager.page("/products/new").await.form("form.form");
    let page = manager
        .submit_form(
            &form
                .with("sku", " mug-1 ")
                .with("name", "Blue mug")
                .with("price", "12,50")
                .with("barcode", "4006381333931"),
        )
        .await;

    assert_eq!(page.text("h1"), "MUG-1");
    assert!(page.says("Blue mug"));
    assert!(page.says("12.50 EUR"));
    assert!(page.says("4006381333931"));
    assert!(page.says("MUG-1 was added."));
}

#[actix_web::test]
async fn every_field_of_a_product_complains_for_itself() {
    let shop = Shop::open().await;
    let manager = shop.manager().await;

    let reply = manager
        .htmx("")
        .post(
            "/products",
            &[
                ("sku", ""),
                ("name", " "),
                ("price", "much"),
                ("weight", "-1"),
            ],
        )
        .await;

    assert_eq!(reply.status(), 422);
    let form = reply.page();
    assert_eq!(form.field("sku").error(), "Enter a SKU.");
    assert_eq!(form.field("name").error(), "This cannot be empty.");
    assert_eq!(
        form.field("price").error(),
        "Enter an amount such as 12.50."
    );
    assert_eq!(form.field("price").value(), "much");
    assert_eq!(
        form.field("weight").error(),
        "Enter a whole number, 0 or more."
    );
    assert!(!form.has("h1"), "only the form is swapped");
}

#[actix_web::test]
async fn a_sku_and_a_barcode_are_each_used_once() {
    let shop = Shop::open().await;
    shop.new_product("MUG");
    let manager = shop.manager().await;
    let fields = |sku, barcode| {
        [
            ("sku", sku),
            ("name", "N"),
            ("price", "1"),
            ("barcode", barcode),
        ]
    };

    let same_sku = manager.post("/products", &fields("mug", "")).await;
    manager.submit("/products", &fields("PEN", "123")).await;
    let same_barcode = manager.post("/products", &fields("CUP", "123")).await;

    assert_eq!(same_sku.status(), 422);
    assert_eq!(
        same_sku.page().field("sku").error(),
        "This SKU is already used by another product."
    );
    assert_eq!(
        same_barcode.page().field("barcode").error(),
        "This barcode is already used by PEN."
    );
}

#[actix_web::test]
async fn a_product_is_edited_and_its_history_says_by_whom() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;

    let form = manager
        .page(&format!("{}/edit", mug.path()))
        .await
        .form("form.form");
    let page = manager.submit_form(&form.with("name", "Red mug")).await;

    assert!(page.says("Red mug"));
    let entry = page.text(".timeline li");
    assert!(
        entry.contains("Edited") && entry.contains("Manager"),
        "{entry}"
    );
}

#[actix_web::test]
async fn a_product_that_is_needed_is_not_archived_and_the_refusal_says_why() {
    let shop = Shop::open().await;
    let (lying, wanted) = (shop.new_product("LYING"), shop.new_product("WANTED"));
    shop.has(&lying, 3);
    shop.sells("SO-1", &wanted, 2);
    let manager = shop.manager().await;

    let of_lying = manager
        .post(&format!("{}/archive", lying.path()), &[])
        .await;
    let of_wanted = manager
        .post(&format!("{}/archive", wanted.path()), &[])
        .await;

    assert_eq!((of_lying.status(), of_wanted.status()), (409, 409));
    assert!(of_lying.page().says("3 on hand, 0 to ship, 0 incoming"));
    assert!(of_wanted.page().says("0 on hand, 2 to ship, 0 incoming"));
}

#[actix_web::test]
async fn an_archived_product_leaves_the_list_and_comes_back() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let manager = shop.manager().await;

    let archived = manager
        .submit(&format!("{}/archive", mug.path()), &[])
        .await;
    let without = manager.page("/products").await;
    let in_archive = manager.page("/products?state=archived").await;
    manager
        .submit(&format!("{}/restoration", mug.path()), &[])
        .await;
    let again = manager.page("/products").await;

    assert!(archived.says("Archived"));
    assert!(!without.says("Product MUG"));
    assert!(in_archive.says("Product MUG"));
    assert!(again.says("Product MUG"));
}

#[actix_web::test]
async fn a_product_with_suppliers_has_exactly_one_primary_one() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let first = shop.buys_at(&mug, &shop.new_supplier("ACME"));
    let second = shop.buys_at(&mug, &shop.new_supplier("BEST"));
    let third = shop.buys_at(&mug, &shop.new_supplier("CORP"));
    let manager = shop.manager().await;
    let primary = async || {
        let page = manager.page(&mug.path()).await;
        let table = page.table("Suppliers");
        let rows = table.rows.iter().map(|row| row.words());
        let primary: Vec<String> = rows.filter(|words| words.contains("Primary")).collect();
        assert_eq!(primary.len(), 1, "{primary:?}");
        primary[0].split_whitespace().nth(1).map(str::to_owned)
    };
    let path = |link| format!("{}/suppliers/{link}", mug.path());

    assert_eq!(primary().await.as_deref(), Some("ACME"));
    manager
        .submit(&format!("{}/primary", path(third.id)), &[])
        .await;
    assert_eq!(primary().await.as_deref(), Some("CORP"));
    manager
        .submit(&format!("{}/removal", path(third.id)), &[])
        .await;
    assert_eq!(primary().await.as_deref(), Some("ACME"));
    manager
        .submit(&format!("{}/removal", path(first.id)), &[])
        .await;
    assert_eq!(primary().await.as_deref(), Some("BEST"));
    manager
        .submit(&format!("{}/removal", path(second.id)), &[])
        .await;
    assert!(
        manager
            .page(&mug.path())
            .await
            .says("Nobody delivers this product yet")
    );
}

#[actix_web::test]
async fn the_terms_of_a_supplier_are_typed_in_a_dialog() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let acme = shop.new_supplier("ACME");
    let manager = shop.manager().await;

    let dialog = manager
        .htmx("dialog-content")
        .get(&format!("{}/suppliers/new", mug.path()))
        .await
        .page();
    let empty = manager.htmx("").send(&dialog.form("form")).await;
    let form = empty
        .page()
        .form("form")
        .with("supplier", &acme.id.to_string())
        .with("supplier_sku", "A-77")
        .with("price", "3.1234")
        .with("minimum_quantity", "24")
        .with("pack_size", "12")
        .with("lead_time_days", "30");
    let page = manager.submit_form(&form).await;
    let twice = manager.send(&form.without("key")).await;

    assert_eq!(empty.status(), 422);
    assert_eq!(empty.page().field("supplier").error(), "Choose a supplier.");
    assert_eq!(
        empty.page().field("price").error(),
        "Enter an amount such as 12.50."
    );
    let table = page.table("Suppliers");
    let row = table.row("Supplier ACME");
    assert_eq!(row.cell("Its SKU"), "A-77");
    assert_eq!(row.cell("Price each"), "3.1234 EUR");
    assert_eq!(row.cell("Minimum"), "24");
    assert_eq!(row.cell("Pack"), "12");
    assert_eq!(row.cell("Lead time"), "30 days");
    assert_eq!(
        twice.page().field("supplier").error(),
        "This product already has this supplier: edit its terms instead."
    );
}

#[actix_web::test]
async fn terms_without_a_lead_time_have_that_of_the_supplier() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let link = shop.buys_at(&mug, &shop.new_supplier("ACME"));
    let manager = shop.manager().await;

    let before = manager.page(&mug.path()).await;
    let form = manager
        .page(&format!("{}/suppliers/{}/edit", mug.path(), link.id))
        .await
        .form("form.form");
    let after = manager.submit_form(&form.with("lead_time_days", "0")).await;

    assert_eq!(
        before.table("Suppliers").row("ACME").cell("Lead time"),
        "7 days"
    );
    assert_eq!(
        after.table("Suppliers").row("ACME").cell("Lead time"),
        "0 days"
    );
}

#[actix_web::test]
async fn terms_belong_to_their_product() {
    let shop = Shop::open().await;
    let (mug, pen) = (shop.new_product("MUG"), shop.new_product("PEN"));
    let link = shop.buys_at(&mug, &shop.new_supplier("ACME"));
    let manager = shop.manager().await;

    let reply = manager
        .post(
            &format!("{}/suppliers/{}/removal", pen.path(), link.id),
            &[],
        )
        .await;

    assert_eq!(reply.status(), 404);
    assert!(manager.page(&mug.path()).await.says("Supplier ACME"));
}

#[actix_web::test]
async fn an_archived_supplier_takes_no_new_product() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let acme = shop.new_supplier("ACME");
    shop.write(|conn| Ok(catalog::archive_supplier(conn, acme.id)?));
    let terms = LinkInput {
        supplier_sku: String::new(),
        price: money("1"),
        minimum_quantity: Quantity::new(1),
        pack_size: Quantity::new(1),
        lead_time_days: None,
    };

    let refusal = catalog::link_supplier(
        &mut Act::new(&mut shop.connect(), Who::BACKFILL),
        mug.id,
        acme.id,
        &terms,
    );

    assert_eq!(refusal.map(|link| link.id), Err(Error::NoSuchSupplier));
}

#[actix_web::test]
async fn levels_are_shown_per_warehouse_in_the_words_of_the_books() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.warehouse("EAST");
    shop.has(&mug, 7);
    shop.sells("SO-1", &mug, 5);
    shop.sells("SO-2", &mug, 5);

    let page = shop.user().await.page(&mug.path()).await;

    let table = page.table("Levels");
    let main = table.row("MAIN");
    let figures = [
        "On hand",
        "Reserved",
        "Free",
        "To ship",
        "Available",
        "Incoming",
    ];
    assert_eq!(
        figures.map(|figure| main.cell(figure)),
        ["7", "7", "0", "10 short", "0", "0"]
    );
    assert_eq!(table.row("EAST").cell("On hand"), "0");
    assert!(!page.has("form[id^=limits-]"), "a user only reads");
}

#[actix_web::test]
async fn a_manager_sets_levels_in_the_row_of_a_warehouse() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let place = shop.primary_warehouse();
    let manager = shop.manager().await;
    let path = format!("{}/levels/{}", mug.path(), place.id);

    let saved = manager
        .htmx("levels")
        .post(&path, &[("warning", "40"), ("ideal", "100")])
        .await;
    let refused = manager
        .htmx("levels")
        .post(&path, &[("warning", "40"), ("ideal", "30")])
        .await;
    let nonsense = manager
        .htmx("levels")
        .post(&path, &[("warning", "many"), ("ideal", "")])
        .await;

    assert_eq!(saved.status(), 200);
    assert!(
        saved
            .header("HX-Trigger")
            .is_some_and(|toast| toast.contains("saved"))
    );
    assert_eq!(saved.page().field("ideal").value(), "100");
    assert!(
        saved
            .page()
            .table("Levels")
            .row("MAIN")
            .cell("Available")
            .contains("low")
    );
    assert_eq!((refused.status(), nonsense.status()), (422, 422));
    assert_eq!(
        refused.page().field("ideal").error(),
        "The ideal level would be 30, below the warning level of 40."
    );
    assert_eq!(refused.page().field("ideal").value(), "30");
    assert!(!nonsense.page().field("warning").error().is_empty());
    let kept = manager.page(&mug.path()).await;
    assert_eq!(kept.field("ideal").value(), "100");
}

#[actix_web::test]
async fn levels_of_nothing_are_not_found() {
    let shop = Shop::open().await;
    let (mug, place) = (shop.new_product("MUG"), shop.primary_warehouse());
    let manager = shop.manager().await;

    let no_product = format!("/products/999/levels/{}", place.id);
    let no_product = manager.post(&no_product, &[]).await;
    let no_warehouse = manager
        .post(&format!("{}/levels/999", mug.path()), &[])
        .await;

    assert_eq!((no_product.status(), no_warehouse.status()), (404, 404));
}

#[actix_web::test]
async fn the_latest_movements_say_what_came_and_why() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    shop.has(&mug, 3);
    shop.has(&mug, -1);

    let page = shop.user().await.page(&mug.path()).await;

    let table = page.table("Latest movements");
    assert_eq!(table.column("Units"), ["1", "3"]);
    assert_eq!(table.column("Level after"), ["2", "3"]);
    assert_eq!(table.column("From"), ["MAIN", "outside"]);
    assert_eq!(table.column("To"), ["outside", "MAIN"]);
    assert_eq!(
        table.column("Why"),
        ["Adjustment found", "Adjustment found"]
    );
}
