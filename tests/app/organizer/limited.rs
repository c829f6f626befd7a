//! Whoever does not see a record sees no note of it.

use backfill::types::{OrderId, RecordRef};
use backfill::web::Role;

use crate::accounts::limited::sides::{Side, Sides, limits};
use crate::support::make::PASSWORD;

fn order(side: &Side) -> OrderId {
    side.id("/orders/{id}").parse().expect("an id")
}

#[actix_web::test]
async fn notes_of_other_warehouses_are_not_there() {
    let sides = Sides::open().await;
    let manager = sides.limited(Role::Manager).await;
    let (main, east) = (order(&sides.main), order(&sides.east));
    sides.shop.notes(RecordRef::Order(sides.shared), "Of both");
    sides
        .shop
        .notes(RecordRef::Product(sides.main.product.id), "Of a product");
    let theirs = sides.shop.task(
        "Of no record",
        Some(sides.shop.person(Role::Manager).id),
        None,
    );

    let page = manager.page("/organizer").await;
    let all = sides.shop.admin().await.page("/organizer").await;
    let marks = format!("/organizer/marks?of=order:{main},order:{east}");
    let marks = manager.page(&marks).await;
    let panel = manager
        .get(&format!("/organizer/panel?record=order:{main}"))
        .await;
    let new = manager
        .get(&format!("/organizer/new?record=order:{main}"))
        .await;
    let form = manager.page("/organizer/new").await.form("form.form");
    let record = format!("order:{main}");
    let written = form.with("label", "Mine").with("record", &record);
    let written = manager.send(&written).await;

    for said in ["whisper EAST", "Of both", "Of a product", "Of no record"] {
        assert!(page.says(said), "{said}: {}", page.words());
    }
    assert!(!page.says("whisper MAIN") && all.says("whisper MAIN"));
    assert_eq!(
        marks.attributes("[data-mark]", "data-mark"),
        [format!("order:{east}")]
    );
    assert_eq!((panel.status(), new.status()), (404, 404));
    assert_eq!(written.status(), 422, "{}", written.summary());
    assert!(theirs.is_task());
}

#[actix_web::test]
async fn a_task_they_were_given_on_what_they_do_not_see_is_neither_seen_nor_done() {
    let sides = Sides::open().await;
    let shop = &sides.shop;
    let person = shop.account("zoe@shop.example", Role::User);
    limits(shop, person.id, &[sides.east.warehouse]);
    let input = backfill::organizer::EntryInput {
        assignee: Some(person.id),
        ..shop.entry(backfill::organizer::EntryKind::Task, "Look at it")
    };
    let task = shop.writes(Some(RecordRef::Order(order(&sides.main))), &input);
    let browser = shop.visitor();
    browser.sign_in("zoe@shop.example", PASSWORD).await;
    let id = task.id.to_string();

    let mine = browser.page("/organizer?assignee=me").await;
    let page = browser.get(&task.itself().path()).await;
    let one = format!("/organizer/{id}/status");
    let one = browser.post(&one, &[("status", "done")]).await;
    let many = [("entry", id.as_str()), ("status", "done")];
    let many = browser.post("/organizer/status", &many).await;

    assert!(!mine.says("Look at it"), "{}", mine.words());
    assert_eq!(
        (page.status(), one.status(), many.status()),
        (404, 404, 404)
    );
}
