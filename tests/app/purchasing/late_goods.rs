//! Goods that arrive when nothing was to come any more: received with a reason, and the rest is
//! expected again or stays cancelled.

use backfill::purchasing::{self, Delivery, Error, PurchaseOrder, Status};
use backfill::schema::supply;
use backfill::stock::{self, Place};
use backfill::types::{PurchaseOrderId, Quantity, ReceptionId};
use chrono::NaiveDate;
use diesel::prelude::*;

use super::desk::date;
use crate::support::app::Shop;

/// A shop that ordered 10 mugs for an order of 12, got 6 and cancelled the rest.
struct Cancelled {
    shop: Shop,
    purchase: PurchaseOrder,
    shelf: Place,
}

impl Cancelled {
    async fn rest() -> Cancelled {
        let shop = Shop::open().await;
        let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
        let mug = shop.bought("MUG", supplier);
        let shelf = Place::new(warehouse, mug);
        shop.ordered(shelf, 12, 1);
        let purchase = shop.sent(supplier, warehouse, &[(mug, 10)]);
        shop.received(&purchase, &[6]);
        shop.cancelled(&purchase);
        Cancelled {
            shop,
            purchase,
            shelf,
        }
    }

    fn late(&self, units: u32) -> Delivery {
        Delivery {
            late: Some("They found them".into()),
            ..self.shop.delivery(&self.purchase, &[units])
        }
    }

    fn receives(&self, delivery: &Delivery) -> Result<ReceptionId, Error> {
        receives(&self.shop, self.purchase.id, delivery)
    }

    /// Ordered, received and cancelled units of the one line.
    fn line(&self) -> (u32, u32, u32) {
        let line = &self.shop.lines(&self.purchase)[0];
        (
            line.ordered.get(),
            line.received.get(),
            line.cancelled.get(),
        )
    }

    fn status(&self) -> Status {
        self.shop.order_now(&self.purchase).status
    }

    /// What is on its way.
    fn supply(&self) -> Vec<(u32, NaiveDate)> {
        let rows: Vec<(Quantity, NaiveDate)> = self.shop.read(|conn| {
            Ok(supply::table
                .select((supply::quantity, supply::due_on))
                .load(conn)?)
        });
        rows.into_iter()
            .map(|(units, day)| (units.get(), day))
            .collect()
    }
}

fn receives(
    shop: &Shop,
    order: PurchaseOrderId,
    delivery: &Delivery,
) -> Result<ReceptionId, Error> {
    shop.try_at_noon(|act| purchasing::receive(act, order, delivery))
}

#[actix_web::test]
async fn late_goods_come_off_the_cancelled_units_and_the_rest_stays_cancelled() {
    let case = Cancelled::rest().await;

    case.receives(&case.late(3)).expect("three arrive late");

    assert_eq!(case.line(), (10, 9, 1));
    assert_eq!(case.status(), Status::Received);
    assert_eq!(case.supply(), []);
    assert_eq!(case.shop.reserved(case.shelf), [9]);
}

#[actix_web::test]
async fn the_rest_that_is_still_to_come_is_expected_again_at_the_date_it_had() {
    let case = Cancelled::rest().await;
    let delivery = Delivery {
        rest_comes: true,
        ..case.late(3)
    };

    case.receives(&delivery).expect("three arrive late");

    assert_eq!(case.line(), (10, 9, 0));
    assert_eq!(case.status(), Status::PartlyReceived);
    assert_eq!(case.supply(), [(1, date("2026-12-08"))]);
    let order = case.shop.order_now(&case.purchase);
    assert_eq!(order.closed_at, None);

    case.shop.received(&case.purchase, &[1]);
    assert_eq!(case.status(), Status::Received);
    assert_eq!(case.supply(), []);
}

#[actix_web::test]
async fn when_all_that_was_cancelled_arrives_nothing_is_left_to_expect() {
    let case = Cancelled::rest().await;
    let delivery = Delivery {
        rest_comes: true,
        ..case.late(4)
    };

    case.receives(&delivery).expect("four arrive late");

    assert_eq!(
        (case.line(), case.status()),
        ((10, 10, 0), Status::Received)
    );
    assert_eq!(case.supply(), []);
}

#[actix_web::test]
async fn beyond_the_cancelled_units_late_goods_are_more_than_ordered() {
    let case = Cancelled::rest().await;
    let late = case.late(6);

    let Err(Error::MoreThanOrdered(over)) = case.receives(&late) else {
        panic!("two more than were cancelled");
    };
    assert_eq!((over[0].quantity.get(), over[0].to_come.get()), (6, 4));

    let accepted = Delivery {
        accept_over: Some("a full box".into()),
        ..late
    };
    case.receives(&accepted).expect("they are accepted");
    assert_eq!(case.line(), (10, 12, 0));
    assert_eq!(case.shop.reserved(case.shelf), [12]);
}

