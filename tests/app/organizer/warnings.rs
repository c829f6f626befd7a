//! Notes that warn stop whatever is done to their record, until who does it has read them.

use backfill::organizer::{self, EntryInput, EntryKind};
use backfill::preparation::{self, Tab};
use backfill::types::{OrderId, RecordRef};

use crate::preparation::order;
use crate::support::app::Shop;
use crate::support::html::Form;
use crate::support::requests::Reply;

/// A note that is to be read before something is done to its record.
fn warns(shop: &Shop, record: RecordRef, label: &str) -> organizer::Entry {
    let note = EntryInput {
        warns: true,
        text: "Ring twice".into(),
        ..shop.entry(EntryKind::Note, label)
    };
    shop.writes(Some(record), &note)
}

/// An order of one, which is there.
fn ordered(shop: &Shop, number: &'static str) -> OrderId {
    let mug = shop.new_product(number);
    shop.has(&mug, 1);
    order(number, 1).line(&mug, 1).place(shop)
}

fn go_on(stopped: &Reply) -> Form {
    assert_eq!(stopped.status(), 409, "{}", stopped.summary());
    stopped.page().form("form[data-go-on]")
}

#[actix_web::test]
async fn what_is_noted_of_an_order_stops_its_parcel_until_it_is_read() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    let parcel = shop.prepares(sold);
    shop.write(|act| {
        preparation::mark_picked(act, parcel)?;
        Ok(preparation::pack_unscanned(act, parcel)?)
    });
    let note = warns(&shop, RecordRef::Order(sold), "Call before shipping");
    let user = shop.user().await;
    let page = user.page(&format!("/shipments/{parcel}")).await;
    let ship = page.form("#departure").with("carrier", "Ann's van");

    let stopped = user.send(&ship).await;
    let again = user.send(&ship).await;
    let said = stopped.page();
    let shipped = user.send(&go_on(&again)).await;
    let twice = user.send(&ship).await;

    for words in ["Call before shipping", "Ring twice", "Order SO-1", "go on"] {
        assert!(said.says(words), "{words}: {}", said.words());
    }
    assert_eq!(shipped.status(), 303, "{}", shipped.summary());
    assert!(user.follow(&shipped).await.says("Ann's van"));
    assert_eq!(twice.status(), 303, "the same again: {}", twice.summary());
    assert_eq!(shop.tab_counts(), [(Tab::Shipped, 1)]);
    assert!(note.warns);
}

#[actix_web::test]
async fn who_has_read_it_is_not_stopped_again_until_it_says_something_else() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    let note = warns(&shop, RecordRef::Order(sold), "Ask Ada");
    let (user, manager) = (shop.user().await, shop.manager().await);
    let hold = [("reason", "Holiday"), ("key", "hold-0001-0001-0001")];
    let holds = format!("/orders/{sold}/hold");
    let release = format!("/orders/{sold}/release");

    let held = user.send(&go_on(&user.post(&holds, &hold).await)).await;
    let of_another = manager.post(&release, &[]).await;
    let released = user.post(&release, &[]).await;
    let edit = manager
        .page(&format!("/organizer/{}/edit", note.id))
        .await
        .form("form.entry-form");
    manager.submit_form(&edit.with("label", "Ask Grace")).await;
    let changed = user
        .post(
            &holds,
            &[("reason", "Again"), ("key", "hold-0002-0002-0002")],
        )
        .await;

    assert_eq!(held.status(), 303, "{}", held.summary());
    assert_eq!(released.status(), 303, "{}", released.summary());
    assert_eq!(of_another.status(), 409, "{}", of_another.summary());
    assert!(of_another.page().says("Ask Ada"));
    assert_eq!(changed.status(), 409, "{}", changed.summary());
    assert!(changed.page().says("Ask Grace"));
}

#[actix_web::test]
async fn many_orders_are_prepared_when_the_notes_of_all_are_read() {
    let shop = Shop::open().await;
    let (one, two) = (ordered(&shop, "SO-1"), ordered(&shop, "SO-2"));
    warns(&shop, RecordRef::Order(two), "Gift wrap");
    let user = shop.user().await;
    let warehouse = shop.primary_warehouse().id.to_string();
    let (one, two) = (one.to_string(), two.to_string());
    let both = [
        ("warehouse", warehouse.as_str()),
        ("order", one.as_str()),
        ("order", two.as_str()),
        ("key", "both-0001-0001-0001"),
    ];

    let stopped = user.post("/shipments", &both).await;
    let before = shop.tab_counts();
    let begun = user.send(&go_on(&stopped)).await;

    assert!(stopped.page().says("Order SO-2") && stopped.page().says("Gift wrap"));
    assert!(!stopped.page().says("Order SO-1"));
    assert_eq!(before, [(Tab::InStock, 2)]);
    assert_eq!(begun.status(), 303, "{}", begun.summary());
    assert_eq!(shop.tab_counts(), [(Tab::InProgress, 2)]);
}

