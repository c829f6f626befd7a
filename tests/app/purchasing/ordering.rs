//! Drafts are written, changed and given up.

use backfill::purchasing::{self, DraftEdit, DraftLine, Error, RestEdit, RestLine, Status};
use backfill::stock::Place;
use backfill::types::{Money, Quantity, Sku};

use super::desk::{date, units};
use crate::support::app::Shop;

fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}

fn sku(text: &str) -> Sku {
    Sku::parse(text).expect("a SKU")
}

#[actix_web::test]
async fn a_draft_takes_price_and_sku_of_the_supplier_and_is_not_incoming() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    shop.ordered(Place::new(warehouse, mug), 15, 1);

    let draft = shop.draft(supplier, warehouse, &[(mug, 15)]);

    let lines = shop.lines(&draft);
    assert_eq!(draft.status, Status::Draft);
    assert_eq!(
        (lines[0].supplier_sku.as_str(), lines[0].unit_price),
        ("S-MUG", money("2.50"))
    );
    let (figures, drafted) = shop.need();
    assert_eq!((figures.incoming, drafted), (units(0), units(15)));
}

#[actix_web::test]
async fn lines_of_a_draft_are_added_edited_and_removed() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let (mug, _) = (shop.bought("MUG", supplier), shop.bought("JUG", supplier));
    let draft = shop.draft(supplier, warehouse, &[(mug, 15)]);

    shop.write(|act| Ok(purchasing::add_line(act, draft.id, &sku("jug"), units(3))?));
    let twice = shop.try_at_noon(|act| purchasing::add_line(act, draft.id, &sku("JUG"), units(1)));
    let unknown = shop.try_at_noon(|act| purchasing::add_line(act, draft.id, &sku("X"), units(1)));
    let [first, second] = shop.lines(&draft).try_into().expect("two lines");
    let edit = DraftEdit {
        version: shop.order_now(&draft).version,
        expected_on: Some(date("2026-12-24")),
        shipping_cost: money("12"),
        supplier_comment: "Ring at gate 3".into(),
        internal_note: String::new(),
        rate: None,
        lines: vec![DraftLine {
            line: second.id,
            quantity: units(8),
            unit_price: money("1.25"),
            expected_on: None,
        }],
    };
    let edited = shop.write(|conn| Ok(purchasing::edit_draft(conn, draft.id, &edit)?));
    shop.write(|conn| Ok(purchasing::remove_line(conn, draft.id, first.id)?));

    assert!(matches!(twice, Err(Error::AlreadyOnLine(2))), "{twice:?}");
    assert!(
        matches!(unknown, Err(Error::NoSuchProduct(_))),
        "{unknown:?}"
    );
    assert_eq!(edited.expected_on, Some(date("2026-12-24")));
    let [left] = shop.lines(&draft).try_into().expect("one line");
    assert_eq!((left.ordered, left.amount()), (units(8), money("10")));
}

#[actix_web::test]
async fn an_edit_made_from_an_older_version_is_refused() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let draft = shop.draft(supplier, warehouse, &[(mug, 15)]);
    let edit = DraftEdit {
        version: draft.version,
        expected_on: None,
        shipping_cost: Money::ZERO,
        supplier_comment: String::new(),
        internal_note: "Ring before noon".into(),
        rate: None,
        lines: Vec::new(),
    };
    shop.write(|conn| Ok(purchasing::edit_draft(conn, draft.id, &edit)?));

    let refusal = shop.try_at_noon(|act| purchasing::edit_draft(act, draft.id, &edit));

    assert!(matches!(refusal, Err(Error::Changed(_))), "{refusal:?}");
}

#[actix_web::test]
async fn less_of_what_has_not_arrived_is_less_incoming_and_can_end_the_purchase_order() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    shop.ordered(Place::new(warehouse, mug), 15, 1);
    let purchase = shop.sent(supplier, warehouse, &[(mug, 15)]);
    shop.received(&purchase, &[10]);
    let line = shop.lines(&purchase)[0].id;
    let edit = |wanted: Quantity| {
        let order = shop.order_now(&purchase);
        let edit = RestEdit {
            version: order.version,
            expected_on: None,
            confirmed_on: None,
            shipping_cost: Money::ZERO,
            internal_note: String::new(),
            lines: vec![RestLine {
                line,
                wanted,
                expected_on: None,
                confirmed_on: None,
            }],
        };
        shop.try_at_noon(|act| purchasing::edit_rest(act, order.id, &edit))
    };

    let below_received = edit(units(9));
    edit(units(12)).expect("12 can be asked for");
    let (figures, _) = shop.need();
    assert_eq!((figures.incoming, figures.minimum()), (units(2), units(3)));
    let ended = edit(units(10)).expect("10 can be asked for");

    assert!(
        matches!(below_received, Err(Error::LessThanReceived { .. })),
        "{below_received:?}"
    );
    assert_eq!(ended.status, Status::Received);
    assert_eq!(shop.need().0.minimum(), units(5));
}

#[actix_web::test]
async fn what_is_received_or_cancelled_is_not_cancelled_again() {
    let shop = Shop::open().await;
    let (warehouse, supplier) = (shop.warehouse("MAIN"), shop.supplier("HART"));
    let mug = shop.bought("MUG", supplier);
    let received = shop.sent(supplier, warehouse, &[(mug, 5)]);
    shop.received(&received, &[5]);
    let cancelled = shop.draft(supplier, warehouse, &[(mug, 5)]);
    assert_eq!(shop.cancelled(&cancelled).status, Status::Cancelled);

    for order in [received, cancelled] {
        let refusal = shop.try_at_noon(|act| purchasing::cancel(act, order.id, ""));
        assert!(
            matches!(refusal, Err(Error::CannotBe { .. })),
            "{refusal:?}"
        );
    }
}
