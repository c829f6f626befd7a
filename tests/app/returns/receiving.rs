//! What becomes of the units of a return.

use backfill::catalog::{LocationKind, WarehouseKind};
use backfill::inventory;
use backfill::schema::{bin_contents, levels, warehouses};
use backfill::types::Quantity;
use diesel::prelude::*;

use super::Story;

#[actix_web::test]
async fn good_units_go_to_who_waits_and_the_rest_into_its_bin_once() {
    let story = Story::begin().await;
    let main = story.desk.main();
    let dock = story.shop.location(main, "DOCK", LocationKind::Dock);
    story.shop.location(main, "A-03", LocationKind::Shelf);
    story
        .shop
        .write(|act| Ok(inventory::use_locations(act, main, dock)?));
    let manager = story.shop.manager().await;
    let order = manager.page(&format!("/orders/{}", story.left)).await;
    assert!(order.has(&format!("a[href='/returns/new?order={}']", story.left)));

    let page = story.announces(&manager, 3).await;
    assert!(
        page.says("RT-000001") && page.says("Announced"),
        "{}",
        page.words()
    );
    assert_eq!(story.desk.reserved(story.waiting), [0], "nothing moved yet");
    let form = page.form("#receive");
    let form = form.with(&story.field("good"), "3");
    let form = form.with(&story.field("bin"), "a-03");
    let received = manager.submit_form(&form).await;
    manager.submit_form(&form).await;

    assert!(
        received.says("Where each unit goes."),
        "{}",
        received.words()
    );
    assert!(
        received.says("2 for order") && received.says("1 to bin A-03"),
        "{}",
        received.words()
    );
    assert!(
        received.says("Prepare what is ready"),
        "{}",
        received.words()
    );
    assert_eq!(story.desk.reserved(story.waiting), [2]);
    assert_eq!((story.came_back(), story.desk.on_hand(story.mug)), (3, 3));
    let order = manager.page(&format!("/orders/{}", story.left)).await;
    assert!(order.says("3 came back"), "{}", order.words());
    assert!(order.says("Took back 3 of MUG"), "{}", order.words());
    let part = manager
        .page(&format!("/returns/of-order/{}", story.left))
        .await;
    assert!(
        part.says("RT-000001") && part.says("Received"),
        "{}",
        part.words()
    );
    let moved = manager.page("/movements?document=RT-1").await;
    assert!(
        moved.says("RT-000001") && moved.says("A-03"),
        "{}",
        moved.words()
    );
}

#[actix_web::test]
async fn damaged_units_go_to_the_warehouse_of_defective_goods() {
    let story = Story::begin().await;
    let broken = story.shop.warehouse("BROKEN");
    story.shop.write(|act| {
        diesel::update(warehouses::table.find(broken))
            .set((
                warehouses::kind.eq(WarehouseKind::Defective),
                warehouses::ships_orders.eq(false),
                warehouses::counts_for_selling.eq(false),
                warehouses::in_supply_needs.eq(false),
            ))
            .execute(act.conn())?;
        Ok(())
    });
    let manager = story.shop.manager().await;

    let page = story.announces(&manager, 3).await;
    let form = page.form("#receive").with(&story.field("good"), "1");
    let form = form.with(&story.field("damaged"), "2");
    let received = manager.submit_form(&form).await;

    assert!(received.says("2 to BROKEN"), "{}", received.words());
    assert_eq!(story.desk.reserved(story.waiting), [1]);
    assert_eq!((story.came_back(), story.desk.on_hand(story.mug)), (3, 1));
    let there: Quantity = story.shop.read(|conn| {
        Ok(levels::table
            .filter(levels::warehouse_id.eq(broken))
            .select(levels::on_hand)
            .first(conn)?)
    });
    assert_eq!(there, Quantity::new(2));
}

