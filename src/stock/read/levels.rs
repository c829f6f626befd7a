//! The balances of places, locked where they are to change.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer};

use super::places::of_places;
use crate::stock::books::Balances;
use crate::stock::model::Place;
use crate::types::{ProductId, Quantity, WarehouseId};

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct LevelRow {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    on_hand: Quantity,
    #[diesel(sql_type = Integer)]
    doubted: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    incoming: Quantity,
    #[diesel(sql_type = Bool)]
    pub(super) is_kit: bool,
}

impl LevelRow {
    pub(super) fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }

    pub(super) fn balances(&self) -> Balances {
        Balances {
            on_hand: self.on_hand,
            doubted: self.doubted,
            reserved: self.reserved,
            to_ship: self.to_ship,
            incoming: self.incoming,
        }
    }
}

const LEVELS: &str =
    "select l.warehouse_id, l.product_id, l.on_hand, l.doubted, l.reserved, l.to_ship, l.incoming,
      p.kind = 'kit' as is_kit
    from :rows join levels l on l.warehouse_id = u.w and l.product_id = u.p
    join products p on p.id = l.product_id";

/// A level for every place that has none.
pub(super) fn make_levels(conn: &mut PgConnection, of: &BTreeSet<Place>) -> QueryResult<usize> {
    of_places!(
        "insert into levels (warehouse_id, product_id)
         select u.w, u.p from :rows
         where not exists (select from levels l where l.warehouse_id = u.w and l.product_id = u.p)
         order by u.w, u.p
         on conflict do nothing",
        of
    )
    .execute(conn)
}

/// The levels as they are.
pub(super) fn read_levels(
    conn: &mut PgConnection,
    of: &BTreeSet<Place>,
) -> QueryResult<Vec<LevelRow>> {
    of_places!(LEVELS, of).load(conn)
}

/// Locks the levels in the one order everybody keeps: warehouse, then product.
pub(super) fn lock_levels(
    conn: &mut PgConnection,
    of: &BTreeSet<Place>,
) -> QueryResult<Vec<LevelRow>> {
    of_places!(
        &format!("{LEVELS} order by l.warehouse_id, l.product_id for no key update of l"),
        of
    )
    .load(conn)
}
