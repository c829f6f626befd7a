//! Who would lose by a file: its orders may be older or more urgent than those that are here.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::apply::{Destination, customer_code};
use super::reading::ReadOrder;
use super::source::{Orders, products_of};
use crate::catalog::{self, KitPart};
use crate::exchange::Error;
use crate::sales::{self, Asked, AskedLine, Router};
use crate::stock::{self, Ask, Effects, InSet, NO_DATE, Place, Priority};
use crate::types::{Limit, OrderId, OrderLineId, ProductId, Quantity, Sku, WarehouseId};

/// Who of those who are here would gain and lose if orders were placed at an instant, by somebody who
/// may touch no more than this. What asks for a product nobody knows takes nothing from anybody.
///
/// # Errors
/// What the books refuse, and those of the database.
pub fn weigh(
    conn: &mut PgConnection,
    orders: &dyn Orders,
    to: &Destination,
    (limit, at): (&Limit, DateTime<Utc>),
) -> Result<Effects, Error> {
    let router = match to.warehouse {
        Some(_) => None,
        None => {
            let products = products_asked(conn, orders)?;
            Some(sales::router(conn, &products, limit)?)
        }
    };
    let mut weighing = Weighing {
        to,
        router,
        joins: Vec::new(),
    };
    let mut nth = 0;
    loop {
        let part = orders.part(conn, nth)?;
        if part.is_empty() {
            break;
        }
        weighing.hear(conn, nth, &part)?;
        nth += part.len();
    }
    Ok(stock::preview_joins(conn, at, weighing.joins)?)
}

/// Lines that would join the queues.
struct Weighing<'t> {
    to: &'t Destination,
    /// None: all go to one warehouse.
    router: Option<Router>,
    joins: Vec<Ask>,
}

impl Weighing<'_> {
    /// Hears of more orders, the first of which is the nth.
    fn hear(
        &mut self,
        conn: &mut PgConnection,
        nth: usize,
        orders: &[ReadOrder],
    ) -> Result<(), Error> {
        let products = products_of(conn, orders)?;
        let codes: Vec<&str> = orders.iter().map(customer_code).collect();
        let customers = sales::customers_known(conn, &self.to.channel, &codes)?;
        let ids: Vec<ProductId> = products.values().copied().collect();
        let kits = catalog::parts_of_kits(conn, &ids)?;
        for (nth, order) in (nth..).zip(orders) {
            let routes = self.routes(order, &products);
            let customer = customers.get(customer_code(order));
            let priority = customer.map_or(Priority::Normal, |customer| customer.priority);
            let numbered = (1..).zip(&order.lines).zip(routes);
            for ((line_number, line), from) in numbered {
                let Some(product) = products.get(&line.sku) else {
                    continue;
                };
                let asks = asks_of(*product, line.quantity, &kits, self.joins.len());
                for (product, to_ship, set) in asks {
                    self.joins.push(Ask {
                        line: unwritten(self.joins.len()),
                        order: OrderId::unwritten(u32::try_from(nth).unwrap_or(u32::MAX)),
                        place: Place::new(from, product),
                        to_ship,
                        priority_rank: priority.rank(),
                        required_by: order.required_by.unwrap_or(NO_DATE),
                        placed_at: order.placed_at,
                        line_number,
                        held: false,
                        set,
                    });
                }
            }
        }
        Ok(())
    }

    /// The warehouse that would ship each line of an order.
    fn routes(
        &mut self,
        order: &ReadOrder,
        products: &HashMap<Sku, ProductId>,
    ) -> Vec<WarehouseId> {
        match (self.to.warehouse, &mut self.router) {
            (Some(warehouse), _) => vec![warehouse; order.lines.len()],
            (None, Some(router)) => {
                let asked = asked(order, self.to, products);
                let routed = router.decide(&asked).into_iter();
                routed.map(|routed| routed.warehouse).collect()
            }
            (None, None) => Vec::new(),
        }
    }
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

/// Every product that is asked for and known.
fn products_asked(
    conn: &mut PgConnection,
    orders: &dyn Orders,
) -> Result<BTreeSet<ProductId>, Error> {
    let (mut products, mut nth) = (BTreeSet::new(), 0);
    loop {
        let part = orders.part(conn, nth)?;
        if part.is_empty() {
            return Ok(products);
        }
        products.extend(products_of(conn, &part)?.into_values());
        nth += part.len();
    }
}
