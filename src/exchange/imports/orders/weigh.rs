//! Who would lose by a reading: its orders may be older or more urgent than those that are here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::apply::{Destination, customer_code};
use super::reading::{ReadOrder, Reading};
use crate::exchange::Error;
use crate::sales;
use crate::schema::products;
use crate::stock::{self, Ask, Effects, Happening, NO_DATE, Place, Priority};
use crate::types::{OrderId, OrderLineId, ProductId, Sku};

/// Who of those who are here would gain and lose if a reading were applied at an instant. What asks
/// for a product nobody knows takes nothing from anybody.
///
/// # Errors
/// Those of the database.
pub fn weigh(
    conn: &mut PgConnection,
    reading: &Reading,
    to: &Destination,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let products = known_products(conn, reading)?;
    let codes: Vec<String> = reading
        .orders
        .iter()
        .map(|order| customer_code(order).to_owned())
        .collect();
    let customers = sales::customers_known(conn, &to.channel, &codes)?;
    let lines = (0..).zip(&reading.orders).flat_map(|(nth, order)| {
        let numbered = (1..).zip(&order.lines);
        numbered.map(move |(number, line)| (nth, number, order, line))
    });
    let joins = (0..)
        .zip(lines)
        .filter_map(|(id, (nth, line_number, order, line))| {
            let customer = customers.get(customer_code(order));
            let priority = customer.map_or(Priority::Normal, |customer| customer.priority);
            Some(Happening::Join(Ask {
                line: OrderLineId::unwritten(id),
                order: OrderId::unwritten(nth),
                place: Place::new(to.warehouse, *products.get(&line.sku)?),
                to_ship: line.quantity,
                priority_rank: priority.rank(),
                required_by: order.required_by.unwrap_or(NO_DATE),
                placed_at: order.placed_at,
                line_number,
                held: false,
            }))
        });
    let joins: Vec<Happening> = joins.collect();
    Ok(stock::preview(conn, at, &joins)?)
}

fn known_products(
    conn: &mut PgConnection,
    reading: &Reading,
) -> QueryResult<HashMap<Sku, ProductId>> {
    let lines = reading
        .orders
        .iter()
        .flat_map(|order: &ReadOrder| &order.lines);
    let skus: Vec<&Sku> = lines.map(|line| &line.sku).collect();
    let rows: Vec<(Sku, ProductId)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
