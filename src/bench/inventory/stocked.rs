//! A shop with a past: four warehouses, one of them with bins, two years of movements, and orders that
//! wait.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::Size;
use crate::bench::backlog::{self, AT_ONCE};
use crate::bench::shop;
use crate::db::named::named;
use crate::db::{Act, Who};
use crate::error::{Error, Result};
use crate::purchasing::{self, Delivery};
use crate::sales::{self, NewLine, NewOrder};
use crate::schema::{receptions, warehouses};
use crate::types::{Money, ProductId, PurchaseOrderId, Quantity, SupplierId, WarehouseId, clock};

/// Of so many products, two are wanted by orders.
const WANTED_OF: usize = 5;
/// Lines of a purchase order, at most.
const LINES: usize = 1_000;

/// What pages, counts and files are about.
pub struct Stocked {
    /// In the order in which they were made: `P0`, `P1` and so on.
    pub products: Vec<ProductId>,
    pub plain: WarehouseId,
    pub with_bins: WarehouseId,
    /// The number of a reception.
    pub reception: String,
}

/// Fills an empty, migrated database; its goods moved for two years.
pub fn open(conn: &mut PgConnection, size: Size, tell: &mut dyn FnMut(&str)) -> Result<Stocked> {
    let supplier = backlog::supplier(conn)?;
    let products = backlog::products(conn, "P", size.products)?;
    tell("two years pass");
    let past = named(include_str!("past.sql"), |name| {
        (name == "each").then(|| size.each.to_string())
    });
    conn.transaction(|conn| conn.batch_execute(&past))?;
    diesel::sql_query("vacuum analyze").execute(conn)?;
    shop::hire(conn)?;
    let all: Vec<(WarehouseId, bool)> = warehouses::table
        .order(warehouses::id)
        .select((warehouses::id, warehouses::uses_locations))
        .load(conn)?;
    let of = |bins: bool| {
        let mut found = all.iter().filter(|(_, has_bins)| *has_bins == bins);
        let found = found.next().map(|(id, _)| *id);
        found.ok_or_else(|| Error::Failure("a warehouse is missing".into()))
    };
    let (plain, with_bins) = (of(false)?, of(true)?);

    tell("orders come");
    let places: Vec<WarehouseId> = all.iter().map(|(id, _)| *id).collect();
    place_orders(conn, &products, &places)?;
    tell("goods are bought, and some arrive");
    for (purchase, delivery) in buy(conn, supplier, plain, &products[..], 10)? {
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL);
            Ok(purchasing::receive(act, purchase, &delivery)?)
        })?;
    }
    buy(conn, supplier, with_bins, &products[1..], 2)?;
    diesel::sql_query("vacuum analyze").execute(conn)?;
    Ok(Stocked {
        reception: receptions::table
            .order(receptions::id.desc())
            .select(receptions::number)
            .first(conn)?,
        products,
        plain,
        with_bins,
    })
}

/// Three order lines for each wanted product, all in one of the warehouses.
fn place_orders(
    conn: &mut PgConnection,
    products: &[ProductId],
    places: &[WarehouseId],
) -> Result<()> {
    let wanted: Vec<(usize, ProductId)> = products
        .iter()
        .copied()
        .enumerate()
        .filter(|(at, _)| at % WANTED_OF < 2)
        .collect();
    let customers = backlog::open_accounts(conn, (wanted.len() / 10).max(1))?;
    let opened = clock::now() - TimeDelta::days(60);
    let orders: Vec<NewOrder> = (0..wanted.len())
        .map(|first| {
            let line = |next: usize| {
                let (at, product) = wanted[(first + next) % wanted.len()];
                NewLine {
                    product,
                    warehouse: Some(places[at % places.len()]),
                    ordered: Quantity::new(6 + (first % 5) as u32),
                    unit_price: Money::ZERO,
                }
            };
            let placed_at = opened + TimeDelta::seconds(first as i64);
            let customer = customers[first % customers.len()];
            backlog::order_of(customer, (0..3).map(line).collect(), placed_at)
        })
        .collect();
    for part in orders.chunks(AT_ONCE) {
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL.at(opened));
            Ok(sales::place(act, part)?)
        })?;
    }
    Ok(())
}

/// Purchase orders of one product in so many, with what brings all of each.
fn buy(
    conn: &mut PgConnection,
    supplier: SupplierId,
    warehouse: WarehouseId,
    products: &[ProductId],
    of: usize,
) -> Result<Vec<(PurchaseOrderId, Delivery)>> {
    let chosen = products.iter().step_by(of);
    let lines: Vec<purchasing::NewLine> = chosen
        .map(|product| purchasing::NewLine {
            product: *product,
            quantity: Quantity::new(12),
        })
        .collect();
    let parts = lines.chunks(LINES);
    let bought = parts.map(|part| {
        conn.transaction(|conn| {
            backlog::buy(conn, supplier, warehouse, part.to_vec(), clock::now())
        })
    });
    bought.collect()
}