#[actix_web::test]
async fn what_comes_after_everything_was_received_is_more_than_ordered() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);
    shop.received(&purchase, &[5]);
    let late = Delivery {
        late: Some("A second box".into()),
        rest_comes: true,
        ..shop.delivery(&purchase, &[2])
    };
    let accepted = Delivery {
        accept_over: Some("A second box".into()),
        ..late.clone()
    };

    let refused = receives(&shop, purchase.id, &late);
    assert!(matches!(refused, Err(Error::MoreThanOrdered(_))));
    receives(&shop, purchase.id, &accepted).expect("they are accepted");

    assert_eq!(shop.order_now(&purchase).status, Status::Received);
    assert_eq!(shop.on_hand(Place::new(warehouse, mug)), 7);
}

#[actix_web::test]
async fn nothing_is_received_after_the_end_without_a_reason_nor_of_what_was_never_sent() {
    let case = Cancelled::rest().await;
    let without = case.shop.delivery(&case.purchase, &[3]);

    let refused = case.receives(&without);
    assert!(matches!(refused, Err(Error::Late { .. })), "{refused:?}");

    let (supplier, place) = (case.purchase.supplier_id, case.shelf);
    let draft = case
        .shop
        .draft(supplier, place.warehouse, &[(place.product, 5)]);
    case.shop.cancelled(&draft);
    let late = Delivery {
        late: Some("It came anyway".into()),
        ..case.shop.delivery(&draft, &[1])
    };
    let refused = receives(&case.shop, draft.id, &late);
    assert!(
        matches!(refused, Err(Error::CannotBe { .. })),
        "{refused:?}"
    );
}

#[actix_web::test]
async fn the_page_of_a_closed_order_offers_to_receive_late_goods_and_asks_why() {
    let case = Cancelled::rest().await;
    let manager = case.shop.manager().await;
    let order = manager.page(&case.purchase.path()).await;
    let page = manager.page(&order.link("Receive late goods")).await;
    assert!(page.says("is cancelled: nothing was to come any more"));
    assert_eq!(
        page.table("Delivery")
            .row("MUG")
            .cell("Cancelled")
            .split(' ')
            .next(),
        Some("4")
    );
    let line = case.shop.lines(&case.purchase)[0].id;
    let form = page
        .form("#receive")
        .with(&format!("qty-{line}"), "3")
        .with("rest", "true");

    let mut preview = form.clone();
    preview.action.push_str("/preview");
    let weighed = manager.htmx("effects").send(&preview).await.page();
    let effects = weighed.table("What it would do");
    assert_eq!(effects.row("SO-000001").cell("Units"), "12 3 more");

    let refused = manager.send(&form).await;
    let again = refused.page();
    assert_eq!(refused.status(), 422);
    assert_eq!(
        again.field("late").error(),
        "PO-000001 is cancelled already: say why goods are received all the same."
    );
    assert_eq!(again.field(&format!("qty-{line}")).value(), "3");

    let form = again.form("#receive").with("late", "They found them");
    let twice = [manager.send(&form).await, manager.send(&form).await];
    assert_eq!(twice[0].location(), twice[1].location());
    assert_eq!(case.shop.on_hand(case.shelf), 9);
    let order = manager.page(&case.purchase.path()).await;
    let told = "Opened again They found them; 1 unit to come again";
    assert!(order.says(told), "{}", order.words());
    assert!(order.says("Partly received"), "{}", order.words());
}

#[actix_web::test]
async fn one_reason_is_enough_for_goods_that_are_late_and_more_than_ordered() {
    let case = Cancelled::rest().await;
    let manager = case.shop.manager().await;
    let page = manager
        .page(&format!("{}/receptions/new", case.purchase.path()))
        .await;
    let qty = page.attribute(".qty", "name").expect("a box");
    let form = page.form("#receive").with(&qty, "5").with("late", "A box");

    let refused = manager.send(&form).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(
        refused.page().field(&qty).error(),
        "1 more than were cancelled (4)."
    );

    let answer = manager.submit_form(&form.with("over", "true")).await;
    assert!(
        answer.says("Received after the end: A box"),
        "{}",
        answer.words()
    );
    assert!(answer.says("More than ordered accepted (1 of MUG): A box"));
}

#[actix_web::test]
async fn somebody_who_began_before_the_end_is_asked_why_like_all_others() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 5)]);
    let manager = shop.manager().await;
    let page = manager
        .page(&format!("{}/receptions/new", purchase.path()))
        .await;
    let qty = page.attribute(".qty", "name").expect("a box");
    shop.cancelled(&purchase);

    let refused = manager.send(&page.form("#receive").with(&qty, "5")).await;

    assert_eq!(refused.status(), 422);
    assert!(!refused.page().field("late").error().is_empty());
    assert!(shop.lines(&purchase)[0].received.is_zero());
    assert_eq!(shop.read(|conn| Ok(stock::verify(conn)?)), []);
}
