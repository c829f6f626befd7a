//! The marks at the rows of all lists, and the figure in the menu.

use backfill::organizer::{EntryInput, EntryKind};
use backfill::types::RecordRef;
use backfill::web::Role;
use chrono::{Days, Utc};

use crate::accounts::limited::sides::Sides;
use crate::support::app::Shop;

#[actix_web::test]
async fn each_record_has_its_count_and_the_first_texts() {
    let shop = Shop::open().await;
    let (mug, jar) = (shop.new_product("MUG"), shop.new_product("JAR"));
    let record = RecordRef::Product(mug.id);
    for n in 1..=6 {
        shop.notes(record, &format!("Note {n}"));
    }
    let warning = EntryInput {
        warns: true,
        text: "<b>Glass</b>".into(),
        ..shop.entry(EntryKind::Task, "Fragile")
    };
    shop.writes(Some(record), &warning);
    let user = shop.user().await;

    let asked = format!("product:{},product:{},order:1,nonsense,", mug.id, jar.id);
    let page = user.page(&format!("/organizer/marks?of={asked}")).await;

    assert_eq!(
        page.attributes("[data-mark]", "data-mark"),
        [record.to_string()]
    );
    let label = page.attribute("[data-mark] button", "aria-label");
    assert_eq!(label.as_deref(), Some("7 notes and tasks"));
    assert_eq!(page.text("[data-mark] .count"), "7");
    let texts = page.text(".notes-texts");
    assert!(texts.starts_with("Fragile <b>Glass</b> Note 6"), "{texts}");
    assert!(texts.ends_with("and 3 more"), "{texts}");
    assert!(page.has(".notes-warn"));
}

#[actix_web::test]
async fn what_is_done_or_archived_is_not_counted() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let record = RecordRef::Product(mug.id);
    let note = shop.notes(record, "Fragile");
    let task = shop.writes(Some(record), &shop.entry(EntryKind::Task, "Dust"));
    let manager = shop.manager().await;
    let asked = format!("/organizer/marks?of={record}");
    let label = async || {
        let page = manager.page(&asked).await;
        page.attribute("[data-mark] button", "aria-label")
    };

    assert_eq!(label().await.as_deref(), Some("2 notes and tasks"));
    let path = format!("/organizer/{}/status", task.id);
    manager.submit(&path, &[("status", "done")]).await;
    assert_eq!(label().await.as_deref(), Some("1 note"));
    let path = format!("/organizer/{}/archive", note.id);
    manager.submit(&path, &[]).await;
    assert_eq!(label().await, None);
}

#[actix_web::test]
async fn the_menu_says_what_is_due_for_the_reader() {
    let shop = Shop::open().await;
    let me = shop.person(Role::User).id;
    let today = Utc::now().date_naive();
    shop.task("Late", Some(me), today.pred_opt());
    shop.task("Now", Some(me), Some(today));
    shop.task("Later", Some(me), Some(today + Days::new(2)));
    shop.task("Some day", Some(me), None);
    shop.task("Of nobody", None, Some(today));
    let user = shop.user().await;

    let page = user.page("/organizer/marks").await;
    let other = shop.manager().await.page("/organizer/marks").await;

    assert_eq!(page.text("[data-due]"), "2 , 2 tasks due");
    assert_eq!(other.text("[data-due]"), "");
}

#[actix_web::test]
async fn a_page_of_many_rows_asks_once_and_within_bounds() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    for n in 0..3 {
        shop.notes(RecordRef::Product(mug.id), &format!("Note {n}"));
    }
    let user = shop.user().await;
    let few = format!("/organizer/marks?of=product:{}", mug.id);
    let ids: Vec<String> = (1..=300).map(|id| format!("product:{id}")).collect();
    let many = format!("/organizer/marks?of={}", ids.join(","));

    let (_, of_few) = shop.statements_of(user.page(&few)).await;
    let (_, of_many) = shop.statements_of(user.page(&many)).await;

    assert_eq!(of_few, of_many);
}

#[actix_web::test]
async fn rows_of_the_lists_have_a_place_for_the_mark() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    shop.buys_at(&mug, &hart);
    shop.sells("SO-1", &mug, 1);
    shop.drafts(&hart, &mug, 5);
    let manager = shop.manager().await;

    for (path, kind, of) in [
        ("/orders", "order", "SO-1"),
        ("/customers", "customer", "Customer SO-1"),
        ("/products", "product", "MUG"),
        ("/suppliers", "supplier", "HART"),
        ("/stock", "product", "MUG"),
        ("/warehouses", "warehouse", "MAIN"),
        ("/purchase-orders", "purchase_order", "PO-000001"),
        ("/replenishment", "product", "MUG"),
        ("/preparation?tab=backorder", "order", "SO-1"),
    ] {
        let page = manager.page(path).await;
        let marked = format!("tr [data-notes^='{kind}:'][data-of='{of}'] button");
        let label = page.attribute(&marked, "aria-label");
        assert_eq!(label, Some(format!("Add new on {of}")), "{path}");
    }
}

#[actix_web::test]
async fn lines_have_a_place_for_the_mark_of_their_product() {
    let sides = Sides::open().await;
    let manager = sides.shop.manager().await;
    let product = &sides.main.product;
    let marked = format!(
        "[data-notes='product:{}'][data-of='{}'] button",
        product.id, product.sku
    );

    for route in [
        "/orders/{id}",
        "/purchase-orders/{id}",
        "/purchase-orders/{id}/receptions/new",
        "/receptions/{id}",
        "/shipments/{id}",
        "/transfers/{id}",
        "/transfers/{id}/sending",
        "/counts/{id}",
        "/counts/proposals?warehouse=1",
    ] {
        let page = manager.page(&sides.main.path(route)).await;
        let label = page.attribute(&marked, "aria-label");
        assert_eq!(
            label,
            Some(format!("Add new on {}", product.sku)),
            "{route}"
        );
    }
}
