//! Reads of purchase orders and receptions.

mod order;
mod orders;
mod receptions;

pub use order::{Options, OrderView, options, order_view};
pub use orders::{OrderFilter, OrderListed, PURCHASE_SORTS, orders, orders_for_export};
pub use receptions::{
    ReceptionFilter, ReceptionListed, ReceptionView, reception, reception_view, receptions,
    receptions_for_export,
};

use std::collections::HashMap;

use diesel::prelude::*;

use super::{PurchaseLine, PurchaseOrder};
use crate::schema::{supplier_products, suppliers};
use crate::types::ProductId;

/// Days from order to delivery, by product.
#[derive(Debug, Clone, Default)]
pub(super) struct LeadTimes {
    supplier: i32,
    products: HashMap<ProductId, i32>,
}

impl LeadTimes {
    /// The product's at this supplier, else the supplier's.
    pub(super) fn of(&self, product: ProductId) -> i32 {
        *self.products.get(&product).unwrap_or(&self.supplier)
    }
}

/// The lead times of what a purchase order orders.
pub(super) fn lead_times(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
) -> QueryResult<LeadTimes> {
    let products: Vec<(ProductId, Option<i32>)> = supplier_products::table
        .filter(supplier_products::supplier_id.eq(order.supplier_id))
        .filter(supplier_products::product_id.eq_any(lines.iter().map(|line| line.product_id)))
        .filter(supplier_products::lead_time_days.is_not_null())
        .select((
            supplier_products::product_id,
            supplier_products::lead_time_days,
        ))
        .load(conn)?;
    Ok(LeadTimes {
        supplier: suppliers::table
            .find(order.supplier_id)
            .select(suppliers::lead_time_days)
            .first(conn)?,
        products: products
            .into_iter()
            .filter_map(|(product, days)| Some((product, days?)))
            .collect(),
    })
}
