//! A file of kits, a row per part: read, previewed, applied.

mod file;
mod judge;
mod reading;

pub use reading::{Change, Reading, Refusal};

use diesel::PgConnection;

use super::super::Unreadable;
use crate::db::Act;
use crate::exchange::Error;
use crate::inventory::{self, KitEdit};
use crate::stock;

/// Whether a text is a file of kits: one of its columns is called so.
pub fn is_meant(text: &str) -> bool {
    file::File::open(text).is_some()
}

/// What a file would change as things are. Writes nothing.
///
/// # Errors
/// [`Unreadable`].
pub fn preview(conn: &mut PgConnection, text: &str) -> Result<Reading, Error> {
    let file = file::File::open(text).ok_or(Unreadable::NoLines)?;
    if let Some(found) = file.lacks_columns() {
        return Err(Unreadable::NoKitColumns { found }.into());
    }
    let lines = file.lines();
    if lines.is_empty() {
        return Err(Unreadable::NoLines.into());
    }
    Ok(judge::judge(conn, &lines)?)
}

/// Keeps what a reading is made of as it is until the transaction ends.
///
/// # Errors
/// Those of the database.
pub fn hold(act: &mut Act<'_>) -> Result<(), Error> {
    Ok(stock::pause(act)?)
}

/// Packs the kits as the file says, in a constant number of statements.
///
/// # Errors
/// [`Error::Moved`] when a kit cannot be so any more.
pub fn apply(act: &mut Act<'_>, reading: &Reading) -> Result<(), Error> {
    let edits: Vec<KitEdit> = reading
        .changes
        .iter()
        .map(|change| change.edit.clone())
        .collect();
    inventory::set_parts(act, &edits).map_err(|why| match why {
        inventory::Error::Stock(error) => error.into(),
        inventory::Error::Db(error) => error.into(),
        _ => Error::Moved,
    })
}

/// The columns of such a file.
pub fn column_names() -> impl Iterator<Item = &'static str> {
    file::NAMES.iter().map(|(name, _)| *name)
}
