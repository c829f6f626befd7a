//! A file of levels and counted units: read, previewed, applied.

mod apply;
mod file;
mod judge;
mod known;
mod reading;

pub use apply::{apply, happenings};
pub use reading::{Change, Figure, Reading, Refusal};

use diesel::PgConnection;

use super::super::Unreadable;
use crate::catalog;
use crate::exchange::Error;
use crate::types::ProductId;

/// What a file would change as things are. Writes nothing.
///
/// # Errors
/// [`Unreadable`].
pub fn preview(conn: &mut PgConnection, text: &str) -> Result<Reading, Error> {
    let file = file::File::open(text)?;
    if file.lines.is_empty() {
        return Err(Unreadable::NoLines.into());
    }
    let known = known::known(conn, &file.lines)?;
    let products: Vec<ProductId> = known.values().filter_map(|line| line.product_id).collect();
    let kits = catalog::kit_refusals(conn, &products, "count")?;
    Ok(judge::judge(&file, &known, &kits))
}

/// The columns of such a file.
pub fn column_names() -> impl Iterator<Item = &'static str> {
    file::NAMES.iter().map(|(_, name, _)| *name)
}
