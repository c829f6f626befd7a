//! What stands in the way of kits, all of it at once, in a constant number of statements.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::catalog::{self, KitPart, ProductKind};
use crate::db::sql;
use crate::inventory::kit::{MOST_PARTS, MOST_PER_KIT};
use crate::inventory::{KitEdit, Wrong};
use crate::schema::products;
use crate::stock;
use crate::types::{ProductId, Sku, first_few};

/// Things of one kind that a sentence names.
const NAMED: usize = 5;

/// All that is wrong with kits as they are to be.
pub fn wrong_with_kits(conn: &mut PgConnection, edits: &[KitEdit]) -> QueryResult<Vec<Wrong>> {
    let known = Known::read(conn, edits)?;
    let mut all = Vec::new();
    for (kit, edit) in edits.iter().enumerate() {
        let of_kit = known.wrong_with_kit(edit).into_iter();
        all.extend(of_kit.map(|why| Wrong {
            kit,
            part: None,
            why,
        }));
        // What is too long is wrong as a whole; each part is held against all before it.
        for part in 0..edit.parts.len().min(MOST_PARTS) {
            let why = known.wrong_with_part(edit, part);
            all.extend(why.map(|why| Wrong {
                kit,
                part: Some(part),
                why,
            }));
        }
    }
    Ok(all)
}

/// A product, as far as it matters to a kit.
struct Named {
    sku: Sku,
    kind: ProductKind,
    is_archived: bool,
}

struct Known {
    products: HashMap<ProductId, Named>,
    /// Products that become kits together.
    begin: HashSet<ProductId>,
    /// The parts that kits have.
    parts: HashMap<ProductId, Vec<KitPart>>,
    /// What stands in the way of a product that is to become a kit.
    ways: HashMap<ProductId, Vec<String>>,
    /// Orders that wait for a kit that is to be none any more.
    orders: HashMap<ProductId, Vec<String>>,
}

impl Known {
    fn read(conn: &mut PgConnection, edits: &[KitEdit]) -> QueryResult<Self> {
        let chosen = |is: fn(&KitEdit) -> bool| -> Vec<ProductId> {
            let chosen = edits.iter().filter(|edit| is(edit));
            chosen.map(|edit| edit.kit).collect()
        };
        let (begin, end) = (chosen(KitEdit::begins), chosen(KitEdit::ends));
        let kits: Vec<ProductId> = edits.iter().map(|edit| edit.kit).collect();
        Ok(Self {
            products: named(conn, edits)?,
            parts: catalog::parts_of_kits(conn, &kits)?,
            ways: in_the_way(conn, &begin)?,
            orders: catalog::open_orders(conn, &end)?,
            begin: begin.into_iter().collect(),
        })
    }

    fn sku(&self, product: ProductId) -> String {
        let named = self.products.get(&product);
        named.map_or_else(String::new, |named| named.sku.to_string())
    }

    fn wrong_with_kit(&self, edit: &KitEdit) -> Vec<String> {
        let sku = self.sku(edit.kit);
        let mut wrong = Vec::new();
        if let Some(ways) = self.ways.get(&edit.kit) {
            wrong.push(format!("{sku} cannot become a kit: {}.", ways.join("; ")));
        }
        if let Some(orders) = self.orders.get(&edit.kit) {
            wrong.push(format!("{sku} stays a kit: {} wait for it.", few(orders)));
        }
        if edit.parts.len() > MOST_PARTS {
            wrong.push(format!("A kit has at most {MOST_PARTS} parts."));
        }
        wrong
    }

