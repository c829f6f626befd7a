//! Lines are counted once more, and what nobody found is not there.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Timestamptz};

use super::{lock, tell};
use crate::db::{Act, sql};
use crate::inventory::queries::BOOKS;
use crate::inventory::{Count, Error};
use crate::types::{CountId, CountLineId, Event};

/// What was found on these lines is put aside, and they are to be counted again. What they differed by
/// is kept: found twice, it is true.
///
/// # Errors
/// [`Error::CountClosed`], [`Error::NoLineNamed`] when none of them was counted.
pub fn recount(act: &mut Act<'_>, id: CountId, lines: &[CountLineId]) -> Result<Count, Error> {
    let count = lock(act, id)?;
    let lines = sql!(
        "update count_lines set earlier = counted - books, round = round + 1, counted = null, books = null,
           first_books = null, latest_movement = null, counted_at = null, counted_by = null
         where count_id = :id and id = any(:lines) and counted is not null",
        id: BigInt = id,
        lines: Array<BigInt> = lines,
    )
    .execute(act.conn())?;
    if lines == 0 {
        return Err(Error::NoLineNamed);
    }
    tell(act, &count, &Event::RecountAsked { lines })?;
    Ok(count)
}

/// Everything was looked at: lines that nobody counted are counted as 0, beside what the books say
/// now.
///
/// # Errors
/// [`Error::CountClosed`], [`Error::NoLineNamed`] when all were counted.
pub fn rest_is_none(act: &mut Act<'_>, id: CountId) -> Result<Count, Error> {
    let count = lock(act, id)?;
    let (by, at) = (act.by(), act.at());
    let lines = sql!(
        format!(
            "with found as (
               select l.id, {BOOKS} as books, coalesce((select max(m.id) from movements m
                 where m.product_id = l.product_id), 0) as latest
               from count_lines l where l.count_id = :id and l.counted is null
             ), kept as (
               insert into count_scans (count_line_id, round, units, adds, counted, books, user_id, at)
               select l.id, l.round, 0, false, 0, f.books, :by, :at from found f join count_lines l on l.id = f.id
             )
             update count_lines l set counted = 0, books = f.books, first_books = f.books,
               latest_movement = f.latest, counted_at = :at, counted_by = :by
             from found f where l.id = f.id"
        ),
        id: BigInt = id,
        by: Nullable<BigInt> = by,
        at: Timestamptz = at,
    )
    .execute(act.conn())?;
    if lines == 0 {
        return Err(Error::NoLineNamed);
    }
    tell(act, &count, &Event::RestIsNone { lines })?;
    Ok(count)
}
