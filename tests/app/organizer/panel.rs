//! What is written about a record, on its page.

use backfill::organizer::{EntryInput, EntryKind};
use backfill::schema::orders;
use backfill::types::RecordRef;
use diesel::prelude::*;

use crate::preparation::order;
use crate::support::app::Shop;

#[actix_web::test]
async fn every_record_has_its_panel_and_the_popup_knows_it() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    let customer = shop.new_customer("ANNA");
    let order = shop.sells("SO-1", &mug, 1);
    let purchase = shop.drafts(&hart, &mug, 5);
    let (main, east) = (shop.warehouse("MAIN"), shop.warehouse("EAST"));
    let transfer = shop.drafts_transfer([main, east], &[(mug.id, 1)]);
    let manager = shop.manager().await;

    for record in [
        RecordRef::Order(order),
        RecordRef::Customer(customer),
        RecordRef::Product(mug.id),
        RecordRef::Supplier(hart.id),
        RecordRef::PurchaseOrder(purchase.id),
        RecordRef::Transfer(transfer.id),
        RecordRef::Warehouse(main),
    ] {
        shop.notes(record, "Take care");
        let page = manager.page(&record.path()).await;
        let panel = format!("[data-record='{record}']");
        let asks = page.attribute(&panel, "hx-get").expect("a panel");
        let panel = manager.htmx("").page(&asks).await;
        assert!(panel.says("Take care") && !panel.has("nav"), "{record}");
        let form = manager
            .page(&format!("/organizer/new?record={record}"))
            .await;
        let name = form.title();
        assert!(name.contains(&record.label()), "{record}: {name}");
    }
}

#[actix_web::test]
async fn what_is_done_is_folded_below_what_is_to_be_done() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let record = RecordRef::Product(mug.id);
    let task = shop.writes(Some(record), &shop.entry(EntryKind::Task, "Dust"));
    shop.notes(record, "Fragile");
    let manager = shop.manager().await;
    let path = format!("/organizer/panel?record={record}");
    let before = manager.page(&path).await;
    let done = before.form("form[action$='/status']");

    let reply = manager.htmx("").send(&done).await;
    let after = manager.page(&path).await;

    assert_eq!(reply.status(), 204, "{}", reply.summary());
    assert_eq!(after.texts("details .row-link"), ["Dust"]);
    assert!(after.says("1 task done"), "{}", after.words());
    assert_eq!(task.record(), Some(record));
}

#[actix_web::test]
async fn in_a_dialog_it_has_a_title() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let user = shop.user().await;

    let dialog = user.htmx("dialog-content");
    let page = dialog
        .page(&format!("/organizer/panel?record=product:{}", mug.id))
        .await;

    assert_eq!(page.text("#dialog-title"), "Product MUG");
    assert!(page.says("Nothing is written about it yet."));
}

#[actix_web::test]
async fn a_number_as_shops_write_it_leads_to_its_order() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    let called = |placed: &'static str, number: &str| {
        let id = order(placed, 1).line(&mug, 1).place(&shop);
        shop.write(|act| {
            diesel::update(orders::table.find(id))
                .set(orders::number.eq(number))
                .execute(act.conn())?;
            Ok(id)
        })
    };
    let (plain, marked) = (called("SO-1", "1001"), called("SO-2", "#1002"));
    let twins = [called("SO-3", "1003"), called("SO-4", "#1003")];
    let note = EntryInput {
        text: "Together with #1001, #1002 and #1003.".into(),
        ..shop.entry(EntryKind::Note, "One parcel")
    };
    let note = shop.writes(Some(RecordRef::Product(mug.id)), &note);
    let user = shop.user().await;
    let page = user.page(&note.itself().path()).await;

    for (number, order) in [("#1001", plain), ("#1002", marked)] {
        let opened = user.get(&page.link(number)).await;
        let path = RecordRef::Order(order).path();
        assert_eq!(opened.location(), Some(path), "{number}");
    }
    let both = user.page(&page.link("#1003")).await;
    for order in twins {
        assert!(both.has(&format!("a[href='/orders/{order}']")), "{order}");
    }
}

#[actix_web::test]
async fn what_is_archived_keeps_its_notes() {
    let shop = Shop::open().await;
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    let manager = shop.manager().await;

    for (record, called) in [
        (RecordRef::Product(mug.id), "Product MUG"),
        (RecordRef::Supplier(hart.id), "Supplier Supplier HART"),
    ] {
        let label = format!("About {called}");
        shop.notes(record, &label);

        let page = manager
            .submit(&format!("{}/archive", record.path()), &[])
            .await;
        let panel = format!("[data-record='{record}']");
        let panel = page.attribute(&panel, "hx-get").expect("its panel");
        let list = manager.page("/organizer").await;

        assert!(page.says("is archived."), "{}", page.words());
        assert!(manager.page(&panel).await.says(&label), "{record}");
        assert!(list.says(&label), "{}", list.words());
        assert_eq!(list.link(called), record.path());
        let marks = manager.page(&format!("/organizer/marks?of={record}")).await;
        assert!(marks.says(&label), "{record}");
    }
}
