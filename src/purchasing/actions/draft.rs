//! Writing a purchase order, before the supplier knows of it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::{Status, tell};
use crate::catalog::{Supplier, SupplierProduct, Warehouse};
use crate::purchasing::queries::lines_and_units;
use crate::purchasing::{Error, PurchaseOrder};
use crate::schema::{
    purchase_order_lines, purchase_orders, supplier_products, suppliers, warehouses,
};
use crate::types::{Money, ProductId, Quantity, SupplierId, UserId, WarehouseId};

/// Lines inserted by one statement; PostgreSQL takes 65,535 values at once.
const LINES_AT_ONCE: usize = 5_000;

/// A purchase order to be drafted.
#[derive(Debug, Clone)]
pub struct NewPurchaseOrder {
    /// Who is to deliver.
    pub supplier: SupplierId,
    /// Where to.
    pub warehouse: WarehouseId,
    /// When the buyer expects it; none: the lead time after it is sent.
    pub expected_on: Option<NaiveDate>,
    /// For the supplier to read; may be empty.
    pub supplier_comment: String,
    /// What to order.
    pub lines: Vec<NewLine>,
}

/// A product to order, at the supplier's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLine {
    /// The product.
    pub product: ProductId,
    /// Units.
    pub quantity: Quantity,
}

/// Writes a draft. It is not incoming yet.
///
/// # Errors
/// [`Error::NoSuchSupplier`], [`Error::NoSuchWarehouse`].
pub fn draft(
    conn: &mut PgConnection,
    new: &NewPurchaseOrder,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<PurchaseOrder, Error> {
    let supplier = supplier(conn, new.supplier)?;
    let warehouse = Warehouse::query()
        .filter(warehouses::id.eq(new.warehouse))
        .filter(warehouses::is_active)
        .for_share()
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchWarehouse)?;
    let order: PurchaseOrder = diesel::insert_into(purchase_orders::table)
        .values((
            purchase_orders::number.eq(next_number()),
            purchase_orders::supplier_id.eq(supplier.id),
            purchase_orders::warehouse_id.eq(warehouse.id),
            purchase_orders::status.eq(Status::Draft),
            purchase_orders::expected_on.eq(new.expected_on),
            purchase_orders::currency.eq(&supplier.currency),
            purchase_orders::supplier_comment.eq(&new.supplier_comment),
            purchase_orders::created_by.eq(by),
            purchase_orders::created_at.eq(at),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    insert_lines(conn, &order, 1, &new.lines)?;
    let units = new.lines.iter().map(|line| line.quantity).sum();
    let detail = format!(
        "{}, {}",
        supplier.name,
        lines_and_units(new.lines.len(), units)
    );
    tell(conn, &order, by, "Drafted", &detail)?;
    Ok(order)
}

/// The supplier, kept from being archived meanwhile.
fn supplier(conn: &mut PgConnection, id: SupplierId) -> Result<Supplier, Error> {
    Supplier::query()
        .filter(suppliers::id.eq(id))
        .filter(suppliers::archived_at.is_null())
        .for_share()
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchSupplier)
}

/// Inserts lines from number `first` on, with the price and the SKU of the supplier.
pub(super) fn insert_lines(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    first: i32,
    lines: &[NewLine],
) -> Result<(), Error> {
    let terms: HashMap<ProductId, SupplierProduct> = SupplierProduct::query()
        .filter(supplier_products::supplier_id.eq(order.supplier_id))
        .filter(supplier_products::product_id.eq_any(lines.iter().map(|line| line.product)))
        .load(conn)?
        .into_iter()
        .map(|terms| (terms.product_id, terms))
        .collect();
    let rows: Vec<_> = (first..)
        .zip(lines)
        .map(|(number, line)| {
            let terms = terms.get(&line.product);
            (
                purchase_order_lines::purchase_order_id.eq(order.id),
                purchase_order_lines::line_number.eq(number),
                purchase_order_lines::product_id.eq(line.product),
                purchase_order_lines::supplier_sku
                    .eq(terms.map_or("", |terms| terms.supplier_sku.as_str())),
                purchase_order_lines::ordered.eq(line.quantity),
                purchase_order_lines::unit_price.eq(terms.map_or(Money::ZERO, |terms| terms.price)),
            )
        })
        .collect();
    for part in rows.chunks(LINES_AT_ONCE) {
        diesel::insert_into(purchase_order_lines::table)
            .values(part)
            .execute(conn)?;
    }
    Ok(())
}

/// `PO-000031`.
fn next_number() -> diesel::expression::SqlLiteral<diesel::sql_types::Text> {
    diesel::dsl::sql("'PO-' || to_char(nextval('purchase_order_numbers'), 'FM000000')")
}
