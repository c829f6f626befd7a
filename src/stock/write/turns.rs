//! Units that take another turn than their line.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::{Act, set_based};
use crate::schema::turns;
use crate::stock::books::Books;
use crate::types::Quantity;

/// Turns that are new, and those of which units left or were given up. There are few.
pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let open = || books.shelves.values().flat_map(|shelf| &shelf.turns);
    let new: Vec<_> = open()
        .filter(|turn| turn.id.is_none() && !turn.now.is_zero())
        .map(|turn| {
            (
                turns::hand_move_id.eq(turn.hand_move),
                turns::order_line_id.eq(turn.line),
                turns::units.eq(turn.now),
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
            .execute(act.conn())?;
    }
    let changed = || open().filter(|turn| turn.now != turn.was);
    let changed = || changed().filter_map(|turn| Some((turn.id?, turn.now)));
    let (spent, left): (Vec<(i64, Quantity)>, Vec<_>) =
        changed().partition(|(_, now)| now.is_zero());
    if !spent.is_empty() {
        let ids = spent.iter().map(|(id, _)| *id);
        diesel::delete(turns::table.filter(turns::id.eq_any(ids))).execute(act.conn())?;
    }
    if !left.is_empty() {
        set_based!(
            "update turns t set units = u.units from :rows where t.id = u.id",
            left, |(id, now)| id: BigInt = *id, units: Integer = *now
        )
        .execute(act.conn())?;
    }
    Ok(())
}
