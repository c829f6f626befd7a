//! Suppliers come, change, and go to the archive.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::catalog::queries::open_purchase_orders;
use crate::catalog::{Error, Language, Supplier};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::suppliers;
use crate::types::{EmailList, Event, Money, SupplierId};

/// What a person says about a supplier.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = suppliers, treat_none_as_null = true)]
pub struct SupplierInput {
    /// What the merchant calls it.
    pub code: String,
    pub name: String,
    /// Who is asked for; may be empty.
    pub contact_name: String,
    /// Where purchase orders are sent.
    pub emails: EmailList,
    /// May be empty.
    pub phone: String,
    /// Lines of an address; may be empty.
    pub address: String,
    /// What it is written to in.
    pub language: Language,
    /// Three letters; its prices are in it.
    pub currency: String,
    /// Days from order to delivery, where a product says nothing else.
    pub lead_time_days: i32,
    /// The least value of an order, in its currency.
    pub minimum_order: Money,
    /// Orders of this value or more are delivered free; none: unknown.
    pub carriage_free_from: Option<Money>,
    /// For colleagues.
    pub note: String,
}

/// Takes a supplier into the catalog.
///
/// # Errors
/// [`Error::SupplierCodeTaken`].
pub fn add_supplier(act: &mut Act<'_>, input: &SupplierInput) -> Result<Supplier, Error> {
    let supplier: Supplier = diesel::insert_into(suppliers::table)
        .values((input, suppliers::created_at.eq(act.at())))
        .returning(Supplier::as_returning())
        .get_result(act.conn())
        .on_constraint("suppliers_code_key", Error::SupplierCodeTaken)?;
    act.tell(supplier.record(), &Event::Created)?;
    Ok(supplier)
}

/// Writes what a person says about a supplier over what was said before.
///
/// # Errors
/// [`Error::SupplierCodeTaken`].
pub fn edit_supplier(
    act: &mut Act<'_>,
    id: SupplierId,
    input: &SupplierInput,
) -> Result<Supplier, Error> {
    let supplier: Supplier = diesel::update(suppliers::table.filter(suppliers::id.eq(id)))
        .set(input)
        .returning(Supplier::as_returning())
        .get_result(act.conn())
        .on_constraint("suppliers_code_key", Error::SupplierCodeTaken)?;
    act.tell(supplier.record(), &Event::Edited)?;
    Ok(supplier)
}

/// Nothing is bought there any more. Archiving it again changes nothing.
///
/// # Errors
/// [`Error::SupplierInUse`] while purchase orders are open there.
pub fn archive_supplier(act: &mut Act<'_>, id: SupplierId) -> Result<Supplier, Error> {
    let supplier = lock(act, id)?;
    if supplier.is_archived() {
        return Ok(supplier);
    }
    if let Some(orders) = open_purchase_orders(act, id)? {
        return Err(Error::SupplierInUse(orders));
    }
    let at = Some(act.at());
    let supplier = set_archived(act, id, at)?;
    act.tell(supplier.record(), &Event::Archived)?;
    Ok(supplier)
}

/// Something may be bought there again.
pub fn restore_supplier(act: &mut Act<'_>, id: SupplierId) -> Result<Supplier, Error> {
    let supplier = lock(act, id)?;
    if !supplier.is_archived() {
        return Ok(supplier);
    }
    let supplier = set_archived(act, id, None)?;
    act.tell(supplier.record(), &Event::Restored)?;
    Ok(supplier)
}

/// The supplier, kept from others, and from whoever is about to order there.
fn lock(conn: &mut PgConnection, id: SupplierId) -> QueryResult<Supplier> {
    Supplier::query()
        .filter(suppliers::id.eq(id))
        .for_update()
        .first(conn)
}

fn set_archived(
    conn: &mut PgConnection,
    id: SupplierId,
    since: Option<DateTime<Utc>>,
) -> QueryResult<Supplier> {
    diesel::update(suppliers::table.filter(suppliers::id.eq(id)))
        .set(suppliers::archived_at.eq(since))
        .returning(Supplier::as_returning())
        .get_result(conn)
}
