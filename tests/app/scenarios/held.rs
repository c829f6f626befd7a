//! An order of two lines is stopped while one of them is in a parcel, and goes on.

use backfill::error::Result;
use backfill::preparation::{Parcels, Tab};
use backfill::types::{OrderId, ProductId, ShipmentId};
use diesel::prelude::*;

use super::desk::Desk;
use crate::support::app::Shop;

/// Two mugs of the order are packed and three jugs are reserved; behind it another wants both.
struct Story {
    desk: Desk,
    stopped: OrderId,
    next: OrderId,
    parcel: ShipmentId,
    jug: ProductId,
}

impl Story {
    fn of(shop: &Shop) -> Self {
        let desk = Desk::of(shop);
        let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
        let stopped = desk.order(1, &[(mug, 2), (jug, 3)]);
        let next = desk.order(2, &[(mug, 2), (jug, 3)]);
        desk.finds(mug, 2);
        let parcel = desk.prepares(stopped).expect("the mugs are reserved");
        desk.finds(jug, 3);
        let story = Self {
            desk,
            stopped,
            next,
            parcel,
            jug,
        };
        assert_eq!(story.reserved(), [vec![2, 3], vec![0, 0]]);
        story
    }

    fn hold(&self, parcels: Parcels) -> Result<()> {
        self.desk.holds(self.stopped, parcels)
    }

    /// Of the order that is stopped, and of the next.
    fn reserved(&self) -> [Vec<u32>; 2] {
        [self.stopped, self.next].map(|order| self.desk.reserved(order))
    }
}

/// What the company decided about orders on hold.
fn held_orders_keep_stock(shop: &Shop, keep: bool) {
    use backfill::schema::company;
    shop.write(|act| {
        diesel::update(company::table)
            .set(company::held_orders_keep_stock.eq(keep))
            .execute(act.conn())?;
        Ok(())
    });
}

#[actix_web::test]
async fn what_is_packed_leaves_and_the_rest_gives_its_stock_away_until_it_is_released() {
    let shop = Shop::open().await;
    held_orders_keep_stock(&shop, false);
    let story = Story::of(&shop);

    story.hold(Parcels::GoOn).expect("a line is left to hold");

    assert_eq!(story.reserved(), [vec![2, 0], vec![0, 3]]);
    assert_eq!(story.desk.tab(story.stopped), Tab::InProgress);
    story.desk.ships(story.parcel).expect("it goes on");
    assert_eq!(story.desk.tab(story.stopped), Tab::OnHold);
    assert_eq!(story.reserved(), [vec![0, 0], vec![0, 3]]);
    story.desk.releases(story.stopped).expect("it is on hold");
    assert_eq!(story.reserved(), [vec![0, 3], vec![0, 0]]);
    assert_eq!(story.desk.tab(story.stopped), Tab::InStock);
}

#[actix_web::test]
async fn what_is_packed_leaves_and_the_rest_keeps_its_stock_where_the_company_says_so() {
    let shop = Shop::open().await;
    let story = Story::of(&shop);

    story.hold(Parcels::GoOn).expect("a line is left to hold");
    story.desk.ships(story.parcel).expect("it goes on");

    assert_eq!(story.reserved(), [vec![0, 3], vec![0, 0]]);
    assert_eq!(story.desk.tab(story.stopped), Tab::OnHold);
    assert!(story.desk.prepares(story.stopped).is_err(), "it is on hold");
    story.desk.releases(story.stopped).expect("it is on hold");
    let rest = story.desk.prepares(story.stopped).expect("it goes on");
    story.desk.ships(rest).expect("it is reserved");
    assert_eq!(story.desk.on_hand(story.jug), 0);
}

#[actix_web::test]
async fn what_is_given_back_waits_with_the_rest_and_comes_back_to_its_place() {
    let shop = Shop::open().await;
    held_orders_keep_stock(&shop, false);
    let story = Story::of(&shop);

    story.hold(Parcels::GiveBack).expect("it is said");

    assert_eq!(story.reserved(), [vec![0, 0], vec![2, 3]]);
    assert_eq!(story.desk.tab(story.stopped), Tab::OnHold);
    assert!(story.desk.ships(story.parcel).is_err(), "it was given back");
    story.desk.releases(story.stopped).expect("it is on hold");
    assert_eq!(story.reserved(), [vec![2, 3], vec![0, 0]]);
    let whole = story.desk.prepares(story.stopped).expect("all is reserved");
    story.desk.ships(whole).expect("it is prepared");
}
