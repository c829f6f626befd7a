//! Products come, change, and go to the archive.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::barcodes;
use crate::catalog::queries::product_totals;
use crate::catalog::{Barcode, Error, Product};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::products;
use crate::types::{Event, Money, ProductId, Sku};

/// What a person says about a product.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = products, treat_none_as_null = true)]
pub struct ProductInput {
    /// What the merchant calls it.
    pub sku: Sku,
    /// What the customer reads.
    pub name: String,
    /// Selling price without tax, in the currency of the company.
    pub price: Money,
    /// What a scanner reads off a unit or a case.
    #[diesel(skip_insertion, skip_update)]
    pub barcodes: Vec<Barcode>,
    /// Weight of one unit; 0: unknown.
    pub weight_grams: i32,
    /// For colleagues.
    pub note: String,
}

/// Takes a product into the catalog.
///
/// # Errors
/// [`Error::SkuTaken`], [`Error::BarcodeTwice`], [`Error::BarcodeTaken`].
pub fn add_product(act: &mut Act<'_>, input: &ProductInput) -> Result<Product, Error> {
    let product = diesel::insert_into(products::table)
        .values((input, products::created_at.eq(act.at())))
        .returning(Product::as_returning())
        .get_result(act.conn())
        .on_constraint("products_sku_key", Error::SkuTaken);
    let product: Product = product?;
    barcodes::give(act, barcodes::given(product.id, &input.barcodes).collect())?;
    act.tell(product.record(), &Event::Created)?;
    Ok(product)
}

/// Writes what a person says about a product over what was said before.
///
/// # Errors
/// [`Error::SkuTaken`], [`Error::BarcodeTwice`], [`Error::BarcodeTaken`].
pub fn edit_product(
    act: &mut Act<'_>,
    id: ProductId,
    input: &ProductInput,
) -> Result<Product, Error> {
    let product = diesel::update(products::table.filter(products::id.eq(id)))
        .set(input)
        .returning(Product::as_returning())
        .get_result(act.conn())
        .on_constraint("products_sku_key", Error::SkuTaken);
    let product: Product = product?;
    barcodes::replace(act, id, &input.barcodes)?;
    act.tell(product.record(), &Event::Edited)?;
    Ok(product)
}

/// Takes a product out of what is offered. Archiving it again changes nothing.
///
/// # Errors
/// [`Error::ProductInUse`] while it has stock, demand or incoming units.
pub fn archive_product(act: &mut Act<'_>, id: ProductId) -> Result<Product, Error> {
    let product = lock(act, id)?;
    if product.is_archived() {
        return Ok(product);
    }
    refuse_if_in_use(act, id)?;
    let at = Some(act.at());
    let product = set_archived(act, id, at)?;
    act.tell(product.record(), &Event::Archived)?;
    Ok(product)
}

/// Offers an archived product again.
pub fn restore_product(act: &mut Act<'_>, id: ProductId) -> Result<Product, Error> {
    let product = lock(act, id)?;
    if !product.is_archived() {
        return Ok(product);
    }
    let product = set_archived(act, id, None)?;
    act.tell(product.record(), &Event::Restored)?;
    Ok(product)
}

/// The product, kept from others until the transaction ends: from whoever is about to point a new
/// row at it as well, so that what is counted next stays true.
pub(super) fn lock(conn: &mut PgConnection, id: ProductId) -> QueryResult<Product> {
    Product::query()
        .filter(products::id.eq(id))
        .for_update()
        .first(conn)
}

fn refuse_if_in_use(conn: &mut PgConnection, id: ProductId) -> Result<(), Error> {
    let totals = product_totals(conn, &[id])?;
    match totals.get(&id) {
        Some(totals) if !totals.is_nothing() => Err(Error::ProductInUse(*totals)),
        _ => Ok(()),
    }
}

fn set_archived(
    conn: &mut PgConnection,
    id: ProductId,
    since: Option<DateTime<Utc>>,
) -> QueryResult<Product> {
    diesel::update(products::table.filter(products::id.eq(id)))
        .set(products::archived_at.eq(since))
        .returning(Product::as_returning())
        .get_result(conn)
}