    fn wrong_with_part(&self, edit: &KitEdit, at: usize) -> Option<String> {
        let part = edit.parts[at];
        let named = self.products.get(&part.product)?;
        let before = &edit.parts[..at];
        let was_in = self
            .parts
            .get(&edit.kit)
            .is_some_and(|parts| parts.iter().any(|kept| kept.product_id == part.product));
        if part.product == edit.kit {
            Some("A kit is no part of itself.".into())
        } else if before.iter().any(|other| other.product == part.product) {
            Some(format!("{} is named twice: add up its units.", named.sku))
        } else if named.kind == ProductKind::Kit || self.begin.contains(&part.product) {
            let sku = &named.sku;
            Some(format!(
                "{sku} is a kit, and no kit stands in a kit: name its parts."
            ))
        } else if named.is_archived && !was_in {
            Some(format!("{} is archived: restore it first.", named.sku))
        } else if part.quantity.is_zero() || part.quantity > MOST_PER_KIT {
            Some(format!("A kit takes 1 to {MOST_PER_KIT} units of a part."))
        } else {
            None
        }
    }
}

fn named(conn: &mut PgConnection, edits: &[KitEdit]) -> QueryResult<HashMap<ProductId, Named>> {
    let parts = edits.iter().flat_map(|edit| &edit.parts);
    let ids: HashSet<ProductId> = edits
        .iter()
        .map(|edit| edit.kit)
        .chain(parts.map(|part| part.product))
        .collect();
    let rows: Vec<(ProductId, Sku, ProductKind, bool)> = products::table
        .filter(products::id.eq_any(ids))
        .select((
            products::id,
            products::sku,
            products::kind,
            products::archived_at.is_not_null(),
        ))
        .load(conn)?;
    let named = rows.into_iter().map(|(id, sku, kind, is_archived)| {
        let named = Named {
            sku,
            kind,
            is_archived,
        };
        (id, named)
    });
    Ok(named.collect())
}

/// What stands in the way of products that are to become kits: stock of any kind, documents that are
/// open, kits that they are parts of.
fn in_the_way(
    conn: &mut PgConnection,
    begin: &[ProductId],
) -> QueryResult<HashMap<ProductId, Vec<String>>> {
    let mut ways: HashMap<ProductId, Vec<String>> = HashMap::new();
    if begin.is_empty() {
        return Ok(ways);
    }
    for used in stock::in_use(conn, begin)? {
        let of_product = ways.entry(used.product_id).or_default();
        of_product.push(used.in_words());
    }
    for open in open_documents(conn, begin)? {
        let of_product = ways.entry(open.product_id).or_default();
        of_product.push(format!("{} of {}", open.what, few(&open.numbers)));
    }
    let mut kits: HashMap<ProductId, Vec<String>> = HashMap::new();
    for kit in catalog::kits_of_parts(conn, begin)? {
        let of_part = kits.entry(kit.part_id).or_default();
        of_part.push(kit.sku.to_string());
    }
    for (part, kits) in kits {
        let of_product = ways.entry(part).or_default();
        of_product.push(format!("it is a part of {}", few(&kits)));
    }
    Ok(ways)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Open {
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    /// Such as a line.
    #[diesel(sql_type = Text)]
    what: String,
    #[diesel(sql_type = Array<Text>)]
    numbers: Vec<String>,
}

fn open_documents(conn: &mut PgConnection, begin: &[ProductId]) -> QueryResult<Vec<Open>> {
    sql!(
        "select product_id, what, array_agg(distinct number order by number) as numbers
         from (
           select l.product_id, 'a line' as what, 1 as place, o.number
           from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id
           where o.closed_at is null and l.product_id = any(:products)
           union all
           select l.product_id, 'a line', 2, t.number
           from transfer_lines l join transfers t on t.id = l.transfer_id
           where t.closed_at is null and l.product_id = any(:products)
           union all
           select l.product_id, 'a place', 3, c.number
           from count_lines l join counts c on c.id = l.count_id
           where l.is_open and l.product_id = any(:products)
         ) document
         group by product_id, what, place order by product_id, place",
        products: Array<BigInt> = begin,
    )
    .load(conn)
}

fn few(names: &[String]) -> String {
    let first: Vec<String> = names.iter().take(NAMED).cloned().collect();
    first_few(&first, i64::try_from(names.len()).unwrap_or(i64::MAX))
}
