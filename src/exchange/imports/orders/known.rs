//! What the database already knows of a file: asked once, before it is judged.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::apply::Destination;
use super::room::Room;
use crate::catalog;
use crate::db::lower;
use crate::schema::{channels, orders, products};
use crate::stock;
use crate::types::{Money, Sku, Zone};

/// Products and orders that are here already.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// By SKU.
    pub products: HashMap<String, KnownProduct>,
    /// Numbers of orders of the channel.
    pub orders: HashSet<String>,
    /// The company's, in three letters; empty: any.
    pub currency: String,
    /// Where the company is: times of a file that name no zone are told there.
    pub zone: Zone,
    /// How many units orders may still ask of the warehouse they go to.
    pub room: Room,
}

/// A product of the catalog.
#[derive(Debug, Clone)]
pub struct KnownProduct {
    pub name: String,
    pub price: Money,
    /// Whether it is no longer sold.
    pub is_archived: bool,
}

impl Known {
    /// Whether this is another currency than the company's.
    pub(super) fn is_foreign(&self, code: Option<&str>) -> bool {
        code.is_some_and(|code| !self.currency.is_empty() && code != self.currency)
    }

    /// Looks up these SKUs, and these order numbers in the channel the orders come from.
    pub fn load(
        conn: &mut PgConnection,
        to: &Destination,
        skus: &HashSet<String>,
        numbers: &HashSet<&str>,
    ) -> QueryResult<Self> {
        let alike = skus.iter().map(|sku| Sku::drawn(sku));
        let skus: HashSet<String> = skus.iter().cloned().chain(alike).collect();
        let rows: Vec<(Sku, String, Money, bool)> = products::table
            .filter(products::sku.eq_any(skus))
            .select((
                products::sku,
                products::name,
                products::price,
                products::archived_at.is_not_null(),
            ))
            .load(conn)?;
        let known = rows.iter().map(|(sku, ..)| sku);
        let warehouse = match to.warehouse {
            Some(warehouse) => warehouse,
            // Whatever the rules say, what is too much for a warehouse is refused when it is asked.
            None => catalog::primary_warehouse(conn)?.id,
        };
        let room = stock::room(conn, warehouse, known)?;
        let products = rows
            .into_iter()
            .map(|(sku, name, price, is_archived)| {
                let product = KnownProduct {
                    name,
                    price,
                    is_archived,
                };
                (sku.as_str().to_owned(), product)
            })
            .collect();
        let orders: Vec<String> = orders::table
            .inner_join(channels::table)
            .filter(lower(channels::name).eq(lower(&to.channel)))
            .filter(orders::number.eq_any(numbers))
            .select(orders::number)
            .load(conn)?;
        let company = catalog::company(conn)?;
        Ok(Self {
            products,
            orders: orders.into_iter().collect(),
            currency: company.currency,
            zone: company.time_zone,
            room: Room(room),
        })
    }
}
