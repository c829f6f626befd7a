//! Which places what happens reaches, as the database knows them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use super::key_row::KeyRow;
use super::kits::Coupled;
use super::rules;
use crate::schema::demand;
use crate::stock::books::Rules;
use crate::stock::error::Error;
use crate::stock::model::Place;
use crate::stock::reach::{KitsRead, Reach, Robbed};
use crate::types::{LocationId, OrderId, OrderLineId, ProductId, WarehouseId};

/// What is opened.
pub(super) struct Opened {
    pub(super) rules: Rules,
    pub(super) places: BTreeSet<Place>,
    /// Of the warehouses of these, all but those where no more than what is on its way is written.
    pub(super) touched: BTreeSet<WarehouseId>,
    /// Of the places, where every line is read.
    pub(super) everyone: BTreeSet<Place>,
    pub(super) orders: Vec<OrderId>,
    pub(super) lines: Vec<OrderLineId>,
    /// Bins that are named, for the goods of a place, or for those of lines.
    pub(super) bins: BTreeSet<(LocationId, Option<Place>)>,
    pub(super) kits_read: KitsRead,
}

/// A line that waits, and where in its queue.
#[derive(HasQuery)]
#[diesel(table_name = demand)]
struct Waiting {
    order_line_id: OrderLineId,
    warehouse_id: WarehouseId,
    product_id: ProductId,
    #[diesel(embed)]
    key: KeyRow,
}

impl Waiting {
    const fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

/// The places that are named, those where the orders and lines named wait, and where complete orders
/// go first, all of the warehouse: one product's stock decides about another's, so it is planned at
/// once, by one transaction at a time.
pub(super) fn opened(conn: &mut PgConnection, reach: Reach) -> Result<Opened, Error> {
    let mut places = reach.places;
    let mut everyone = reach.everyone;
    let orders: Vec<OrderId> = reach.orders.iter().map(|(order, _)| *order).collect();
    let named = reach.lines;
    let lines: Vec<OrderLineId> = named.iter().copied().collect();
    let mut robs = reach.robs;
    for row in waiting(conn, &orders, &lines, &reach.crowds)? {
        let (line, place) = (row.order_line_id, row.place());
        if reach.robs_behind_named {
            robs = robs.min(Robbed::From(row.key.key().of_order()));
        }
        let here = |warehouse| reach.orders.contains(&(row.key.order_id, warehouse));
        if here(None) || here(Some(place.warehouse)) || named.contains(&line) {
            places.insert(place);
        }
        if reach.crowds.contains(&line) {
            everyone.insert(place);
        }
    }
    for warehouse in reach.rules {
        everyone.extend(queues(conn, warehouse.as_slice())?);
    }
    places.extend(everyone.iter().copied());
    let touched = places.iter().map(|place| place.warehouse).collect();
    places.extend(reach.bound_for);

    let rules = rules::read(conn, &places)?;
    let warehouses = rules.policies.keys().copied();
    let complete_first: Vec<WarehouseId> = warehouses
        .filter(|warehouse| rules.complete_first(*warehouse))
        .collect();
    if !complete_first.is_empty() {
        diesel::sql_query("select pg_advisory_xact_lock(id) from unnest($1) as id")
            .bind::<Array<BigInt>, _>(&complete_first)
            .execute(conn)?;
        places.extend(queues(conn, &complete_first)?);
        let all = places.iter().copied();
        everyone.extend(all.filter(|place| rules.complete_first(place.warehouse)));
    }
    let coupled = Coupled::with(conn, &places, robs, (reach.frees, reach.brings))?;
    places.extend(coupled.places.iter().copied());
    everyone.extend(coupled.places);
    Ok(Opened {
        rules,
        kits_read: coupled.read,
        places,
        touched,
        everyone,
        orders,
        lines,
        bins: reach.bins,
    })
}

/// Where some orders and lines wait: each of their lines, with its place.
fn waiting(
    conn: &mut PgConnection,
    orders: &[OrderId],
    lines: &[OrderLineId],
    crowds: &BTreeSet<OrderLineId>,
) -> QueryResult<Vec<Waiting>> {
    let named: Vec<OrderLineId> = lines.iter().chain(crowds).copied().collect();
    let mut rows = Vec::new();
    if !orders.is_empty() {
        let of_orders = Waiting::query().filter(demand::order_id.eq_any(orders));
        rows.extend(of_orders.load(conn)?);
    }
    if !named.is_empty() {
        let of_lines = Waiting::query().filter(demand::order_line_id.eq_any(named));
        rows.extend(of_lines.load(conn)?);
    }
    Ok(rows)
}

/// Every queue of some warehouses; of all where none is named.
fn queues(conn: &mut PgConnection, warehouses: &[WarehouseId]) -> QueryResult<Vec<Place>> {
    let mut queues = demand::table
        .select((demand::warehouse_id, demand::product_id))
        .distinct()
        .into_boxed();
    if !warehouses.is_empty() {
        queues = queues.filter(demand::warehouse_id.eq_any(warehouses));
    }
    Ok(places(queues.load(conn)?))
}

fn places(rows: Vec<(WarehouseId, ProductId)>) -> Vec<Place> {
    let places = rows.into_iter();
    places
        .map(|(warehouse, product)| Place::new(warehouse, product))
        .collect()
}
