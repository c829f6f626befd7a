//! Writing a purchase order, before the supplier knows of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::{Status, check_total, tell};
use crate::catalog::{self, Supplier, Warehouse};
use crate::db::{Act, Document, set_based};
use crate::error::OnConstraint;
use crate::purchasing::rate::known_rate;
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder};
use crate::schema::{purchase_orders, suppliers, warehouses};
use crate::types::{Event, ProductId, Quantity, SupplierId, TooMuch, WarehouseId};

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

impl NewPurchaseOrder {
    /// One of which nothing else is said yet.
    pub const fn of(supplier: SupplierId, warehouse: WarehouseId, lines: Vec<NewLine>) -> Self {
        Self {
            supplier,
            warehouse,
            expected_on: None,
            supplier_comment: String::new(),
            lines,
        }
    }
}

/// A product to order, at the supplier's price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLine {
    pub product: ProductId,
    pub quantity: Quantity,
}

/// Writes a draft, at the rate its currency had last. It is not incoming yet.
///
/// # Errors
/// [`Error::NoSuchSupplier`], [`Error::NoSuchWarehouse`], [`Error::IsKit`], [`Error::TooMuch`].
pub fn draft(act: &mut Act<'_>, new: &NewPurchaseOrder) -> Result<PurchaseOrder, Error> {
    let supplier = supplier(act, new.supplier)?;
    let warehouse = warehouse(act, new.warehouse)?;
    let number = Document::PurchaseOrder.number(act)?;
    let order: PurchaseOrder = diesel::insert_into(purchase_orders::table)
        .values((
            purchase_orders::number.eq(number),
            purchase_orders::supplier_id.eq(supplier.id),
            purchase_orders::warehouse_id.eq(warehouse.id),
            purchase_orders::status.eq(Status::Draft),
            purchase_orders::expected_on.eq(new.expected_on),
            purchase_orders::currency.eq(&supplier.currency),
            purchase_orders::rate.eq(known_rate(act, &supplier.currency)?),
            purchase_orders::supplier_comment.eq(&new.supplier_comment),
            purchase_orders::created_by.eq(act.by()),
            purchase_orders::created_at.eq(act.at()),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(act.conn())?;
    insert_lines(act, &order, Vec::new(), &new.lines)?;
    let drafted = Event::Drafted {
        supplier: supplier.name,
        lines: new.lines.len(),
        units: new.lines.iter().map(|line| line.quantity).sum(),
    };
    tell(act, &order, &drafted)?;
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

/// The warehouse, kept in use meanwhile.
fn warehouse(conn: &mut PgConnection, id: WarehouseId) -> Result<Warehouse, Error> {
    Warehouse::query()
        .filter(warehouses::id.eq(id))
        .filter(warehouses::is_active)
        .for_share()
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchWarehouse)
}

/// Inserts lines behind those it has, with the price and the SKU of the supplier.
///
/// # Errors
/// [`Error::IsKit`], [`Error::TooMuch`].
pub(super) fn insert_lines(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    mut lines: Vec<PurchaseLine>,
    new: &[NewLine],
) -> Result<(), Error> {
    let first = lines.last().map_or(1, |line| line.line_number + 1);
    let inserted: Vec<PurchaseLine> = set_based!(
        "insert into purchase_order_lines
           (purchase_order_id, line_number, product_id, supplier_sku, ordered, unit_price)
         select :purchase, u.number, u.product, coalesce(t.supplier_sku, ''), u.units,
           coalesce(t.price, 0)
         from :rows
         left join supplier_products t on t.product_id = u.product and t.supplier_id = :supplier
         order by u.number
         returning *",
        (first..).zip(new).collect::<Vec<_>>(),
        |(number, line)| number: Integer = *number, product: BigInt = line.product,
        units: Integer = line.quantity;
        purchase: BigInt = order.id, supplier: BigInt = order.supplier_id
    )
    .load(conn)
    .on_constraint("purchase_order_lines_amount_check", too_much())?;
    let products: Vec<ProductId> = new.iter().map(|line| line.product).collect();
    // Nobody makes them kits from here on.
    if let Some(sentence) = catalog::kit_refusal(conn, &products, "order")? {
        return Err(Error::IsKit(sentence));
    }
    lines.extend(inserted);
    check_total(&lines)
}

fn too_much() -> Error {
    Error::TooMuch {
        line: None,
        why: TooMuch::Amount,
    }
}
