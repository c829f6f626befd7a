//! Which places what happens reaches, as the database knows them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use super::rules;
use crate::schema::demand;
use crate::stock::books::Rules;
use crate::stock::error::Error;
use crate::stock::model::Place;
use crate::stock::reach::Reach;
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
    for (order, line, place) in waiting(conn, &orders, &lines, &reach.crowds)? {
        let whole = reach.orders.contains(&(order, None));
        if whole || reach.orders.contains(&(order, Some(place.warehouse))) || named.contains(&line)
        {
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
    Ok(Opened {
        rules,
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
) -> QueryResult<Vec<(OrderId, OrderLineId, Place)>> {
    type Row = (OrderId, OrderLineId, WarehouseId, ProductId);
    let named: Vec<OrderLineId> = lines.iter().chain(crowds).copied().collect();
    let columns = (
        demand::order_id,
        demand::order_line_id,
        demand::warehouse_id,
        demand::product_id,
    );
    let mut rows: Vec<Row> = Vec::new();
    if !orders.is_empty() {
        let of_orders = demand::table.filter(demand::order_id.eq_any(orders));
        rows.extend(of_orders.select(columns).load::<Row>(conn)?);
    }
    if !named.is_empty() {
        let of_lines = demand::table.filter(demand::order_line_id.eq_any(named));
        rows.extend(of_lines.select(columns).load::<Row>(conn)?);
    }
    let rows = rows.into_iter();
    Ok(rows
        .map(|(order, line, warehouse, product)| (order, line, Place::new(warehouse, product)))
        .collect())
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
