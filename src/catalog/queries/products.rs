//! Products, one and many.

use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use serde::{Deserialize, Serialize};

use super::weights::WEIGHT;
use super::{ProductTotals, product_totals};
use crate::catalog::{Barcode, Product, ProductKind, SupplierProduct};
use crate::db::{Key, Listing, Page, Paging, Sorts, containing, page};
use crate::schema::{barcodes, products, supplier_products, suppliers};
use crate::types::{Grams, Money, ProductId, RecordRef, Sku, SupplierId, text_enum};

text_enum! {
    /// Which records a list shows.
    Shown {
        /// What is offered.
        Active = "active", "Active";
        /// What is no longer offered.
        Archived = "archived", "Archived";
        /// Both.
        All = "all", "Active and archived";
    }
}

/// What a list of products is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductFilter {
    /// Part of a SKU or a name, or a barcode.
    pub q: String,
    /// `active`, `archived` or `all`; active products if empty.
    pub state: String,
    /// The id of a supplier.
    pub supplier: String,
    /// One of [`ProductKind`].
    pub kind: String,
    /// `sku`, `name` or `price`, falling with a minus before it; `sku` if empty.
    pub sort: String,
}

impl ProductFilter {
    /// Which products are shown.
    pub fn state(&self) -> Shown {
        self.state.parse().unwrap_or(Shown::Active)
    }

    /// Of which kind.
    pub fn kind(&self) -> Option<ProductKind> {
        self.kind.parse().ok()
    }

    /// Whether the list shows what is of this kind.
    pub fn is_kind(&self, kind: &ProductKind) -> bool {
        self.kind() == Some(*kind)
    }

    /// Bought at which supplier.
    pub fn supplier(&self) -> Option<SupplierId> {
        self.supplier.parse().ok()
    }

    /// Whether the list shows what is bought there.
    pub fn is_of(&self, supplier: &SupplierId) -> bool {
        self.supplier() == Some(*supplier)
    }
}

/// A product in a list.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = products)]
#[diesel(base_query = products::table
    .left_join(supplier_products::table.on(supplier_products::product_id
        .eq(products::id)
        .and(supplier_products::is_primary)))
    .left_join(suppliers::table.on(suppliers::id
        .nullable()
        .eq(supplier_products::supplier_id.nullable()))))]
pub struct ProductListed {
    pub id: ProductId,
    pub sku: Sku,
    pub name: String,
    /// How it comes into being.
    pub kind: ProductKind,
    /// What a scanner reads: the barcodes, with the units of those that stand for several.
    #[diesel(select_expression = sql(BARCODES), select_expression_type = SqlLiteral<Text>)]
    pub barcodes: String,
    /// Selling price.
    pub price: Money,
    /// Grams; none: not known.
    #[diesel(select_expression = sql(WEIGHT), select_expression_type = SqlLiteral<Nullable<BigInt>>)]
    weight_grams: Option<i64>,
    /// Stands for its picture; none: it has none.
    #[diesel(select_expression = sql(PICTURE), select_expression_type = SqlLiteral<Nullable<Text>>)]
    pub picture: Option<String>,
    /// Whether it is offered no more.
    #[diesel(select_expression = products::archived_at.is_not_null())]
    pub is_archived: bool,
    /// Primary supplier.
    #[diesel(select_expression = suppliers::name.nullable())]
    pub supplier: Option<String>,
}

impl ProductListed {
    /// Whether it is packed of other products.
    pub const fn is_kit(&self) -> bool {
        matches!(self.kind, ProductKind::Kit)
    }

    /// What one unit weighs; none: not known.
    pub fn weight(&self) -> Option<Grams> {
        self.weight_grams.map(Grams::new)
    }

    /// A figure of it in a file; a kit lies nowhere, its parts do.
    pub fn units(&self, units: i64) -> String {
        match self.is_kit() {
            true => String::new(),
            false => units.to_string(),
        }
    }
}

const PICTURE: &str = "(select pp.mark from product_pictures pp where pp.product_id = products.id)";

const BARCODES: &str = "coalesce((
    select string_agg(concat_ws(' x ', b.code, nullif(b.units, 1)), ', ' order by b.units, b.code)
    from barcodes b where b.product_id = products.id), '')";

/// The barcodes of a product, that of one unit first.
pub fn barcodes(conn: &mut PgConnection, id: ProductId) -> QueryResult<Vec<Barcode>> {
    Barcode::query()
        .filter(barcodes::product_id.eq(id))
        .order((barcodes::units, barcodes::code))
        .load(conn)
}

/// One product, archived or not.
pub fn product(conn: &mut PgConnection, id: ProductId) -> QueryResult<Product> {
    Product::query().filter(products::id.eq(id)).first(conn)
}

/// The product of this SKU, archived or not.
pub fn product_by_sku(conn: &mut PgConnection, sku: &Sku) -> QueryResult<Option<Product>> {
    Product::query()
        .filter(products::sku.eq(sku))
        .first(conn)
        .optional()
}

