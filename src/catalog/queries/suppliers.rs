//! Suppliers, one and many.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Shown;
use crate::catalog::{Supplier, SupplierProduct};
use crate::db::{Key, Keyset, Listing, Page, Paging, Sorts, containing, lower, page};
use crate::schema::{products, purchase_orders, supplier_products, suppliers};
use crate::types::{Sku, SupplierId, first_few};

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

/// By what suppliers can be sorted.
pub const SUPPLIER_SORTS: Sorts = Sorts {
    usual: "name",
    by: &[
        ("name", Key::text("lower(suppliers.name)")),
        ("code", Key::text("suppliers.code")),
    ],
    then: &[Key::big("suppliers.id")],
};

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
) -> QueryResult<Page<Supplier>> {
    let keyset = SUPPLIER_SORTS.keyset(&filter.sort, paging);
    page!(conn, filtered(filter), Supplier, keyset)
}

/// All the suppliers a filter leaves, by code.
pub fn suppliers_for_export(
    conn: &mut PgConnection,
    filter: &SupplierFilter,
) -> QueryResult<Vec<Supplier>> {
    filtered(filter).order(suppliers::code).load(conn)
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
    let by_sku = Keyset::new(&[Key::text("products.sku")], false, paging);
    page!(conn, query, SuppliedProduct, by_sku)
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
fn filtered(filter: &SupplierFilter) -> Listing<'_, Supplier> {
    let mut query = Supplier::query().into_boxed();
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
