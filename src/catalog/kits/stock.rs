//! How many kits can be packed where.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};

use super::packable::packable;
use crate::db::sql;
use crate::types::{ProductId, Quantity, Sku, WarehouseId};

/// A kit in a warehouse whose goods are sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KitStock {
    pub kit: ProductId,
    pub warehouse_id: WarehouseId,
    /// Code of the warehouse.
    pub warehouse: String,
    /// Kits that can be packed there, and sold.
    pub available: Quantity,
    /// The part that ends first.
    pub limited_by: Sku,
    pub limited_by_id: ProductId,
    /// What is available of that part.
    pub left: Quantity,
}

/// What is available of a part in a warehouse.
#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct PartThere {
    #[diesel(sql_type = BigInt)]
    kit_id: ProductId,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    warehouse: String,
    #[diesel(sql_type = BigInt)]
    part_id: ProductId,
    #[diesel(sql_type = Text)]
    sku: Sku,
    #[diesel(sql_type = Integer)]
    per_kit: Quantity,
    #[diesel(sql_type = Integer)]
    available: Quantity,
}

/// How many of some kits can be packed in each warehouse whose goods are sold, the primary one first, in
/// one statement.
pub fn kit_stock(conn: &mut PgConnection, kits: &[ProductId]) -> QueryResult<Vec<KitStock>> {
    let rows: Vec<PartThere> = sql!(
        "select k.kit_id, w.id as warehouse_id, w.code as warehouse, k.part_id, p.sku,
           k.quantity as per_kit, greatest(0, coalesce(l.on_hand - l.to_ship, 0)) as available
         from kit_parts k
         join products p on p.id = k.part_id
         cross join warehouses w
         left join levels l on l.warehouse_id = w.id and l.product_id = k.part_id
         where k.kit_id = any(:kits) and w.is_active and w.counts_for_selling
         order by k.kit_id, w.is_primary desc, w.code, p.sku",
        kits: Array<BigInt> = kits,
    )
    .load(conn)?;
    let of_kits = rows
        .chunk_by(|one, next| (one.kit_id, one.warehouse_id) == (next.kit_id, next.warehouse_id));
    Ok(of_kits.filter_map(of_parts).collect())
}

/// What the parts of a kit in one warehouse make.
fn of_parts(parts: &[PartThere]) -> Option<KitStock> {
    let made = packable(parts.iter().map(|part| (part.available, part.per_kit)))?;
    let limit = parts.get(made.limit)?;
    Some(KitStock {
        kit: limit.kit_id,
        warehouse_id: limit.warehouse_id,
        warehouse: limit.warehouse.clone(),
        available: made.kits,
        limited_by: limit.sku.clone(),
        limited_by_id: limit.part_id,
        left: limit.available,
    })
}
