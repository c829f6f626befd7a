//! Units that take another turn than their line.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::units;
use crate::schema::turns;
use crate::stock::books::Books;
use crate::types::Quantity;

/// Turns that are new, and those of which units left or were given up. There are few.
pub(in crate::stock) fn turns(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let open = || books.shelves.values().flat_map(|shelf| &shelf.turns);
    let new: Vec<_> = open()
        .filter(|turn| turn.id.is_none() && turn.now > 0)
        .map(|turn| {
            (
                turns::hand_move_id.eq(turn.hand_move),
                turns::order_line_id.eq(turn.line),
                turns::units.eq(units(turn.now)),
                turns::pinned_at.eq(turn.key.pinned_at()),
                turns::priority_rank.eq(turn.key.priority_rank),
                turns::required_by.eq(turn.key.required_by),
                turns::placed_at.eq(turn.key.placed_at),
                turns::order_id.eq(turn.key.order),
                turns::line_number.eq(turn.key.line_number),
            )
        })
        .collect();
    if !new.is_empty() {
        diesel::insert_into(turns::table)
            .values(new)
            .execute(conn)?;
    }
    let changed: Vec<(i64, u32)> = open()
        .filter(|turn| turn.now != turn.was)
        .filter_map(|turn| Some((turn.id?, turn.now)))
        .collect();
    let spent: Vec<i64> = changed
        .iter()
        .filter(|(_, now)| *now == 0)
        .map(|(id, _)| *id)
        .collect();
    if !spent.is_empty() {
        diesel::delete(turns::table.filter(turns::id.eq_any(spent))).execute(conn)?;
    }
    let (ids, left): (Vec<i64>, Vec<Quantity>) = changed
        .into_iter()
        .filter(|(_, now)| *now > 0)
        .map(|(id, now)| (id, units(now)))
        .unzip();
    if !ids.is_empty() {
        diesel::sql_query(
            "update turns t set units = u.units from unnest($1, $2) as u (id, units) where t.id = u.id",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Integer>, _>(left)
        .execute(conn)?;
    }
    Ok(())
}
