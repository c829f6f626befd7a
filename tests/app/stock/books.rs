//! The books on a real database: what is asked for, comes and goes, and what is written of it.

use std::sync::Barrier;
use std::thread;

use backfill::config::Database;
use backfill::db::{Act, Who};
use backfill::stock::{self, Ask, Cause, CauseKind, Error, Happening, NO_DATE, Outcome, Place};
use backfill::types::{OrderId, OrderLineId, Quantity};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::support::counting::{count, counted};
use crate::support::database::TestDatabase;

/// A database with one product in one warehouse, and orders of it.
struct Shelf {
    database: TestDatabase,
    place: Place,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn id<T: std::str::FromStr>(conn: &mut PgConnection, query: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    let row: Id = diesel::sql_query(query).get_result(conn).expect(query);
    row.id.to_string().parse().expect("an id")
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).expect("an instant")
}

fn units(units: u32) -> Quantity {
    Quantity::new(units)
}

impl Shelf {
    fn new() -> Self {
        let database = TestDatabase::create();
        let conn = &mut database.connect();
        let warehouse = id(
            conn,
            "insert into warehouses (code, name) values ('TEST', 'Test') returning id",
        );
        let product = id(
            conn,
            "insert into products (sku, name) values ('MUG', 'Mug') returning id",
        );
        id::<i64>(
            conn,
            "insert into customers (code, name, channel_id)
             select 'C', 'Customer', min(id) from channels returning id",
        );
        Self {
            database,
            place: Place::new(warehouse, product),
        }
    }

    fn order(&self, number: i64, quantity: u32) -> (OrderId, OrderLineId) {
        let conn = &mut self.database.connect();
        let order: OrderId = id(
            conn,
            &format!(
                "insert into orders (number, customer_id, channel_id, placed_at)
                 select 'SO-{number}', id, channel_id, '{}' from customers returning id",
                at(number).to_rfc3339()
            ),
        );
        let line: OrderLineId = id(
            conn,
            &format!(
                "insert into order_lines (order_id, line_number, product_id, warehouse_id, ordered)
                 values ({order}, 1, {}, {}, {quantity}) returning id",
                self.place.product, self.place.warehouse
            ),
        );
        let joins = Happening::Join(self.ask(number, order, line, quantity));
        self.change(CauseKind::OrderPlaced, &[joins])
            .expect("an order can be placed");
        (order, line)
    }

    fn ask(&self, number: i64, order: OrderId, line: OrderLineId, quantity: u32) -> Ask {
        Ask {
            line,
            order,
            place: self.place,
            to_ship: units(quantity),
            priority_rank: 2,
            required_by: NO_DATE,
            placed_at: at(number),
            line_number: 1,
            held: false,
            set: None,
        }
    }

    fn change(&self, kind: CauseKind, happenings: &[Happening]) -> Result<Outcome, Error> {
        let conn = &mut self.database.connect();
        conn.transaction(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL);
            stock::change(act, &Cause::of(kind), happenings)
        })
    }

    fn adjust(&self, change: i32) -> Result<Outcome, Error> {
        self.change(CauseKind::Adjustment, &[counted(self.place, change)])
    }

    /// Reserved units of the lines in the queue, and the states of the consignments.
    fn stands(&self) -> (Vec<u32>, Vec<String>) {
        use backfill::schema::consignments;
        let conn = &mut self.database.connect();
        let queue = stock::claimants(conn, self.place, 100).expect("a queue");
        let states = consignments::table
            .order(consignments::placed_at)
            .select(consignments::state)
            .load(conn)
            .expect("states");
        (
            queue
                .iter()
                .map(|claimant| claimant.reserved.get())
                .collect(),
            states,
        )
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        if !thread::panicking() {
            let findings = stock::verify(&mut self.database.connect()).expect("verify runs");
            // These tests write orders and parcels by hand, so only what stock itself keeps is judged.
            let own: Vec<_> = findings
                .iter()
                .filter(|finding| {
                    !finding.invariant.contains("parcel")
                        && !finding.invariant.contains("order lines ask")
                })
                .collect();
            assert!(own.is_empty(), "{own:?}");
        }
    }
}

#[test]
fn seven_units_for_three_orders_of_five_stand_in_three_tabs() {
    let shelf = Shelf::new();
    for number in 1..=3 {
        shelf.order(number, 5);
    }

    let outcome = shelf.adjust(7).expect("seven come");

    let gained: Vec<u32> = outcome
        .lines
        .iter()
        .filter(|change| change.reserved > change.reserved_before)
        .map(|change| change.reserved.get())
        .collect();
    assert_eq!(gained, [5, 2]);
    assert_eq!(
        shelf.stands(),
        (
            vec![5, 2, 0],
            vec![
                "reserved".to_owned(),
                "partial".to_owned(),
                "missing".to_owned()
            ]
        )
    );
}

#[test]
fn a_fully_reserved_product_that_loses_three_takes_them_from_the_last_in_the_queue() {
    let shelf = Shelf::new();
    shelf.order(1, 5);
    shelf.order(2, 5);
    shelf.adjust(10).expect("ten come");

    let outcome = shelf.adjust(-3).expect("three are lost");

    let lines = outcome.lines.iter();
    let lost = lines.filter(|change| change.reserved < change.reserved_before);
    assert_eq!(lost.count(), 1);
    assert_eq!(shelf.stands().0, [5, 2]);
    assert_eq!(shelf.stands().1, ["reserved", "partial"]);
}

#[test]
fn settling_twice_changes_nothing_the_second_time() {
    let shelf = Shelf::new();
    shelf.order(1, 5);
    shelf.adjust(3).expect("three come");

    let outcome = shelf
        .change(CauseKind::Settings, &[Happening::Rule { warehouse: None }])
        .expect("nothing to do");

    assert_eq!(outcome.lines, []);
}

