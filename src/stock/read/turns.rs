//! Turns that were changed by hand.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::key_row::KeyRow;
use super::places::of_places;
use crate::stock::books::OpenTurn;
use crate::stock::model::Place;
use crate::types::{OrderLineId, ProductId, Quantity, WarehouseId};

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct TurnRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    hand_move_id: i64,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = BigInt)]
    order_line_id: OrderLineId,
    #[diesel(sql_type = Integer)]
    units: Quantity,
    #[diesel(embed)]
    key: KeyRow,
}

impl TurnRow {
    pub(super) fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }

    pub(super) fn turn(&self) -> OpenTurn {
        OpenTurn {
            id: Some(self.id),
            hand_move: self.hand_move_id,
            line: self.order_line_id,
            key: self.key.key(),
            was: self.units,
            now: self.units,
        }
    }
}

/// Turns changed by hand, of which there are few.
pub(super) fn read(conn: &mut PgConnection, of: &BTreeSet<Place>) -> QueryResult<Vec<TurnRow>> {
    of_places!(
        "select t.*, m.warehouse_id, m.product_id
         from turns t join hand_moves m on m.id = t.hand_move_id
         where (m.warehouse_id, m.product_id) in (select u.w, u.p from :rows)
         order by t.id",
        of
    )
    .load(conn)
}
