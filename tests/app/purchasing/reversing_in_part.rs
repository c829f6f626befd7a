//! A reversal takes what can be taken back and names what cannot; what was shown is what is done.

use backfill::purchasing::{self, Delivery, Error, TakenBack};
use backfill::purchasing::{PurchaseLine, PurchaseOrder, Reversing, Status};
use backfill::schema::purchase_order_lines;
use backfill::stock::Place;
use backfill::types::{
    OrderId, ProductId, PurchaseOrderId, Quantity, ReceptionId, RequestKey, ShipmentId,
};
use diesel::prelude::*;

use crate::scenarios::desk::Desk;
use crate::support::app::Shop;
use crate::support::html::Page;

/// Five mugs of a delivery are in a parcel of the first order; the jugs lie on the shelf for the second.
struct Taken {
    shop: Shop,
    desk: Desk,
    mug: ProductId,
    jug: ProductId,
    second: OrderId,
    purchase: PurchaseOrderId,
    reception: ReceptionId,
    parcel: ShipmentId,
}

impl Taken {
    async fn by_a_parcel() -> Taken {
        let shop = Shop::open().await;
        let desk = Desk::of(&shop);
        let (mug, jug) = (desk.product("MUG"), desk.product("JUG"));
        let first = desk.order(1, &[(mug, 5)]);
        let second = desk.order(2, &[(jug, 4)]);
        let purchase = desk.sent(&[(mug, 5), (jug, 6)]);
        let reception = desk
            .receives(purchase, &RequestKey::fresh(), &[5, 6])
            .expect("all of it comes");
        let parcel = desk.prepares(first).expect("five are reserved");
        Taken {
            shop,
            desk,
            mug,
            jug,
            second,
            purchase,
            reception,
            parcel,
        }
    }

    fn path(&self) -> String {
        format!("/receptions/{}", self.reception)
    }

    fn reverses(&self) -> Result<TakenBack, Error> {
        reverses(&self.shop, self.reception)
    }

    fn on_hand(&self) -> [u32; 2] {
        [self.mug, self.jug].map(|product| self.desk.on_hand(product))
    }

    fn status(&self) -> Status {
        let order: PurchaseOrder = self
            .shop
            .read(|conn| Ok(PurchaseOrder::query().find(self.purchase).first(conn)?));
        order.status
    }
}

fn reverses(shop: &Shop, reception: ReceptionId) -> Result<TakenBack, Error> {
    shop.try_at_noon(|act| {
        purchasing::reverse(act, reception, &Reversing::because("the wrong lorry"))
    })
}

/// Ordered, received and cancelled units of the lines of a purchase order.
fn lines(shop: &Shop, order: PurchaseOrderId) -> Vec<[u32; 3]> {
    let lines: Vec<PurchaseLine> = shop.read(|conn| {
        Ok(PurchaseLine::query()
            .filter(purchase_order_lines::purchase_order_id.eq(order))
            .order(purchase_order_lines::line_number)
            .load(conn)?)
    });
    let units = |line: PurchaseLine| [line.ordered, line.received, line.cancelled].map(|n| n.get());
    lines.into_iter().map(units).collect()
}

/// Product, what comes back and what stays, as the page says.
fn shown(page: &Page, sku: &str) -> [String; 2] {
    let table = page.table("What is taken back");
    let row = table.row(sku);
    ["Comes back", "Stays"].map(|head| row.cell(head).to_owned())
}

#[actix_web::test]
async fn what_lies_on_the_shelf_is_taken_back_and_the_parcel_that_has_the_rest_is_named() {
    let case = Taken::by_a_parcel().await;
    let manager = case.shop.manager().await;

    let page = manager.page(&format!("{}/reversal", case.path())).await;
    assert_eq!(shown(&page, "MUG"), ["0", "5 5 in SH-000001 for SO-000001"]);
    assert_eq!(shown(&page, "JUG"), ["6", "0"]);
    let effects = page.table("What it would do");
    assert_eq!(effects.rows.len(), 1);
    let then = effects.row("SO-000002").cell("Then");
    assert!(then.starts_with("loses: 0 of 4"), "{then}");

    let form = page.form("form[action$=reversal]");
    let page = manager
        .submit_form(&form.with("reason", "The wrong lorry"))
        .await;

    let told = "6 units are taken back out: 6 on the way again. 5 units stay.";
    assert!(page.says(told), "{}", page.words());
    let told = "Partly reversed. 6 of 11 units were taken back out. The wrong lorry";
    assert!(page.says(told), "{}", page.words());
    assert_eq!(case.on_hand(), [5, 0]);
    assert_eq!(lines(&case.shop, case.purchase), [[5, 5, 0], [6, 0, 0]]);
    assert_eq!(case.status(), Status::PartlyReceived);
    assert_eq!(case.desk.reserved(case.second), [0]);
    let list = manager.page("/receptions").await;
    assert!(list.says("Partly reversed"), "{}", list.words());
    let order = manager
        .page(&format!("/purchase-orders/{}", case.purchase))
        .await;
    let told = "The wrong lorry; 6 units taken back out, 5 stay";
    assert!(order.says(told), "{}", order.words());
}

