//! The floor at its size: orders are prepared, picked, packed and shipped through the real actions by four
//! people at once; then what a scan takes over HTTP while many orders are in progress.

mod scanned;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde::Serialize;

pub use self::scanned::ScanTime;
use super::backlog;
use super::random::Random;
use super::shop;
use super::together::at_once;
use crate::catalog;
use crate::config::Config;
use crate::db::{Act, Db, Who};
use crate::error::{Error, Result};
use crate::preparation::{self, BatchKind, Outcome, Read, Station, Walk};
use crate::sales::{self, NewLine, NewOrder};
use crate::schema::shipments;
use crate::stock::{self, Cause, CauseKind, Happening, MoveReason, Place};
use crate::types::{
    Change, CustomerId, Money, OrderId, ProductId, Quantity, ShipmentId, UserId, WarehouseId, clock,
};

/// People at work at the same time.
const PEOPLE: usize = 4;
/// Orders on one cart.
const CART: usize = 40;
/// Orders before anything is measured.
const WARM_UP: usize = 400;
/// Products that orders are made of.
const PRODUCTS: usize = 200;
/// How many of which products.
type Lines = Vec<(ProductId, u32)>;

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Preparation {
    pub orders: usize,
    pub units: u64,
    /// From the first order prepared to the last one shipped.
    pub seconds: f64,
    pub orders_per_second: f64,
    /// Scans of pickers and packers in that time.
    pub scans: usize,
    /// Of the first half of the orders, and of the second: they are the same.
    pub statements_per_order: [f64; 2],
    /// Rows that are not as they must be.
    pub findings: usize,
    /// What scans at a packing desk took over HTTP, with so many orders in progress.
    pub scan: ScanTime,
}

/// Fills an empty, migrated database with orders that stand ready, and brings them to their carriers.
///
/// # Errors
/// Those of the actions and of the server; none is expected.
pub fn preparation(
    db: &Db,
    config: Config,
    (orders, in_progress): (usize, usize),
    tell: &mut dyn FnMut(&str),
) -> Result<Preparation> {
    let floor = Floor::open(db)?;
    tell("the floor warms up: until then the database plans for empty tables");
    floor.work(db, &floor.ready(db, WARM_UP)?)?;
    tell("orders are placed");
    let ready = floor.ready(db, orders)?;
    let half = ready.len() / 2;
    tell("the first half is prepared, picked, packed and shipped");
    let first = floor.work(db, &ready[..half])?;
    tell("the second half");
    let second = floor.work(db, &ready[half..])?;
    let seconds = first.seconds + second.seconds;
    let findings = db.read_now(|conn| Ok(stock::verify(conn)?))?.len();
    tell("many are in progress, and somebody packs");
    let scan = scanned::measure(&floor, db, config, in_progress)?;
    Ok(Preparation {
        orders: ready.len(),
        units: ready.iter().map(|order| order.units()).sum(),
        seconds,
        orders_per_second: ready.len() as f64 / seconds,
        scans: first.scans + second.scans,
        statements_per_order: [first.per_order(), second.per_order()],
        findings,
        scan,
    })
}

/// An order that stands ready: how many of which products.
struct Ready {
    id: OrderId,
    lines: Lines,
}

impl Ready {
    fn units(&self) -> u64 {
        self.lines.iter().map(|(_, units)| u64::from(*units)).sum()
    }
}

/// What was done in a time.
struct Done {
    orders: usize,
    scans: usize,
    seconds: f64,
    statements: usize,
}

impl Done {
    fn per_order(&self) -> f64 {
        self.statements as f64 / self.orders.max(1) as f64
    }
}

/// A warehouse with plenty of everything.
struct Floor {
    warehouse: WarehouseId,
    products: Vec<ProductId>,
    customer: CustomerId,
    person: UserId,
}

