//! What lies idle elsewhere: units that one warehouse can do without and another wants.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::model::Place;
use crate::db::set_based;
use crate::types::{ProductId, Quantity, WarehouseId};

/// A place of which units can be spared, in SQL: level `l` in warehouse `w` has them beyond its own
/// warning level, once it served all its orders. Defective goods and those set aside are nobody's.
pub const SPARES_SQL: &str = "w.is_active and w.kind not in ('defective', 'set_aside')
    and l.on_hand - l.to_ship > l.warning";

/// Units that another warehouse can spare for a place.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Spare {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    /// Where they lie.
    #[diesel(sql_type = BigInt)]
    pub source_id: WarehouseId,
    /// Code of that warehouse.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Units beyond its warning level that no order asks for, and no draft of a transfer sends.
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
}

impl Spare {
    /// The place they are for.
    pub const fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

/// What other warehouses can spare for some places, the most first.
pub fn spares(
    conn: &mut PgConnection,
    places: impl IntoIterator<Item = Place>,
) -> QueryResult<Vec<Spare>> {
    let places: BTreeSet<Place> = places.into_iter().collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    set_based!(
        &format!(
            "select * from (
               select u.w as warehouse_id, u.p as product_id, w.id as source_id, w.code as source,
                 greatest(0, l.on_hand - l.to_ship - l.warning - coalesce((
                   select sum(t.quantity)
                   from transfer_lines t join transfers d on d.id = t.transfer_id
                   where t.product_id = u.p and d.from_warehouse_id = w.id and d.status = 'draft'
                 ), 0))::int4 as units
               from :rows
               join levels l on l.product_id = u.p and l.warehouse_id <> u.w
               join warehouses w on w.id = l.warehouse_id
               where {SPARES_SQL}
             ) spare
             where units > 0
             order by warehouse_id, product_id, units desc, source"
        ),
        places, |place| w: BigInt = place.warehouse, p: BigInt = place.product
    )
    .load(conn)
}