#[actix_web::test]
async fn what_stayed_is_reversed_later_and_what_was_reversed_is_not_reversed_twice() {
    let case = Taken::by_a_parcel().await;
    case.reverses().expect("the jugs can be taken back");

    let refused = case.reverses();
    assert!(matches!(refused, Err(Error::Left(..))), "{refused:?}");

    case.desk.gives_back(case.parcel).expect("it was not sent");
    let taken = case.reverses().expect("the mugs can be taken back now");
    assert_eq!((taken.units.get(), taken.stay.get()), (5, 0));
    assert_eq!(case.on_hand(), [0, 0]);
    assert_eq!(lines(&case.shop, case.purchase), [[5, 0, 0], [6, 0, 0]]);
    assert_eq!(case.status(), Status::Sent);

    let refused = case.reverses();
    assert!(matches!(refused, Err(Error::Reversed(_))), "{refused:?}");
}

#[actix_web::test]
async fn some_units_of_a_line_come_back_and_those_that_left_are_named_with_their_parcel() {
    let case = Taken::by_a_parcel().await;
    case.desk.ships(case.parcel).expect("it leaves");
    case.desk.finds(case.mug, 2);
    let manager = case.shop.manager().await;

    let page = manager.page(&format!("{}/reversal", case.path())).await;
    assert_eq!(
        shown(&page, "MUG"),
        ["2", "3 5 left with SH-000001 for SO-000001"]
    );

    let taken = case.reverses().expect("two lie there");
    assert_eq!((taken.units.get(), taken.stay.get()), (8, 3));
    assert_eq!(lines(&case.shop, case.purchase), [[5, 3, 0], [6, 0, 0]]);
}

#[actix_web::test]
async fn where_nothing_can_be_taken_back_it_is_refused_with_the_parcels_in_the_way() {
    let case = Taken::by_a_parcel().await;
    case.desk.prepares(case.second).expect("four are reserved");
    case.desk.finds(case.jug, -2);
    let manager = case.shop.manager().await;

    let refused = manager.get(&format!("{}/reversal", case.path())).await;

    assert_eq!(refused.status(), 409);
    let told = "RE-000001 cannot be reversed now: 5 of MUG stay (5 in SH-000001 for SO-000001), \
                6 of JUG stay (4 in SH-000002 for SO-000002).";
    assert!(refused.page().says(told), "{}", refused.summary());
    assert_eq!(case.on_hand(), [5, 4]);
}

#[actix_web::test]
async fn who_reverses_is_told_when_other_units_can_be_taken_back_than_were_shown() {
    let case = Taken::by_a_parcel().await;
    let manager = case.shop.manager().await;
    let page = manager.page(&format!("{}/reversal", case.path())).await;
    let form = page.form("form[action$=reversal]");
    let form = form.with("reason", "The wrong lorry");
    case.desk.prepares(case.second).expect("four are reserved");

    let refused = manager.send(&form).await;

    assert_eq!(refused.status(), 422);
    let again = refused.page();
    assert!(again.says("Nothing is taken back yet"), "{}", again.words());
    assert_eq!(
        shown(&again, "JUG"),
        ["2", "4 4 in SH-000002 for SO-000002"]
    );
    assert_eq!(again.field("reason").value(), "The wrong lorry");
    assert_eq!(case.on_hand(), [5, 6]);

    let page = manager
        .submit_form(&again.form("form[action$=reversal]"))
        .await;
    assert!(page.says("2 units are taken back out"), "{}", page.words());
    assert_eq!(case.on_hand(), [5, 4]);
}

#[actix_web::test]
async fn who_reverses_is_told_when_other_orders_would_lose_by_it_than_were_shown() {
    let case = Taken::by_a_parcel().await;
    let manager = case.shop.manager().await;
    let page = manager.page(&format!("{}/reversal", case.path())).await;
    let form = page.form("form[action$=reversal]");
    let form = form.with("reason", "The wrong lorry");
    case.desk.order(3, &[(case.jug, 2)]);

    let refused = manager.send(&form).await;

    assert_eq!(refused.status(), 422);
    let again = refused.page();
    assert!(
        again.says("2 orders would lose 6 units"),
        "{}",
        again.words()
    );
    assert_eq!(again.table("What it would do").rows.len(), 2);
    assert_eq!(case.on_hand(), [5, 6]);
}