impl Floor {
    fn open(db: &Db) -> Result<Self> {
        let conn: &mut PgConnection = &mut *db.connection()?;
        let person = shop::hire(conn)?;
        let products = backlog::products(conn, "P", PRODUCTS)?;
        let customers = backlog::open_accounts(conn, 1)?;
        let customer = customers.first().copied().ok_or(Error::NotFound)?;
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL);
            let warehouse = catalog::primary_warehouse(act)?.id;
            let plenty = products.iter().map(|product| Happening::Adjust {
                place: Place::new(warehouse, *product),
                bin: None,
                change: Change::new(1_000_000),
                reason: MoveReason::Adjustment,
                note: String::new(),
            });
            let plenty: Vec<Happening> = plenty.collect();
            stock::change(act, &Cause::of(CauseKind::Adjustment), &plenty)?;
            Ok(Self {
                warehouse,
                products,
                customer,
                person,
            })
        })
    }

    /// Orders of one to three lines of one or two units, which all stand ready.
    fn ready(&self, db: &Db, many: usize) -> Result<Vec<Ready>> {
        let mut random = Random::new(18);
        let mut below = |most: u64| usize::try_from(random.below(most)).unwrap_or(0);
        let opened = clock::now() - TimeDelta::days(1);
        let mut all = Vec::with_capacity(many);
        for first in (0..many).step_by(backlog::AT_ONCE) {
            let part: Vec<Lines> = (first..many.min(first + backlog::AT_ONCE))
                .map(|_| {
                    let lines = 1 + below(3);
                    let from = below(PRODUCTS as u64);
                    let product = |nth: usize| self.products[(from + nth * 7) % PRODUCTS];
                    (0..lines)
                        .map(|nth| (product(nth), 1 + below(2) as u32))
                        .collect()
                })
                .collect();
            let orders: Vec<NewOrder> = part
                .iter()
                .map(|lines| backlog::order_of(self.customer, self.lines(lines), opened))
                .collect();
            let ids = db.write_now(self.person, |act| Ok(sales::place(act, &orders)?))?;
            let ready = ids.into_iter().zip(part);
            all.extend(ready.map(|(id, lines)| Ready { id, lines }));
        }
        diesel::sql_query("vacuum analyze").execute(&mut *db.connection()?)?;
        Ok(all)
    }

    fn lines(&self, lines: &[(ProductId, u32)]) -> Vec<NewLine> {
        let lines = lines.iter().map(|(product, units)| NewLine {
            product: *product,
            warehouse: Some(self.warehouse),
            ordered: Quantity::new(*units),
            unit_price: Money::ZERO,
        });
        lines.collect()
    }

    /// Four people take carts of orders until none is left.
    fn work(&self, db: &Db, ready: &[Ready]) -> Result<Done> {
        let carts: Vec<&[Ready]> = ready.chunks(CART).collect();
        let (next, scans) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (started, sent) = (Instant::now(), db.statements());
        let people = self.people(db)?;
        at_once(&people, |_, person| {
            while let Some(cart) = carts.get(next.fetch_add(1, Ordering::Relaxed)) {
                let done = self.cart(db, *person, cart)?;
                scans.fetch_add(done, Ordering::Relaxed);
            }
            Ok(())
        })?;
        Ok(Done {
            orders: ready.len(),
            scans: scans.into_inner(),
            seconds: started.elapsed().as_secs_f64(),
            statements: db.statements() - sent,
        })
    }

    /// Each has a desk of their own.
    fn people(&self, db: &Db) -> Result<Vec<UserId>> {
        let conn: &mut PgConnection = &mut *db.connection()?;
        (0..PEOPLE).map(|nth| shop::colleague(conn, nth)).collect()
    }

    /// A cart of orders is prepared and picked in one walk, packed order by order, and shipped; answers with the scans it
    /// took.
    fn cart(&self, db: &Db, person: UserId, cart: &[Ready]) -> Result<usize> {
        let orders: Vec<OrderId> = cart.iter().map(|order| order.id).collect();
        let begun = db.write_now(person, |act| {
            let place = (self.warehouse, BatchKind::Chosen);
            Ok(preparation::begin_batch(act, &orders, place)?)
        })?;
        let walk = Walk::Batch(begun.0.ok_or(Error::NotFound)?);
        let legs =
            db.read_now(|conn| Ok(preparation::legs(&preparation::stops(conn, walk, None)?)))?;
        let mut scans = legs.len();
        for leg in legs {
            let read = Read {
                code: leg.sku.to_string(),
                times: leg.left,
            };
            db.write_now(person, |act| Ok(preparation::scan_pick(act, walk, &read)?))?;
        }
        for parcel in &begun.1.begun {
            scans += self.pack(db, person, *parcel)?;
        }
        self.leave(db, person, &begun.1.begun)?;
        Ok(scans)
    }

    /// The parcel is opened by its number, and each unit scanned.
    fn pack(&self, db: &Db, person: UserId, parcel: ShipmentId) -> Result<usize> {
        let (number, lines) = db.read_now(|conn| {
            let number: String = shipments::table
                .find(parcel)
                .select(shipments::number)
                .first(conn)?;
            Ok((number, preparation::to_pack(conn, parcel)?))
        })?;
        let units = lines.iter().flat_map(|line| {
            let each = std::iter::repeat_n(line.sku.to_string(), line.units.get() as usize);
            each.collect::<Vec<_>>()
        });
        let codes: Vec<String> = std::iter::once(number).chain(units).collect();
        let station = Station {
            warehouse: self.warehouse,
            seen: None,
            unscanned: false,
        };
        for code in &codes {
            let read = Read::of(code);
            let answer = db.write_now(person, |act| {
                Ok(preparation::scan_pack(act, &station, &read)?)
            })?;
            if answer.outcome == Outcome::Refused {
                return Err(Error::Failure(answer.words));
            }
        }
        Ok(codes.len())
    }

    fn leave(&self, db: &Db, person: UserId, parcels: &[ShipmentId]) -> Result<()> {
        let left = db.write_now(person, |act| Ok(preparation::ship_all(act, parcels)?))?;
        match left.stayed.first() {
            Some((_, why)) => Err(Error::Failure(why.to_string())),
            None => Ok(()),
        }
    }
}
