//! Who would lose by a reading: its orders may be older or more urgent than those that are here.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::apply::{Destination, customer_code};
use super::reading::{ReadOrder, Reading};
use crate::catalog::{self, KitPart};
use crate::exchange::Error;
use crate::sales::{self, Asked, AskedLine};
use crate::schema::products;
use crate::stock::{self, Ask, Effects, Happening, InSet, NO_DATE, Place, Priority};
use crate::types::{Limit, OrderId, OrderLineId, ProductId, Quantity, Sku, WarehouseId};

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
    let routes = routes(conn, reading, to, &products)?;
    let orders = (0..).zip(&reading.orders).zip(&routes);
    let lines = orders.flat_map(|((nth, order), routes)| {
        let numbered = (1..).zip(&order.lines).zip(routes);
        numbered.map(move |((number, line), from)| (nth, number, order, line, *from))
    });
    let kits: Vec<ProductId> = products.values().copied().collect();
    let kits = catalog::parts_of_kits(conn, &kits)?;
    let mut joins: Vec<Happening> = Vec::new();
    for (nth, line_number, order, line, from) in lines {
        let Some(product) = products.get(&line.sku) else {
            continue;
        };
        let customer = customers.get(customer_code(order));
        let priority = customer.map_or(Priority::Normal, |customer| customer.priority);
        for (product, to_ship, set) in asks_of(*product, line.quantity, &kits, joins.len()) {
            joins.push(Happening::Join(Ask {
                line: unwritten(joins.len()),
                order: OrderId::unwritten(nth),
                place: Place::new(from, product),
                to_ship,
                priority_rank: priority.rank(),
                required_by: order.required_by.unwrap_or(NO_DATE),
                placed_at: order.placed_at,
                line_number,
                held: false,
                set,
            }));
        }
    }
    Ok(stock::preview(conn, at, &joins)?)
}

/// What a line asks for: its product, or the parts of its kit, which are told from those of others by
/// the number of the first of them.
fn asks_of(
    product: ProductId,
    units: Quantity,
    kits: &HashMap<ProductId, Vec<KitPart>>,
    first: usize,
) -> Vec<(ProductId, Quantity, Option<InSet>)> {
    let Some(parts) = kits.get(&product) else {
        return vec![(product, units, None)];
    };
    let set = |part: &KitPart| InSet {
        kit: unwritten(first),
        per_kit: part.quantity,
        parts: i16::try_from(parts.len()).unwrap_or(i16::MAX),
    };
    parts
        .iter()
        .map(|part| (part.product_id, units.times(part.quantity), Some(set(part))))
        .collect()
}

fn unwritten(nth: usize) -> OrderLineId {
    OrderLineId::unwritten(u32::try_from(nth).unwrap_or(u32::MAX))
}

/// The warehouse that would ship each line of each order.
fn routes(
    conn: &mut PgConnection,
    reading: &Reading,
    to: &Destination,
    products: &HashMap<Sku, ProductId>,
) -> QueryResult<Vec<Vec<WarehouseId>>> {
    let mut router = match to.warehouse {
        Some(_) => None,
        None => {
            let products = products.values().copied().collect();
            Some(sales::router(conn, &products, &Limit::default())?)
        }
    };
    let of_order = |order: &ReadOrder| match (to.warehouse, &mut router) {
        (Some(warehouse), _) => vec![warehouse; order.lines.len()],
        (None, Some(router)) => {
            let asked = asked(order, to, products);
            let routed = router.decide(&asked).into_iter();
            routed.map(|routed| routed.warehouse).collect()
        }
        (None, None) => Vec::new(),
    };
    Ok(reading.orders.iter().map(of_order).collect())
}

fn asked<'a>(
    order: &'a ReadOrder,
    to: &'a Destination,
    products: &HashMap<Sku, ProductId>,
) -> Asked<'a> {
    let lines = order.lines.iter().map(|line| AskedLine {
        product: products.get(&line.sku).copied(),
        units: line.quantity,
        warehouse: None,
    });
    Asked {
        country: &order.country,
        shipping_method: "",
        channel: &to.channel,
        lines: lines.collect(),
    }
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
