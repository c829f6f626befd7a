//! What may meet at one place, so that every balance of it can be written down and added up.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::Place;
use crate::schema::{levels, products, warehouses};
use crate::types::{Quantity, Sku, WarehouseId, text_enum};

/// The most units of a product that lie in a warehouse, are asked of it, or are on their way to it.
/// An `integer` holds two of them.
pub const MOST: Quantity = Quantity::new(1_000_000_000);

text_enum! {
    /// What a place counts.
    Balance {
        /// Units that lie there.
        OnHand = "on_hand", "hold";
        /// Units that orders ask of it.
        ToShip = "to_ship", "have to ship";
        /// Units on their way to it.
        Incoming = "incoming", "expect";
    }
}

/// What people call a place.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Named {
    pub warehouse: String,
    pub sku: Sku,
}

pub(super) fn named(conn: &mut PgConnection, place: Place) -> QueryResult<Named> {
    warehouses::table
        .inner_join(products::table.on(products::id.eq(place.product)))
        .filter(warehouses::id.eq(place.warehouse))
        .select((warehouses::code, products::sku))
        .first(conn)
}

/// How many more units orders may ask of a warehouse, of those of these products that it knows.
pub fn room<'a>(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    of: impl Iterator<Item = &'a Sku>,
) -> QueryResult<HashMap<Sku, Quantity>> {
    let asked: Vec<(Sku, Quantity)> = levels::table
        .inner_join(products::table)
        .filter(levels::warehouse_id.eq(warehouse))
        .filter(products::sku.eq_any(of))
        .select((products::sku, levels::to_ship))
        .load(conn)?;
    let asked = asked.into_iter();
    Ok(asked.map(|(sku, units)| (sku, MOST.less(units))).collect())
}

/// `MAIN would expect more than 1,000,000,000 units of MUG, the most that can be counted.`
pub(super) fn too_many(balance: Balance, named: Option<&Named>) -> String {
    let (warehouse, product) = match named {
        Some(named) => (named.warehouse.as_str(), named.sku.as_str()),
        None => ("This warehouse", "this product"),
    };
    format!(
        "{warehouse} would {} more than 1,000,000,000 units of {product}, the most that can be \
         counted.",
        balance.label()
    )
}
