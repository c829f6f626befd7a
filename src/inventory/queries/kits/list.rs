//! How many kits there are, warehouse by warehouse, and what all of them are made of.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};
use serde::{Deserialize, Serialize};

use crate::catalog::{KitStock, kit_stock};
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::types::{ProductId, Quantity, RecordRef, Sku, WarehouseId, text_enum};

text_enum! {
    /// Which kits a list shows.
    KitShow {
        /// At least one can be packed.
        Packable = "packable", "Can be packed";
        /// Some part is missing.
        Short = "short", "Cannot be packed";
    }
}

/// What the list of kits is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KitFilter {
    /// Parts of a SKU or a name.
    pub q: String,
    /// The id of a warehouse.
    pub warehouse: String,
    /// One of [`KitShow`].
    pub show: String,
    pub sort: String,
}

impl KitFilter {
    fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    /// Whether some part is to be missing.
    fn is_short(&self) -> Option<bool> {
        let show = self.show.parse::<KitShow>().ok()?;
        Some(show == KitShow::Short)
    }
}

/// A kit in a warehouse whose goods are sold.
#[derive(Debug, Clone)]
pub struct KitListed {
    pub sku: Sku,
    pub name: String,
    pub stock: KitStock,
}

impl KitListed {
    pub fn path(&self) -> String {
        RecordRef::Product(self.stock.kit).path()
    }

    pub fn limit_path(&self) -> String {
        RecordRef::Product(self.stock.limited_by_id).path()
    }
}

#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Place {
    #[diesel(sql_type = BigInt)]
    kit_id: ProductId,
    #[diesel(sql_type = Text)]
    sku: Sku,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
}

/// By what kits can be sorted.
pub const KIT_SORTS: Sorts = Sorts {
    usual: "sku",
    by: &[
        ("sku", Key::text("p.sku")),
        ("name", Key::text("lower(p.name)")),
    ],
    then: &[Key::big("p.id"), Key::big("w.id")],
};

/// One page of the kits a filter leaves.
pub fn kits_page(
    conn: &mut PgConnection,
    filter: &KitFilter,
    paging: &Paging,
) -> QueryResult<Page<KitListed>> {
    let keyset = KIT_SORTS.keyset(&filter.sort, paging);
    page(conn, filter, &keyset)
}

/// All the kits a filter leaves, in the order of the list.
pub fn kits_for_export(conn: &mut PgConnection, filter: &KitFilter) -> QueryResult<Vec<KitListed>> {
    let all = KIT_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    Ok(page(conn, filter, &all)?.rows)
}

fn page(
    conn: &mut PgConnection,
    filter: &KitFilter,
    keyset: &Keyset,
) -> QueryResult<Page<KitListed>> {
    let page: Page<Place> = keyset.page(places(conn, filter, keyset)?);
    let kits: Vec<ProductId> = page.rows.iter().map(|place| place.kit_id).collect();
    let stock = kit_stock(conn, &kits)?.into_iter();
    let mut stock: HashMap<_, _> = stock
        .map(|each| ((each.kit, each.warehouse_id), each))
        .collect();
    let listed = page.rows.into_iter().filter_map(|place| {
        let stock = stock.remove(&(place.kit_id, place.warehouse_id))?;
        let (sku, name) = (place.sku, place.name);
        Some(KitListed { sku, name, stock })
    });
    Ok(Page {
        rows: listed.collect(),
        newer: page.newer,
        older: page.older,
    })
}

fn places(
    conn: &mut PgConnection,
    filter: &KitFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<Place>>> {
    listed!(
        keyset,
        "select p.id as kit_id, p.sku, p.name, w.id as warehouse_id, :page_key
         from products p
         cross join warehouses w
         where p.kind = 'kit' and p.archived_at is null and w.is_active and w.counts_for_selling
           and exists (select from kit_parts k where k.kit_id = p.id)
           and (:warehouse is null or w.id = :warehouse)
           and not exists (select from unnest(:words) as word
             where not (p.sku ilike word or p.name ilike word))
           and (:is_short is null or :is_short = exists (
             select from kit_parts k
             left join levels l on l.warehouse_id = w.id and l.product_id = k.part_id
             where k.kit_id = p.id and coalesce(l.on_hand - l.to_ship, 0) < k.quantity))
           and :beyond
         order by :order limit :limit",
        warehouse: Nullable<BigInt> = filter.warehouse(),
        words: Array<Text> = words(&filter.q),
        is_short: Nullable<Bool> = filter.is_short(),
    )
    .load(conn)
}

/// A part of a kit, as a file of kits has it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct PartInFile {
    #[diesel(sql_type = Text)]
    pub kit: Sku,
    #[diesel(sql_type = Text)]
    pub part: Sku,
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
}

/// What every kit is made of, by SKU.
pub fn parts_for_export(conn: &mut PgConnection) -> QueryResult<Vec<PartInFile>> {
    diesel::sql_query(
        "select p.sku as kit, o.sku as part, k.quantity
         from kit_parts k
         join products p on p.id = k.kit_id
         join products o on o.id = k.part_id
         order by p.sku, o.sku",
    )
    .load(conn)
}