#[actix_web::test]
async fn damaged_units_go_into_quarantine_where_there_is_no_such_warehouse() {
    let story = Story::begin().await;
    let main = story.desk.main();
    let dock = story.shop.location(main, "DOCK", LocationKind::Dock);
    let quarantine = story.shop.location(main, "Q-1", LocationKind::Quarantine);
    story
        .shop
        .write(|act| Ok(inventory::use_locations(act, main, dock)?));
    let manager = story.shop.manager().await;

    let page = story.announces(&manager, 3).await;
    let form = page.form("#receive").with(&story.field("damaged"), "2");
    let wrong = form.clone().with(&story.field("good"), "1");
    let wrong = wrong.with(&story.field("bin"), "Q-1");
    let refused = manager.send(&wrong).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert!(
        refused.page().says("Good units are not put there"),
        "{}",
        refused.text()
    );
    let received = manager.submit_form(&form).await;

    assert!(received.says("2 to quarantine Q-1"), "{}", received.words());
    assert_eq!(story.desk.reserved(story.waiting), [0]);
    assert_eq!((story.came_back(), story.desk.on_hand(story.mug)), (2, 0));
    let there: Quantity = story.shop.read(|conn| {
        Ok(bin_contents::table
            .filter(bin_contents::location_id.eq(quarantine))
            .select(bin_contents::quantity)
            .first(conn)?)
    });
    assert_eq!(there, Quantity::new(2));
}

#[actix_web::test]
async fn damaged_units_without_a_place_are_scrapped_at_once_and_the_page_says_so() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;

    let page = story.announces(&manager, 3).await;
    let form = page.form("#receive").with(&story.field("good"), "1");
    let form = form.with(&story.field("damaged"), "1");
    let form = form.with(&story.field("missing"), "1");
    let form = form.with(&story.field("reason"), "arrived_damaged");
    let received = manager.submit_form(&form).await;

    assert!(
        received.says("1 scrapped") && received.says("1 for order"),
        "{}",
        received.words()
    );
    assert!(received.says("Arrived damaged"), "{}", received.words());
    assert!(
        received.says("1 good, 1 damaged, 1 missing"),
        "{}",
        received.words()
    );
    assert_eq!(story.desk.reserved(story.waiting), [1]);
    assert_eq!(
        (story.came_back(), story.desk.on_hand(story.mug)),
        (2, 1),
        "what is missing did not come back"
    );
}

#[actix_web::test]
async fn no_more_comes_back_than_left_and_what_others_wait_for_is_a_hint() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;

    let asked = manager
        .page(&format!("/returns/new?order={}", story.left))
        .await;
    let form = asked.form("#announce");
    let nothing = manager.send(&form).await;
    assert_eq!(nothing.status(), 422, "{}", nothing.text());
    let too_many = manager.send(&form.with(&story.field("units"), "4")).await;
    assert_eq!(too_many.status(), 422, "{}", too_many.text());
    assert!(
        too_many.page().says("Only 3 of this line left"),
        "{}",
        too_many.text()
    );
    let page = story.announces(&manager, 2).await;
    let asked = manager
        .page(&format!("/returns/new?order={}", story.left))
        .await;
    assert!(asked.says("2 announced already"), "{}", asked.words());

    let form = page.form("#receive").with(&story.field("good"), "3");
    let form = form.with(&story.field("damaged"), "1");
    let too_many = manager.send(&form).await;
    assert_eq!(too_many.status(), 422, "{}", too_many.text());
    assert!(
        too_many.page().says("Only 3 of this line left"),
        "{}",
        too_many.text()
    );
    assert_eq!((story.came_back(), story.desk.on_hand(story.mug)), (0, 0));
}

#[actix_web::test]
async fn a_return_is_received_or_given_up_once() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    let page = story.announces(&manager, 1).await;
    let (receive, path) = (page.form("#receive"), "/returns/1/cancellation");
    let empty = manager.send(&receive).await;
    assert_eq!(empty.status(), 422, "{}", empty.text());

    let given_up = manager.page(path).await.form("form.form");
    let given_up = given_up.with("reason", "they keep it");
    let page = manager.submit_form(&given_up).await;

    assert!(
        page.says("Cancelled") && page.says("they keep it"),
        "{}",
        page.words()
    );
    let late = manager.send(&receive.with(&story.field("good"), "1")).await;
    assert_eq!(late.status(), 409, "{}", late.text());
    assert_eq!(story.came_back(), 0);
}

#[actix_web::test]
async fn no_more_is_back_or_missing_than_left() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    let page = story.announces(&manager, 3).await;
    let form = page.form("#receive").with(&story.field("good"), "1");

    let refused = manager
        .send(&form.clone().with(&story.field("missing"), "100000"))
        .await;

    assert_eq!(refused.status(), 422, "{}", refused.text());
    assert_eq!(story.came_back(), 0);
    let received = manager
        .submit_form(&form.with(&story.field("missing"), "2"))
        .await;
    assert!(received.says("Received"), "{}", received.words());
}
