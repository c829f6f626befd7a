//! Writing a purchase order, before the supplier knows of it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::{Status, lines_of, lock, lock_version, tell};
use crate::catalog::{Supplier, SupplierProduct, Warehouse};
use crate::purchasing::queries::lines_and_units;
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder};
use crate::schema::{
    products, purchase_order_lines, purchase_orders, supplier_products, suppliers, warehouses,
};
use crate::types::{
    Money, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, Sku, SupplierId, UserId,
    WarehouseId,
};

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

/// What a person says about a draft.
#[derive(Debug, Clone)]
pub struct DraftEdit {
    /// The version the form was made from.
    pub version: i32,
    /// When the buyer expects it; none: the lead time after it is sent.
    pub expected_on: Option<NaiveDate>,
    /// What carriage costs.
    pub shipping_cost: Money,
    /// For the supplier to read; may be empty.
    pub supplier_comment: String,
    /// For colleagues; may be empty.
    pub internal_note: String,
    /// What one unit of its currency is worth, in millionths of the company's; none: as it was.
    pub rate: Option<i64>,
    /// Lines that change; the others stay.
    pub lines: Vec<DraftLine>,
}

impl DraftEdit {
    fn changes_nothing(&self, order: &PurchaseOrder, lines: &[PurchaseLine]) -> bool {
        let is_so = |said: &DraftLine| {
            lines.iter().any(|line| {
                line.id == said.line
                    && line.ordered == said.edit.quantity
                    && line.unit_price == said.edit.unit_price
                    && line.expected_on == said.edit.expected_on
            })
        };
        self.expected_on == order.expected_on
            && self.shipping_cost == order.shipping_cost
            && self.supplier_comment == order.supplier_comment
            && self.internal_note == order.internal_note
            && self.rate.is_none_or(|rate| rate == order.rate)
            && self.lines.iter().all(is_so)
    }
}

/// What a person says about a line of a draft.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// The line.
    pub line: PurchaseLineId,
    /// What becomes of it.
    pub edit: LineEdit,
}

/// A line as it shall be.
#[derive(Debug, Clone)]
pub struct LineEdit {
    /// Units; at least one.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: Money,
    /// Own date; none: that of the purchase order.
    pub expected_on: Option<NaiveDate>,
}

/// Writes what a person says about a draft and its lines over what was there.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::Changed`], [`Error::NoSuchLine`].
pub fn edit_draft(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    edit: &DraftEdit,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock_version(conn, id, edit.version)?;
    must_be_draft(&order)?;
    if edit.changes_nothing(&order, &lines_of(conn, &order)?) {
        return Ok(order);
    }
    write_draft_lines(conn, &order, &edit.lines)?;
    let order: PurchaseOrder = diesel::update(purchase_orders::table.find(id))
        .set((
            purchase_orders::expected_on.eq(edit.expected_on),
            purchase_orders::shipping_cost.eq(edit.shipping_cost),
            purchase_orders::supplier_comment.eq(&edit.supplier_comment),
            purchase_orders::internal_note.eq(&edit.internal_note),
            purchase_orders::rate.eq(edit.rate.unwrap_or(order.rate)),
            purchase_orders::version.eq(order.version + 1),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    tell(conn, &order, by, "Edited", "")?;
    Ok(order)
}

fn write_draft_lines(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[DraftLine],
) -> Result<(), Error> {
    use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable};
    let written = diesel::sql_query(
        "update purchase_order_lines l
         set ordered = u.ordered, unit_price = u.price, expected_on = u.expected_on
         from unnest($2, $3, $4, $5) as u (id, ordered, price, expected_on)
         where l.id = u.id and l.purchase_order_id = $1",
    )
    .bind::<BigInt, _>(order.id)
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.line).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(
        lines
            .iter()
            .map(|line| line.edit.quantity)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        lines
            .iter()
            .map(|line| line.edit.unit_price)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<Date>>, _>(
        lines
            .iter()
            .map(|line| line.edit.expected_on)
            .collect::<Vec<_>>(),
    )
    .execute(conn)?;
    if written == lines.len() {
        Ok(())
    } else {
        Err(Error::NoSuchLine(order.number.clone()))
    }
}

/// Adds a product to a draft, at the supplier's price.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchProduct`], [`Error::AlreadyOnLine`].
pub fn add_line(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    sku: &Sku,
    quantity: Quantity,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    must_be_draft(&order)?;
    let product: ProductId = products::table
        .filter(products::sku.eq(sku))
        .filter(products::archived_at.is_null())
        .select(products::id)
        .first(conn)
        .optional()?
        .ok_or_else(|| Error::NoSuchProduct(sku.to_string()))?;
    let lines = lines_of(conn, &order)?;
    if let Some(line) = lines.iter().find(|line| line.product_id == product) {
        return Err(Error::AlreadyOnLine(line.line_number));
    }
    let number = lines.last().map_or(1, |line| line.line_number + 1);
    insert_lines(conn, &order, number, &[NewLine { product, quantity }])?;
    raise_version(conn, &order)?;
    tell(
        conn,
        &order,
        by,
        "Line added",
        &format!("{quantity} of {sku}"),
    )?;
    Ok(order)
}

/// Takes a line off a draft.
///
/// # Errors
/// [`Error::CannotBe`] when it was sent, [`Error::NoSuchLine`].
pub fn remove_line(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    line: PurchaseLineId,
    by: Option<UserId>,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    must_be_draft(&order)?;
    let of_order = purchase_order_lines::table
        .filter(purchase_order_lines::id.eq(line))
        .filter(purchase_order_lines::purchase_order_id.eq(id));
    let sku: Sku = of_order
        .inner_join(products::table)
        .select(products::sku)
        .first(conn)
        .optional()?
        .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
    diesel::delete(purchase_order_lines::table.find(line)).execute(conn)?;
    raise_version(conn, &order)?;
    tell(conn, &order, by, "Line removed", sku.as_str())?;
    Ok(order)
}

fn raise_version(conn: &mut PgConnection, order: &PurchaseOrder) -> QueryResult<usize> {
    diesel::update(purchase_orders::table.find(order.id))
        .set(purchase_orders::version.eq(order.version + 1))
        .execute(conn)
}

fn must_be_draft(order: &PurchaseOrder) -> Result<(), Error> {
    if order.status == Status::Draft {
        Ok(())
    } else {
        Err(Error::CannotBe {
            number: order.number.clone(),
            status: order.status,
            wanted: "edited like a draft",
        })
    }
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
fn insert_lines(
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
