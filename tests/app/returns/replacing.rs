//! Others are sent for what came back.

use backfill::sales;
use backfill::schema::{order_lines, orders};
use backfill::types::{Money, OrderId, Quantity};
use backfill::web::Role;
use diesel::prelude::*;

use super::Story;
use crate::support::goods::money;
use crate::support::html::Page;

impl Story {
    /// Two came back, one of them damaged; one is missing.
    async fn received(&self) -> Page {
        self.shop.write(|act| {
            diesel::update(order_lines::table.find(self.line()))
                .set(order_lines::unit_price.eq(money("10")))
                .execute(act.conn())?;
            Ok(())
        });
        let manager = self.shop.manager().await;
        let page = self.announces(&manager, 3).await;
        let form = page.form("#receive").with(&self.field("good"), "1");
        let form = form.with(&self.field("damaged"), "1");
        manager
            .submit_form(&form.with(&self.field("missing"), "1"))
            .await
    }

    fn replacements(&self) -> Vec<OrderId> {
        self.shop.read(|conn| {
            let later = orders::table.filter(orders::id.gt(self.waiting));
            Ok(later.select(orders::id).load(conn)?)
        })
    }
}

#[actix_web::test]
async fn one_click_sends_others_and_a_second_one_leads_to_the_same_order() {
    let story = Story::begin().await;
    let received = story.received().await;
    let form = received.form("#replacing form");
    let manager = story.shop.manager().await;

    let placed = manager.submit_form(&form).await;
    let again = manager.submit_form(&form).await;
    let anew = manager
        .post("/returns/1/replacement", &[(&story.field("replace"), "1")])
        .await;

    let [order] = story.replacements()[..] else {
        panic!("one order: {:?}", story.replacements());
    };
    assert_eq!(placed.text("h1"), again.text("h1"));
    assert_eq!(anew.location(), Some(format!("/orders/{order}")));
    let lines = story.shop.read(|conn| Ok(sales::lines_of(conn, order)?));
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].ordered, lines[0].unit_price),
        (Quantity::new(2), Money::ZERO),
        "what came back, free of charge"
    );
    assert!(placed.says("RT-000001"), "{}", placed.words());
    let back = manager.page(&format!("/returns/of-order/{order}")).await;
    assert!(
        back.says("Sends again what came back") && back.says("RT-000001"),
        "{}",
        back.words()
    );
    let page = manager.page("/returns/1").await;
    assert!(
        page.says("Replaced by") && !page.has("#replacing form"),
        "{}",
        page.words()
    );
}

#[actix_web::test]
async fn who_may_not_give_away_sends_others_at_the_prices_of_the_order() {
    let story = Story::begin().await;
    story.received().await;
    let user = story.shop.signed_in(Role::User).await;
    let page = user.page("/returns/1").await;
    let form = page.form("#replacing form");
    let too_many = form.clone().with(&story.field("replace"), "4");
    let refused = user.send(&too_many).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());

    user.submit_form(&form.with(&story.field("replace"), "3"))
        .await;

    let order = story.replacements()[0];
    let lines = story.shop.read(|conn| Ok(sales::lines_of(conn, order)?));
    assert_eq!(
        (lines[0].ordered, lines[0].unit_price),
        (Quantity::new(3), money("10"))
    );
}

#[actix_web::test]
async fn what_did_not_come_yet_is_not_replaced() {
    let story = Story::begin().await;
    let manager = story.shop.manager().await;
    story.announces(&manager, 3).await;

    let early = manager
        .post("/returns/1/replacement", &[(&story.field("replace"), "1")])
        .await;

    assert_eq!(early.status(), 409, "{}", early.text());
    assert!(story.replacements().is_empty());
}