#[test]
fn a_reserved_line_that_is_withdrawn_leaves_its_units_to_those_behind() {
    let shelf = Shelf::new();
    let (_, line) = shelf.order(1, 5);
    shelf.order(2, 5);
    shelf.adjust(5).expect("five come");

    shelf
        .change(CauseKind::OrderEdited, &[Happening::Withdraw { line }])
        .expect("nobody took it");

    assert_eq!(shelf.stands().0, [5]);
}

#[test]
fn what_an_operator_took_cannot_be_lost_or_withdrawn() {
    let shelf = Shelf::new();
    let (order, line) = shelf.order(1, 5);
    shelf.adjust(5).expect("five come");
    let take = Happening::Take {
        order,
        warehouse: shelf.place.warehouse,
        at_least: Quantity::ZERO,
    };
    let outcome = shelf
        .change(CauseKind::Preparation, &[take])
        .expect("something is reserved");

    assert_eq!(outcome.taken()[0].taken, units(5));
    assert_eq!(
        shelf.adjust(-1).map(|_| ()),
        Err(Error::NotEnough {
            place: shelf.place,
            wanted: units(1),
            there: units(5),
            in_parcels: units(5),
            parcels: vec![],
        })
    );
    assert_eq!(
        shelf
            .change(CauseKind::OrderCancelled, &[Happening::Withdraw { line }])
            .map(|_| ()),
        Err(Error::BeingPrepared {
            line,
            units: units(5),
            parcels: vec![],
        })
    );
    assert_eq!(shelf.stands().1, ["in_preparation"]);
}

#[test]
fn withdrawing_gives_back_exactly_what_was_held_once() {
    let shelf = Shelf::new();
    let (_, line) = shelf.order(1, 5);
    shelf.order(2, 5);
    shelf.adjust(5).expect("five come");

    shelf
        .change(CauseKind::OrderCancelled, &[Happening::Withdraw { line }])
        .expect("withdrawn");
    shelf
        .change(CauseKind::OrderCancelled, &[Happening::Withdraw { line }])
        .expect("nothing left");

    assert_eq!(shelf.stands().0, [5]);
    assert_eq!(shelf.stands().1, ["done", "reserved"]);
}

#[test]
fn two_at_once_never_give_out_one_unit_twice() {
    let shelf = Shelf::new();
    shelf.adjust(40).expect("forty come");
    let barrier = Barrier::new(8);

    thread::scope(|scope| {
        for worker in 0..8 {
            let (shelf, barrier) = (&shelf, &barrier);
            scope.spawn(move || {
                barrier.wait();
                for round in 0..5 {
                    shelf.order(1 + worker * 5 + round, 2);
                }
            });
        }
    });

    let (reserved, _) = shelf.stands();
    assert_eq!(reserved.len(), 40);
    assert_eq!(reserved.iter().sum::<u32>(), 40);
}

#[test]
fn the_number_of_statements_does_not_grow_with_the_queue() {
    let shelf = Shelf::new();
    let db = backfill::db::Db::counting(&Database::at(shelf.database.url(), 1)).expect("a pool");
    let statements = |change: i32| {
        let before = db.statements();
        db.write_now(Who::BACKFILL, |act| count(act, shelf.place, change))
            .expect("adjusted");
        db.statements() - before
    };
    shelf.order(1, 5);
    let with_one = statements(3);
    for number in 2..=30 {
        shelf.order(number, 2);
    }

    assert_eq!(statements(40), with_one);
}

#[test]
fn a_history_table_refuses_to_be_rewritten() {
    let shelf = Shelf::new();
    shelf.order(1, 1);
    shelf.adjust(1).expect("one comes");
    let conn = &mut shelf.database.connect();

    for (history, column) in [
        ("movements", "at = now()"),
        ("decisions", "at = now()"),
        ("reservation_entries", "change = 2"),
    ] {
        for change in [
            format!("delete from {history}"),
            format!("update {history} set {column}"),
        ] {
            let refused = diesel::sql_query(&change).execute(conn).expect_err(&change);
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
    }
}

#[test]
fn when_held_orders_may_no_longer_hold_stock_it_goes_to_those_behind() {
    let shelf = Shelf::new();
    let (order, _) = shelf.order(1, 5);
    shelf.order(2, 5);
    shelf.adjust(5).expect("five come");
    shelf
        .change(CauseKind::OrderHeld, &[Happening::Hold { order }])
        .expect("held");
    assert_eq!(
        shelf.stands().0,
        [5, 0],
        "by default a held order keeps its stock"
    );

    let conn = &mut shelf.database.connect();
    diesel::sql_query("update company set held_orders_keep_stock = false")
        .execute(conn)
        .expect("the company decides");
    shelf
        .change(CauseKind::Settings, &[Happening::Rule { warehouse: None }])
        .expect("planned again");

    assert_eq!(shelf.stands().0, [0, 5]);
    assert_eq!(shelf.stands().1, ["held", "reserved"]);
}

#[test]
fn where_complete_orders_go_first_stock_waits_for_the_order_it_completes() {
    let shelf = Shelf::new();
    let conn = &mut shelf.database.connect();
    diesel::sql_query(
        "update warehouses set allocation_policy = 'complete_first', collect_after_days = 300",
    )
    .execute(conn)
    .expect("the warehouse decides");
    shelf.order(1, 5);
    shelf.order(2, 2);

    shelf.adjust(3).expect("three come");
    assert_eq!(shelf.stands().0, [0, 2], "only the second can be completed");

    shelf.adjust(4).expect("four more come");
    assert_eq!(shelf.stands().0, [5, 2]);
}
