//! Products come, change, and go to the archive.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::barcodes;
use crate::catalog::queries::product_totals;
use crate::catalog::{
    Barcode, Error, Product, ProductKind, kits_of_parts, open_orders, parts_of_kits,
};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::products;
use crate::types::{Event, Money, ProductId, Sku, first_few};

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
/// [`Error::ProductInUse`] while it has stock, demand or incoming units, [`Error::PartOfKits`],
/// [`Error::OrdersWait`] for units of a kit.
pub fn archive_product(act: &mut Act<'_>, id: ProductId) -> Result<Product, Error> {
    let product = lock(act, id)?;
    if product.is_archived() {
        return Ok(product);
    }
    refuse_if_in_use(act, id)?;
    refuse_if_in_kits(act, id)?;
    let at = Some(act.at());
    let product = set_archived(act, id, at)?;
    act.tell(product.record(), &Event::Archived)?;
    Ok(product)
}

/// Offers an archived product again.
///
/// # Errors
/// [`Error::PartsArchived`] of a kit whose parts are not offered.
pub fn restore_product(act: &mut Act<'_>, id: ProductId) -> Result<Product, Error> {
    let product = lock(act, id)?;
    if !product.is_archived() {
        return Ok(product);
    }
    refuse_if_parts_are_archived(act, id)?;
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

/// What is packed into a kit is offered as long as the kit is.
fn refuse_if_in_kits(conn: &mut PgConnection, id: ProductId) -> Result<(), Error> {
    let mut kits = kits_of_parts(conn, &[id])?;
    kits.retain(|kit| !kit.is_archived);
    if !kits.is_empty() {
        return Err(Error::PartOfKits(named(kits.iter().map(|kit| &kit.sku))));
    }
    match open_orders(conn, &[id])?.remove(&id) {
        Some(orders) => Err(Error::OrdersWait(named(orders.iter()))),
        None => Ok(()),
    }
}

fn refuse_if_parts_are_archived(conn: &mut PgConnection, id: ProductId) -> Result<(), Error> {
    let parts = parts_of_kits(conn, &[id])?.remove(&id).unwrap_or_default();
    let archived: Vec<Sku> = products::table
        .filter(products::id.eq_any(parts.iter().map(|part| part.product_id)))
        .filter(products::archived_at.is_not_null())
        .order(products::sku)
        .select(products::sku)
        .load(conn)?;
    match archived.is_empty() {
        true => Ok(()),
        false => Err(Error::PartsArchived(named(archived.iter()))),
    }
}

/// The first few of what stands in the way.
fn named(all: impl ExactSizeIterator<Item = impl ToString>) -> String {
    let many = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let first: Vec<String> = all.take(5).map(|each| each.to_string()).collect();
    first_few(&first, many)
}

/// Says of products how they come into being; whoever asks keeps their parts and their histories.
///
/// # Errors
/// Those of the database.
pub fn set_kind(act: &mut Act<'_>, ids: &[ProductId], kind: ProductKind) -> QueryResult<()> {
    if !ids.is_empty() {
        diesel::update(products::table.filter(products::id.eq_any(ids)))
            .set(products::kind.eq(kind))
            .execute(act.conn())?;
    }
    Ok(())
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
