//! Suppliers, one and many.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Shown;
use crate::catalog::{Supplier, SupplierProduct};
use crate::db::{Direction, Listing, Page, Paging, containing, keyset, lower};
use crate::schema::{products, purchase_orders, supplier_products, suppliers};
use crate::types::{ProductId, Sku, SupplierId, first_few};

/// What a list of suppliers is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupplierFilter {
    /// Part of a code, a name, a contact or an address.
    pub q: String,
    /// `active`, `archived` or `all`; active suppliers if empty.
    pub state: String,
    /// `name` or `code`, falling with a minus before it; `name` if empty.
    pub sort: String,
}

impl SupplierFilter {
    /// Which suppliers are shown.
    pub fn state(&self) -> Shown {
        self.state.parse().unwrap_or(Shown::Active)
    }
}

/// A supplier in a list.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = suppliers)]
pub struct SupplierListed {
    #[diesel(embed)]
    pub supplier: Supplier,
    /// Its name as lists sort it.
    #[diesel(select_expression = lower(suppliers::name))]
    pub sorting_name: String,
}

/// One supplier, archived or not.
pub fn supplier(conn: &mut PgConnection, id: SupplierId) -> QueryResult<Supplier> {
    Supplier::query().filter(suppliers::id.eq(id)).first(conn)
}

/// The suppliers that are not archived, by name.
pub fn suppliers(conn: &mut PgConnection) -> QueryResult<Vec<Supplier>> {
    Supplier::query()
        .filter(suppliers::archived_at.is_null())
        .order((lower(suppliers::name), suppliers::id))
        .load(conn)
}

/// One page of the suppliers a filter leaves.
pub fn suppliers_page(
    conn: &mut PgConnection,
    filter: &SupplierFilter,
    paging: &Paging,
) -> QueryResult<Page<SupplierListed>> {
    let query = filtered(filter);
    let at: Direction<(String, SupplierId)> = paging.direction(|text| Some(text.to_owned()));
    let falls = filter.sort.starts_with('-');
    if filter.sort.trim_start_matches('-') == "code" {
        let rows = keyset!(query, &at, falls, suppliers::code, suppliers::id).load(conn)?;
        return Ok(Page::new(rows, &at, |row: &SupplierListed| {
            (row.supplier.code.clone(), row.supplier.id.to_string())
        }));
    }
    let rows = keyset!(query, &at, falls, lower(suppliers::name), suppliers::id).load(conn)?;
    Ok(Page::new(rows, &at, |row: &SupplierListed| {
        (row.sorting_name.clone(), row.supplier.id.to_string())
    }))
}

/// All the suppliers a filter leaves, by code.
pub fn suppliers_for_export(
    conn: &mut PgConnection,
    filter: &SupplierFilter,
) -> QueryResult<Vec<Supplier>> {
    let rows = filtered(filter).order(suppliers::code).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row: SupplierListed| row.supplier)
        .collect())
}

/// A product bought at a supplier.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = supplier_products)]
#[diesel(base_query = supplier_products::table.inner_join(products::table))]
pub struct SuppliedProduct {
    /// The terms.
    #[diesel(embed)]
    pub terms: SupplierProduct,
    /// SKU of the product.
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub name: String,
}

/// One page of the products bought at a supplier, without the archived ones, by SKU.
pub fn supplied_products(
    conn: &mut PgConnection,
    id: SupplierId,
    paging: &Paging,
) -> QueryResult<Page<SuppliedProduct>> {
    let query = SuppliedProduct::query()
        .filter(supplier_products::supplier_id.eq(id))
        .filter(products::archived_at.is_null())
        .into_boxed();
    let at: Direction<(String, ProductId)> = paging.direction(|text| Some(text.to_owned()));
    let rows = keyset!(query, &at, false, products::sku, products::id).load(conn)?;
    Ok(Page::new(rows, &at, |row: &SuppliedProduct| {
        (row.sku.to_string(), row.terms.product_id.to_string())
    }))
}

/// The numbers of the purchase orders under way at a supplier, the first few; none: there is none.
pub fn open_purchase_orders(
    conn: &mut PgConnection,
    id: SupplierId,
) -> QueryResult<Option<String>> {
    let open = purchase_orders::table
        .filter(purchase_orders::supplier_id.eq(id))
        .filter(purchase_orders::status.ne_all(["received", "cancelled"]));
    let numbers: Vec<String> = open
        .clone()
        .order(purchase_orders::id)
        .limit(3)
        .select(purchase_orders::number)
        .load(conn)?;
    let all = open.count().get_result(conn)?;
    Ok((all > 0).then(|| first_few(&numbers, all)))
}

/// The one place that knows what a filter means: for pages and for export.
fn filtered(filter: &SupplierFilter) -> Listing<'_, SupplierListed> {
    let mut query = SupplierListed::query().into_boxed();
    query = match filter.state() {
        Shown::Active => query.filter(suppliers::archived_at.is_null()),
        Shown::Archived => query.filter(suppliers::archived_at.is_not_null()),
        Shown::All => query,
    };
    for word in filter.q.split_whitespace().take(8) {
        let word_found = suppliers::code
            .ilike(containing(word))
            .or(suppliers::name.ilike(containing(word)))
            .or(suppliers::contact_name.ilike(containing(word)))
            .or(suppliers::emails.ilike(containing(word)));
        query = query.filter(word_found);
    }
    query
}