#[actix_web::test]
async fn a_double_click_reverses_once_and_is_answered_the_same() {
    let case = Taken::by_a_parcel().await;
    let manager = case.shop.manager().await;
    let page = manager.page(&format!("{}/reversal", case.path())).await;
    let form = page.form("form[action$=reversal]");
    let form = form.with("reason", "The wrong lorry");

    let answers = [manager.send(&form).await, manager.send(&form).await];

    assert_eq!(answers[0].location(), Some(case.path()));
    assert_eq!(answers[0].location(), answers[1].location());
    assert_eq!(case.on_hand(), [5, 0]);
}

#[actix_web::test]
async fn what_is_said_after_a_reversal_is_true_when_the_rest_was_cancelled() {
    let case = Taken::by_a_parcel().await;
    let (shop, desk) = (&case.shop, &case.desk);
    let purchase = desk.sent(&[(case.jug, 9)]);
    let reception = desk
        .receives(purchase, &RequestKey::fresh(), &[3])
        .expect("three come");
    shop.write(|act| Ok(purchasing::cancel(act, purchase, "sold out").map(|_| ())?));
    let manager = shop.manager().await;
    let page = manager
        .page(&format!("/receptions/{reception}/reversal"))
        .await;
    let words = "3 not to come, as the rest of PO-000002 was cancelled.";
    assert!(page.says(&format!("3 units can be taken back out: {words}")));

    let form = page
        .form("form[action$=reversal]")
        .with("reason", "Not ours");
    let page = manager.submit_form(&form).await;

    let told = format!("3 units are taken back out: {words}");
    assert!(page.says(&told), "{}", page.words());
    assert_eq!(lines(shop, purchase), [[9, 0, 9]]);
}

#[actix_web::test]
async fn late_goods_that_are_taken_back_are_cancelled_again_or_to_come_like_the_rest() {
    for rest_comes in [false, true] {
        let case = Taken::by_a_parcel().await;
        let (shop, desk) = (&case.shop, &case.desk);
        let purchase = desk.sent(&[(case.jug, 9)]);
        shop.write(|act| Ok(purchasing::cancel(act, purchase, "sold out").map(|_| ())?));
        let line: PurchaseLine = shop.read(|conn| {
            let of_order = purchase_order_lines::purchase_order_id.eq(purchase);
            Ok(PurchaseLine::query().filter(of_order).first(conn)?)
        });
        let delivery = Delivery {
            lines: vec![(line.id, Quantity::new(3))],
            late: Some("They found them".into()),
            rest_comes,
            ..Delivery::default()
        };
        let late = shop.write(|act| Ok(purchasing::receive(act, purchase, &delivery)?));

        let taken = reverses(shop, late).expect("three lie there");

        let (to_come, cancelled) = (taken.to_come.get(), taken.cancelled.get());
        let order = shop.read(|conn| Ok(PurchaseOrder::query().find(purchase).first(conn)?));
        if rest_comes {
            assert_eq!((to_come, cancelled, order.status), (3, 0, Status::Sent));
            assert_eq!(lines(shop, purchase), [[9, 0, 0]]);
        } else {
            assert_eq!(
                (to_come, cancelled, order.status),
                (0, 3, Status::Cancelled)
            );
            assert_eq!(lines(shop, purchase), [[9, 0, 9]]);
        }
    }
}

#[actix_web::test]
async fn reversing_takes_as_many_statements_for_forty_lines_as_for_two() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mut counts = Vec::new();
    for lines in [2_u32, 40] {
        let products: Vec<_> = (0..lines)
            .map(|line| (shop.bought(&format!("P{lines}-{line}"), supplier), 5))
            .collect();
        let places: Vec<_> = products
            .iter()
            .map(|(product, _)| (Place::new(warehouse, *product), 3))
            .collect();
        shop.ordered_many(&places, i64::from(lines));
        let purchase = shop.sent(supplier, warehouse, &products);
        let reception = shop.received(&purchase, &vec![4; lines as usize]);

        let before = shop.db().statements();
        shop.write_as(shop.at_noon(), |act| {
            let how = Reversing::because("the wrong lorry");
            Ok(purchasing::reverse(act, reception, &how).map(|_| ())?)
        });
        counts.push(shop.db().statements() - before);
    }

    assert_eq!(counts[0], counts[1]);
}
