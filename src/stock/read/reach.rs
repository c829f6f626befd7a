//! Which places what happens reaches, as the database knows them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use crate::schema::demand;
use crate::stock::books::Rules;
use crate::stock::error::Error;
use crate::stock::happening::Reach;
use crate::stock::model::Place;
use crate::types::{OrderId, OrderLineId, ProductId, WarehouseId};

/// What is opened.
pub(super) struct Opened {
    pub(super) rules: Rules,
    pub(super) places: BTreeSet<Place>,
    /// Of these, where every line is read.
    pub(super) everyone: BTreeSet<Place>,
    pub(super) orders: Vec<OrderId>,
    pub(super) lines: Vec<OrderLineId>,
}

/// The places that are named, those where the orders and lines named wait, and where complete orders
/// go first, all of the warehouse: one product's stock decides about another's, so it is planned at
/// once, by one transaction at a time.
pub(super) fn opened(conn: &mut PgConnection, reach: Reach) -> Result<Opened, Error> {
    let mut places = reach.places;
    let mut everyone = reach.everyone;
    let orders: Vec<OrderId> = reach.orders.into_iter().collect();
    let lines: Vec<OrderLineId> = reach.lines.into_iter().collect();
    places.extend(waiting(conn, &orders, &lines)?);
    let crowds: Vec<OrderLineId> = reach.crowds.into_iter().collect();
    everyone.extend(waiting(conn, &[], &crowds)?);
    for warehouse in reach.rules {
        everyone.extend(queues(conn, warehouse.as_slice())?);
    }
    places.extend(everyone.iter().copied());

    let rules = super::rules::read(conn, &places)?;
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
        everyone,
        orders,
        lines,
    })
}

/// Where some orders and lines wait.
fn waiting(
    conn: &mut PgConnection,
    orders: &[OrderId],
    lines: &[OrderLineId],
) -> QueryResult<Vec<Place>> {
    let named = match (orders.is_empty(), lines.is_empty()) {
        (true, true) => return Ok(Vec::new()),
        (false, true) => demand::table
            .filter(demand::order_id.eq_any(orders))
            .into_boxed(),
        (true, false) => demand::table
            .filter(demand::order_line_id.eq_any(lines))
            .into_boxed(),
        (false, false) => demand::table
            .filter(demand::order_id.eq_any(orders))
            .or_filter(demand::order_line_id.eq_any(lines))
            .into_boxed(),
    };
    let rows = named.select((demand::warehouse_id, demand::product_id));
    Ok(places(rows.load(conn)?))
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
