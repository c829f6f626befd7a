//! The one door: what happens to stock is applied, or weighed before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::effect::{self, Effect};
use super::error::Error;
use super::happening::Happening;
use super::model::Cause;
use super::outcome::Outcome;
use super::weigh::{changes, weigh};
use super::{read, write};
use crate::db::Act;

/// Applies what happens: locks the places it reaches by warehouse and product, ascending, reads the
/// lines it names, applies, reads whom it affects, plans, writes the differences and tells open
/// pages. A constant number of statements however many lines wait; the locks last until the
/// transaction ends. There is no other way to change stock, so nobody can forget to lock before, or
/// to allocate after. A place nobody used before is made.
///
/// # Errors
/// What a rule refuses, except an order that is not taken, which is in the outcome; and those of the
/// database.
pub fn change(
    act: &mut Act<'_>,
    cause: &Cause,
    happenings: &[Happening],
) -> Result<Outcome, Error> {
    let mut books = read::open(act, happenings)?;
    books.apply(happenings)?;
    read::affected(act, &mut books)?;
    weigh(&mut books);
    let movements = write::write(act, &books, cause)?;
    Ok(Outcome {
        lines: changes(&books),
        movements,
        refused: books.refused,
    })
}

/// Who would gain and who would lose if this happened at an instant: losers first, then by order.
/// Reads one picture of the database; what is applied later meets what is there then.
///
/// # Errors
/// Those of [`change`]; nothing is written.
pub fn preview(
    conn: &mut PgConnection,
    at: DateTime<Utc>,
    happenings: &[Happening],
) -> Result<Vec<Effect>, Error> {
    let mut books = read::peek(conn, happenings, at)?;
    books.apply(happenings)?;
    read::affected(conn, &mut books)?;
    weigh(&mut books);
    Ok(effect::of(conn, &changes(&books))?)
}
