//! Where a product is bought, and on what terms. With suppliers, exactly one is primary.

use diesel::prelude::*;

use super::products;
use crate::catalog::{Error, Supplier, SupplierProduct, kit_refusal};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::{supplier_products, suppliers};
use crate::types::{Event, Money, ProductId, Quantity, SupplierId, SupplierProductId};

/// The terms of a supplier for a product.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = supplier_products, treat_none_as_null = true)]
pub struct LinkInput {
    /// What the supplier calls it; may be empty.
    pub supplier_sku: String,
    /// Buying price of one unit, in the currency of the supplier.
    pub price: Money,
    /// The fewest units an order may ask for.
    pub minimum_quantity: Quantity,
    /// Orders ask for whole packs of this many units.
    pub pack_size: Quantity,
    /// Days from order to delivery; none: as the supplier says for all products.
    pub lead_time_days: Option<i32>,
}

/// Lets a product be bought at a supplier; the first supplier of a product is its primary one.
///
/// # Errors
/// [`Error::AlreadyLinked`], [`Error::NoSuchSupplier`], [`Error::IsKit`].
pub fn link_supplier(
    act: &mut Act<'_>,
    product: ProductId,
    supplier: SupplierId,
    input: &LinkInput,
) -> Result<SupplierProduct, Error> {
    let product = products::lock(act, product)?;
    if let Some(sentence) = kit_refusal(act, &[product.id], "buy")? {
        return Err(Error::IsKit(sentence));
    }
    let supplier = Supplier::query()
        .filter(suppliers::id.eq(supplier))
        .filter(suppliers::archived_at.is_null())
        .first(act.conn())
        .optional()?
        .ok_or(Error::NoSuchSupplier)?;
    let is_first = links(act, product.id)?.is_empty();
    let link = diesel::insert_into(supplier_products::table)
        .values((
            supplier_products::product_id.eq(product.id),
            supplier_products::supplier_id.eq(supplier.id),
            supplier_products::is_primary.eq(is_first),
            input,
        ))
        .returning(SupplierProduct::as_returning())
        .get_result(act.conn())
        .on_constraint(
            "supplier_products_supplier_id_product_id_key",
            Error::AlreadyLinked,
        )?;
    let supplier = Some(supplier.name);
    act.tell(product.record(), &Event::SupplierAdded { supplier })?;
    Ok(link)
}

/// Changes the terms.
pub fn edit_link(
    act: &mut Act<'_>,
    product: ProductId,
    link: SupplierProductId,
    input: &LinkInput,
) -> Result<SupplierProduct, Error> {
    let product = products::lock(act, product)?;
    let supplier = supplier_name(act, product.id, link)?;
    let link = diesel::update(supplier_products::table.filter(supplier_products::id.eq(link)))
        .set(input)
        .returning(SupplierProduct::as_returning())
        .get_result(act.conn())?;
    act.tell(product.record(), &Event::TermsEdited { supplier })?;
    Ok(link)
}

/// Makes this supplier the one supply needs choose, instead of whichever was.
pub fn make_primary(
    act: &mut Act<'_>,
    product: ProductId,
    link: SupplierProductId,
) -> Result<(), Error> {
    let product = products::lock(act, product)?;
    let supplier = supplier_name(act, product.id, link)?;
    set_primary(act, product.id, link)?;
    Ok(act.tell(product.record(), &Event::PrimarySupplier { supplier })?)
}

/// Stops buying a product at a supplier. If it was the primary one, the oldest of the others is.
pub fn unlink_supplier(
    act: &mut Act<'_>,
    product: ProductId,
    link: SupplierProductId,
) -> Result<(), Error> {
    let product = products::lock(act, product)?;
    let supplier = supplier_name(act, product.id, link)?;
    diesel::delete(supplier_products::table.filter(supplier_products::id.eq(link)))
        .execute(act.conn())?;
    let left = links(act, product.id)?;
    let has_primary = left.iter().any(|link| link.is_primary);
    if let Some(oldest) = left.first()
        && !has_primary
    {
        set_primary(act, product.id, oldest.id)?;
    }
    Ok(act.tell(product.record(), &Event::SupplierRemoved { supplier })?)
}

/// Oldest first.
fn links(conn: &mut PgConnection, product: ProductId) -> QueryResult<Vec<SupplierProduct>> {
    SupplierProduct::query()
        .filter(supplier_products::product_id.eq(product))
        .order(supplier_products::id)
        .load(conn)
}

/// `NotFound` unless the link belongs to the product.
fn supplier_name(
    conn: &mut PgConnection,
    product: ProductId,
    link: SupplierProductId,
) -> QueryResult<String> {
    supplier_products::table
        .inner_join(suppliers::table)
        .filter(supplier_products::id.eq(link))
        .filter(supplier_products::product_id.eq(product))
        .select(suppliers::name)
        .first(conn)
}

/// In two statements: an index holds that there is never more than one, row by row.
fn set_primary(
    conn: &mut PgConnection,
    product: ProductId,
    link: SupplierProductId,
) -> QueryResult<()> {
    let of_product = supplier_products::table.filter(supplier_products::product_id.eq(product));
    diesel::update(of_product.filter(supplier_products::is_primary))
        .set(supplier_products::is_primary.eq(false))
        .execute(conn)?;
    diesel::update(of_product.filter(supplier_products::id.eq(link)))
        .set(supplier_products::is_primary.eq(true))
        .execute(conn)?;
    Ok(())
}