#[actix_web::test]
async fn a_form_that_is_wrong_or_an_act_that_is_refused_says_so_first() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    warns(&shop, RecordRef::Order(sold), "Ask Ada");
    let parcel = shop.prepares(sold);
    let user = shop.user().await;

    let wrong = [("reason", ""), ("key", "hold-0001-0001-0001")];
    let wrong = user.post(&format!("/orders/{sold}/hold"), &wrong).await;
    let early = [("key", "pack-0001-0001-0001")];
    let early = user
        .post(&format!("/shipments/{parcel}/packed"), &early)
        .await;

    assert_eq!(wrong.status(), 422, "{}", wrong.summary());
    assert_eq!(early.status(), 409, "{}", early.summary());
    assert!(!early.page().says("Ask Ada"), "{}", early.page().words());
}

#[actix_web::test]
async fn in_a_page_the_notes_open_as_a_dialog_over_it() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    warns(&shop, RecordRef::Order(sold), "Ask Ada");
    let parcel = shop.prepares(sold);
    let user = shop.user().await;
    let picked = user.page(&format!("/shipments/{parcel}")).await;
    let picked = picked.form("form[action$='/picked']");

    let stopped = user.htmx("").send(&picked).await;
    let dialog = user.htmx("dialog-content");
    let done = dialog.send(&go_on(&stopped)).await;

    assert_eq!(stopped.header("hx-retarget"), Some("#dialog-content"));
    assert_eq!(stopped.page().text("#dialog-title"), "Read this first");
    assert_eq!(done.status(), 204, "{}", done.summary());
    let location = format!("/shipments/{parcel}");
    assert_eq!(done.header("hx-location"), Some(location.as_str()));
}

#[actix_web::test]
async fn notes_of_customers_count_for_their_orders_and_those_of_suppliers_for_what_is_sent() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    let (mug, hart) = (shop.new_product("MUG"), shop.new_supplier("HART"));
    let purchase = shop.drafts(&hart, &mug, 5);
    let customer = shop.read(|conn| {
        use backfill::schema::orders;
        use diesel::prelude::*;
        Ok(orders::table
            .find(sold)
            .select(orders::customer_id)
            .first(conn)?)
    });
    warns(&shop, RecordRef::Customer(customer), "Owes us");
    warns(&shop, RecordRef::Supplier(hart.id), "New address");
    warns(&shop, RecordRef::Product(mug.id), "Glass");
    let manager = shop.manager().await;
    let order = format!("/orders/{sold}/hold");
    let hold = [("reason", "Holiday"), ("key", "hold-0001-0001-0001")];
    let send = [("without_mail", "yes"), ("key", "send-0001-0001-0001")];

    let held = manager.post(&order, &hold).await;
    let page = manager
        .page(&format!("/purchase-orders/{}", purchase.id))
        .await;
    let saved = manager.send(&page.form("#edit")).await;
    let sent = manager
        .post(&format!("/purchase-orders/{}/sending", purchase.id), &send)
        .await;
    let archived = manager
        .post(&format!("/products/{}/archive", mug.id), &[])
        .await;

    assert!(held.status() == 409 && held.page().says("Owes us"));
    assert_eq!(saved.status(), 303, "{}", saved.summary());
    assert!(sent.status() == 409 && sent.page().says("New address"));
    assert!(!sent.page().says("Glass"));
    assert!(archived.status() == 409 && archived.page().says("Glass"));
}

#[actix_web::test]
async fn a_picture_is_sent_again_with_what_was_read() {
    let shop = Shop::open().await;
    let mug = shop.new_product("MUG");
    warns(&shop, RecordRef::Product(mug.id), "Show no brand");
    let manager = shop.manager().await;
    let file = crate::catalog::pictures::drawn(9, 9, image::ImageFormat::Png);
    let path = format!("{}/picture", mug.path());
    let send = async |fields: &[(&str, &str)]| {
        manager
            .upload(&path, fields, ("file", "mug.png", &file))
            .await
    };

    let stopped = send(&[]).await;
    let form = go_on(&stopped);
    let bare = manager.page(&mug.path()).await;
    let read: Vec<(&str, &str)> = form
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let saved = send(&read).await;
    let again = send(&[]).await;

    assert!(stopped.page().says("Show no brand"));
    let file = "form[enctype='multipart/form-data'] [type=file][required]";
    assert!(stopped.page().has(file), "it is chosen once more");
    assert!(!bare.has("img.picture"), "nothing was done yet");
    assert_eq!(saved.status(), 303, "{}", saved.summary());
    assert!(manager.page(&mug.path()).await.has("img.picture"));
    assert_eq!(again.status(), 303, "it was read: {}", again.summary());
}

#[actix_web::test]
async fn what_is_archived_or_done_warns_nobody_and_reading_costs_nothing() {
    let shop = Shop::open().await;
    let sold = ordered(&shop, "SO-1");
    let record = RecordRef::Order(sold);
    let manager = shop.manager().await;
    manager.page("/orders").await;
    let path = format!("/orders/{sold}");
    let (_, before) = shop.statements_of(manager.page(&path)).await;
    let note = warns(&shop, record, "Ask Ada");
    let (_, after) = shop.statements_of(manager.page(&path)).await;
    let hold = [("reason", "Holiday"), ("key", "hold-0001-0001-0001")];

    manager
        .submit(&format!("/organizer/{}/archive", note.id), &[])
        .await;
    let held = manager.post(&format!("/orders/{sold}/hold"), &hold).await;

    assert_eq!(before, after);
    assert_eq!(held.status(), 303, "{}", held.summary());
}