/// Another product whose SKU looks the same, with letters of another alphabet.
pub fn drawn_alike(conn: &mut PgConnection, sku: &Sku) -> QueryResult<Option<Sku>> {
    let [others, latin] = Sku::DRAWN_ALIKE;
    let drawn = sql::<Bool>("translate(products.sku, ")
        .bind::<Text, _>(others)
        .sql(", ")
        .bind::<Text, _>(latin)
        .sql(") = ")
        .bind::<Text, _>(Sku::drawn(sku.as_str()));
    products::table
        .filter(products::sku.ne(sku))
        .filter(drawn)
        .select(products::sku)
        .order(products::sku)
        .first(conn)
        .optional()
}

/// By what products can be sorted.
pub const PRODUCT_SORTS: Sorts = Sorts {
    usual: "sku",
    by: &[
        ("sku", Key::text("products.sku")),
        ("name", Key::text("lower(products.name)")),
        ("price", Key::big("products.price")),
    ],
    then: &[Key::big("products.id")],
};

/// One page of the products a filter leaves.
pub fn products_page(
    conn: &mut PgConnection,
    filter: &ProductFilter,
    paging: &Paging,
) -> QueryResult<Page<ProductListed>> {
    let keyset = PRODUCT_SORTS.keyset(&filter.sort, paging);
    page!(conn, filtered(filter), ProductListed, keyset)
}

/// All the products a filter leaves with their units, by SKU.
pub fn products_for_export(
    conn: &mut PgConnection,
    filter: &ProductFilter,
) -> QueryResult<Vec<(ProductListed, ProductTotals)>> {
    let rows = filtered(filter).order(products::sku).load(conn)?;
    let ids: Vec<ProductId> = rows.iter().map(|row: &ProductListed| row.id).collect();
    let totals = product_totals(conn, &ids)?;
    let with_total = rows.into_iter().map(|row| {
        let total = totals.get(&row.id).copied().unwrap_or_default();
        (row, total)
    });
    Ok(with_total.collect())
}

/// Where a product is bought: terms, supplier.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = supplier_products)]
#[diesel(base_query = supplier_products::table.inner_join(suppliers::table))]
pub struct ProductLink {
    /// The terms.
    #[diesel(embed)]
    pub terms: SupplierProduct,
    /// Name of the supplier.
    #[diesel(select_expression = suppliers::name)]
    pub supplier: String,
    /// Its currency.
    #[diesel(select_expression = suppliers::currency)]
    pub currency: String,
    /// Its lead time, where the terms name none.
    #[diesel(select_expression = suppliers::lead_time_days)]
    pub supplier_lead_time_days: i32,
    /// Whether nothing is bought there any more.
    #[diesel(select_expression = suppliers::archived_at.is_not_null())]
    pub is_archived: bool,
}

impl ProductLink {
    /// Where its terms are changed.
    pub fn path(&self) -> String {
        let product = RecordRef::Product(self.terms.product_id);
        format!("{}/suppliers/{}", product.path(), self.terms.id)
    }

    /// Days from order to delivery.
    pub fn lead_time_days(&self) -> i32 {
        self.terms
            .lead_time_days
            .unwrap_or(self.supplier_lead_time_days)
    }
}

/// Where a product is bought, the primary supplier first.
pub fn product_links(conn: &mut PgConnection, id: ProductId) -> QueryResult<Vec<ProductLink>> {
    ProductLink::query()
        .filter(supplier_products::product_id.eq(id))
        .order((supplier_products::is_primary.desc(), suppliers::name))
        .load(conn)
}

// The list itself joins the table already, for the primary supplier only.
diesel::alias!(supplier_products as terms: Terms);

/// What is called by one word of a barcode box, or by all that stands in it.
#[diesel::dsl::auto_type(no_type_alias)]
fn scanned<'a>(word: &'a str, whole: &'a str) -> _ {
    barcodes::table
        .filter(barcodes::code.eq(word).or(barcodes::code.eq(whole)))
        .select(barcodes::product_id)
}

/// The one place that knows what a filter means: for pages and for export.
fn filtered(filter: &ProductFilter) -> Listing<'_, ProductListed> {
    let mut query = ProductListed::query().into_boxed();
    query = match filter.state() {
        Shown::Active => query.filter(products::archived_at.is_null()),
        Shown::Archived => query.filter(products::archived_at.is_not_null()),
        Shown::All => query,
    };
    if let Some(kind) = filter.kind() {
        query = query.filter(products::kind.eq(kind));
    }
    if let Some(supplier) = filter.supplier() {
        let bought_there = terms
            .filter(terms.field(supplier_products::supplier_id).eq(supplier))
            .select(terms.field(supplier_products::product_id));
        query = query.filter(products::id.eq_any(bought_there));
    }
    // Every word must be found, wherever it stands.
    for word in filter.q.split_whitespace().take(8) {
        let word_found = products::sku
            .like(containing(&Sku::normal(word)))
            .or(products::name.ilike(containing(word)))
            .or(products::id.eq_any(scanned(word, &filter.q)));
        query = query.filter(word_found);
    }
    query
}
