//! What lead times give for a purchase order that is sent on a day.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::{PurchaseLine, PurchaseOrder};
use crate::schema::{supplier_products, suppliers};
use crate::types::ProductId;

/// Notes on a purchase order and its lines what the lead times give when it is sent on a day: the
/// product's at this supplier on its line, the supplier's for all others.
pub(super) fn note_lead_times<'a>(
    conn: &mut PgConnection,
    order: &mut PurchaseOrder,
    lines: impl IntoIterator<Item = &'a mut PurchaseLine>,
    sent_on: NaiveDate,
) -> QueryResult<()> {
    let after = |days: i32| sent_on + Days::new(u64::from(days.unsigned_abs()));
    let supplier = suppliers::table
        .find(order.supplier_id)
        .select(suppliers::lead_time_days)
        .first(conn)?;
    order.lead_due_on = Some(after(supplier));
    let lines: Vec<&mut PurchaseLine> = lines.into_iter().collect();
    let ordered = lines.iter().map(|line| line.product_id);
    let products: HashMap<ProductId, Option<i32>> = supplier_products::table
        .filter(supplier_products::supplier_id.eq(order.supplier_id))
        .filter(supplier_products::product_id.eq_any(ordered))
        .select((
            supplier_products::product_id,
            supplier_products::lead_time_days,
        ))
        .load(conn)?
        .into_iter()
        .collect();
    for line in lines {
        let days = products.get(&line.product_id).copied().flatten();
        line.lead_due_on = days.map(after);
    }
    Ok(())
}
