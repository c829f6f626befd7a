//! What kits are made of, and what that makes of other rules.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::catalog::ProductKind;
use crate::db::sql;
use crate::schema::{kit_parts, products};
use crate::types::{ProductId, Quantity, RecordRef, Sku, first_few};

/// Parts that a sentence names.
const NAMED: usize = 5;

/// A part of a kit.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = kit_parts)]
#[diesel(base_query = kit_parts::table
    .inner_join(products::table.on(products::id.eq(kit_parts::part_id))))]
pub struct KitPart {
    pub kit_id: ProductId,
    /// The part itself.
    #[diesel(select_expression = kit_parts::part_id)]
    pub product_id: ProductId,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = products::name)]
    pub name: String,
    /// Units of it in one kit.
    pub quantity: Quantity,
}

impl KitPart {
    pub fn path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }
}

/// The parts of kits, each kit's by SKU; what is no kit has none.
pub fn parts_of_kits(
    conn: &mut PgConnection,
    kits: &[ProductId],
) -> QueryResult<HashMap<ProductId, Vec<KitPart>>> {
    let rows: Vec<KitPart> = KitPart::query()
        .filter(kit_parts::kit_id.eq_any(kits))
        .order((kit_parts::kit_id, products::sku))
        .load(conn)?;
    let mut by_kit: HashMap<ProductId, Vec<KitPart>> = HashMap::new();
    for row in rows {
        by_kit.entry(row.kit_id).or_default().push(row);
    }
    Ok(by_kit)
}

/// `2 × A and 1 × B`.
pub fn parts_in_words(parts: &[KitPart]) -> String {
    let named: Vec<String> = parts
        .iter()
        .take(NAMED)
        .map(|part| format!("{} \u{d7} {}", part.quantity, part.sku))
        .collect();
    match &named[..] {
        [before @ .., last] if !before.is_empty() && parts.len() <= NAMED => {
            format!("{} and {last}", before.join(", "))
        }
        _ => first_few(&named, i64::try_from(parts.len()).unwrap_or(i64::MAX)),
    }
}

/// Why nothing is done to the stock of those of some products that are kits: a kit has none. `instead`
/// says what to do to its parts.
pub fn kit_refusals(
    conn: &mut PgConnection,
    products: &[ProductId],
    instead: &str,
) -> QueryResult<HashMap<ProductId, String>> {
    let kits: Vec<(ProductId, Sku)> = products::table
        .filter(products::id.eq_any(products))
        .filter(products::kind.eq(ProductKind::Kit))
        .select((products::id, products::sku))
        .load(conn)?;
    if kits.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<ProductId> = kits.iter().map(|(id, _)| *id).collect();
    let parts = parts_of_kits(conn, &ids)?;
    let sentences = kits.into_iter().map(|(id, sku)| {
        let parts = parts.get(&id).map(Vec::as_slice).unwrap_or_default();
        let of = parts_in_words(parts);
        (
            id,
            format!("{sku} is a kit of {of}: {instead} the parts instead."),
        )
    });
    Ok(sentences.collect())
}

/// The first of these refusals; `None`: no product is a kit.
pub fn kit_refusal(
    conn: &mut PgConnection,
    products: &[ProductId],
    instead: &str,
) -> QueryResult<Option<String>> {
    let mut refusals = kit_refusals(conn, products, instead)?;
    Ok(products.iter().find_map(|product| refusals.remove(product)))
}

/// In which kits products stand, by product: the kit, and how much of it one takes.
pub fn kits_of_parts(conn: &mut PgConnection, parts: &[ProductId]) -> QueryResult<Vec<KitOfPart>> {
    KitOfPart::query()
        .filter(kit_parts::part_id.eq_any(parts))
        .order((kit_parts::part_id, products::sku))
        .load(conn)
}

/// A kit in which a product stands.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = kit_parts)]
#[diesel(base_query = kit_parts::table
    .inner_join(products::table.on(products::id.eq(kit_parts::kit_id))))]
pub struct KitOfPart {
    pub part_id: ProductId,
    pub kit_id: ProductId,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    /// Units of the product in one kit.
    pub quantity: Quantity,
    /// Whether the kit is offered no more.
    #[diesel(select_expression = products::archived_at.is_not_null())]
    pub is_archived: bool,
}

impl KitOfPart {
    pub fn path(&self) -> String {
        RecordRef::Product(self.kit_id).path()
    }
}

/// Numbers of the orders that still wait for units of kits, by kit.
pub fn open_orders(
    conn: &mut PgConnection,
    kits: &[ProductId],
) -> QueryResult<HashMap<ProductId, Vec<String>>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        product_id: ProductId,
        #[diesel(sql_type = Array<Text>)]
        numbers: Vec<String>,
    }
    let rows: Vec<Row> = sql!(
        "select l.product_id, array_agg(distinct o.number order by o.number) as numbers
         from order_lines l join orders o on o.id = l.order_id
         where l.product_id = any(:kits) and l.is_kit and o.closed_at is null
           and exists (select from order_lines p
             where p.kit_line_id = l.id and p.ordered > p.shipped + p.cancelled)
         group by l.product_id",
        kits: Array<BigInt> = kits,
    )
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.product_id, row.numbers))
        .collect())
}
