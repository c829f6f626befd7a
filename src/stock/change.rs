//! The one door: what happens to stock is applied, or weighed before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::books::Books;
use super::effects::{Changes, Effects};
use super::error::Error;
use super::happening::Happening;
use super::loss::{Consent, Loss};
use super::model::Cause;
use super::outcome::{LineChange, Outcome};
use super::weigh::{changes, weigh};
use super::{bounds, parcels, read, write};
use crate::catalog;
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
    apply(act, &mut books, happenings)?;
    read::affected(act, &mut books)?;
    weigh(&mut books);
    let movements = write::write(act, &books, cause)?;
    Ok(Outcome {
        lines: changes(&books),
        movements,
        refused: books.refused,
    })
}

/// The same, refused where orders would lose units that nobody agreed to lose: then the transaction
/// is to be given up, as all is written already.
///
/// # Errors
/// [`Error::NotAgreed`], and those of [`change`].
pub fn change_if_agreed(
    act: &mut Act<'_>,
    cause: &Cause,
    happenings: &[Happening],
    consent: &Consent,
) -> Result<Outcome, Error> {
    let outcome = change(act, cause, happenings)?;
    let loss = Loss::of(&outcome.lines);
    if loss.is_agreed(consent) {
        return Ok(outcome);
    }
    let (orders, units) = (loss.orders, loss.units);
    Err(Error::NotAgreed { orders, units })
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
) -> Result<Effects, Error> {
    let mut all = Changes::default();
    all.hear(preview_changes(conn, at, happenings)?);
    let today = catalog::zone(conn)?.day(at);
    Ok(all.effects(conn, today)?)
}

/// The same line by line.
pub(super) fn preview_changes(
    conn: &mut PgConnection,
    at: DateTime<Utc>,
    happenings: &[Happening],
) -> Result<Vec<LineChange>, Error> {
    let mut books = read::peek(conn, happenings, at)?;
    apply(conn, &mut books, happenings)?;
    read::affected(conn, &mut books)?;
    weigh(&mut books);
    Ok(changes(&books))
}

/// What is refused names what the books do not know: the parcels that are the cause, the place.
fn apply(
    conn: &mut PgConnection,
    books: &mut Books,
    happenings: &[Happening],
) -> Result<(), Error> {
    let mut refused = books.apply(happenings);
    match &mut refused {
        Err(
            Error::BeingPrepared { line, parcels, .. } | Error::CannotGive { line, parcels, .. },
        ) => {
            *parcels = parcels::of_line(conn, *line)?;
        }
        Err(Error::NotEnough { place, parcels, .. }) => *parcels = parcels::at(conn, *place)?,
        Err(Error::TooMany { place, named, .. }) => *named = Some(bounds::named(conn, *place)?),
        _ => {}
    }
    refused
}
