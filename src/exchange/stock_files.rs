//! Files of levels and counted units, or of kits: kept, looked at, and applied once.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

use super::actions::readable;
use super::imports::{kits, stock as levels};
use super::{Error, FileKind, FileReading};
use crate::db::Act;
use crate::schema::stock_files;
use crate::stock::{self, Consent};
use crate::types::{Quantity, StockFileId, counted, text_enum};

/// Previews nobody came back to are removed after so many days.
const KEPT_DAYS: i64 = 14;

text_enum! {
    /// What became of a file of stock.
    FileState {
        /// It can be read, and changed nothing.
        Previewed = "previewed", "Preview";
        /// What it says is so.
        Applied = "applied", "Imported";
        /// Somebody decided against it.
        Discarded = "discarded", "Discarded";
    }
}

impl FileState {
    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Previewed => "warn",
            Self::Applied => "done",
            Self::Discarded => "quiet",
        }
    }
}

/// A file of stock, without its content.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = stock_files)]
pub struct StockFile {
    pub id: StockFileId,
    /// What it is called where it came from.
    pub file_name: String,
    pub state: FileState,
    pub what: FileKind,
    /// Figures, or kits, that were changed; while previewed, those that would be.
    pub changes: Quantity,
    /// Lines left out.
    pub refused: Quantity,
    pub uploaded_at: DateTime<Utc>,
    pub applied_at: Option<DateTime<Utc>>,
}

impl StockFile {
    pub fn path(&self) -> String {
        format!("/stock/files/{}", self.id)
    }

    /// Whether it waits to be confirmed.
    pub fn is_preview(&self) -> bool {
        self.state == FileState::Previewed
    }

    /// `3 figures`, `1 kit`.
    pub fn sum(&self) -> String {
        counted(self.changes, self.what.unit())
    }

    /// What the movements say that it writes.
    pub fn note(&self) -> String {
        format!("Counted, file {}", self.file_name)
    }
}

pub fn stock_file(conn: &mut PgConnection, id: StockFileId) -> QueryResult<StockFile> {
    StockFile::query()
        .filter(stock_files::id.eq(id))
        .first(conn)
}

/// The latest files, newest first.
pub fn latest_stock_files(conn: &mut PgConnection) -> QueryResult<Vec<StockFile>> {
    StockFile::query()
        .order(stock_files::id.desc())
        .limit(20)
        .load(conn)
}

/// What a file would change as things are.
///
/// # Errors
/// Those of the database.
pub fn preview_stock_file(conn: &mut PgConnection, id: StockFileId) -> Result<FileReading, Error> {
    let content: Vec<u8> = stock_files::table
        .find(id)
        .select(stock_files::content)
        .first(conn)?;
    FileReading::of(conn, &content)
}

/// Keeps a file that can be read, until somebody confirms or discards it. Changes no stock.
///
/// # Errors
/// [`Error::Unreadable`].
pub fn keep_stock_file(act: &mut Act<'_>, name: &str, content: &[u8]) -> Result<StockFile, Error> {
    let reading = FileReading::of(act, content)?;
    let at = act.at();
    let forgotten = stock_files::state
        .eq(FileState::Previewed)
        .and(stock_files::uploaded_at.lt(at - Duration::days(KEPT_DAYS)));
    diesel::delete(stock_files::table.filter(forgotten)).execute(act.conn())?;
    let row = (
        stock_files::file_name.eq(readable(name, "stock.csv")),
        stock_files::content.eq(content),
        stock_files::uploaded_by.eq(act.by()),
        stock_files::uploaded_at.eq(at),
        stock_files::what.eq(reading.kind()),
        counts(&reading),
    );
    Ok(diesel::insert_into(stock_files::table)
        .values(row)
        .returning(StockFile::as_returning())
        .get_result(act.conn())?)
}

/// Applies a file, once: confirming it again changes nothing and answers the same. `seen` is the
/// mark of what its reader was shown.
///
/// # Errors
/// [`Error::Discarded`], [`Error::Moved`] when it would change something else than was shown, and
/// [`stock::Error::NotAgreed`] when orders would lose units that nobody agreed to lose,
/// [`stock::Error::NotYours`] of kits.
pub fn apply_stock_file(
    act: &mut Act<'_>,
    id: StockFileId,
    seen: &str,
    consent: &Consent,
) -> Result<StockFile, Error> {
    let kept = lock(act, id)?;
    match kept.state {
        FileState::Applied => return Ok(kept),
        FileState::Discarded => return Err(Error::Discarded),
        FileState::Previewed => {}
    }
    match preview_stock_file(act, id)? {
        FileReading::Levels(reading) => {
            stock::hold(act, reading.changes.iter().map(|change| change.place))?;
        }
        FileReading::Kits(_) => kits::hold(act)?,
    }
    // Nobody else changes them from here on.
    let reading = preview_stock_file(act, id)?;
    if reading.changes() == 0 {
        return Err(Error::NothingChanges);
    }
    if reading.mark() != seen {
        return Err(Error::Moved);
    }
    match &reading {
        FileReading::Levels(reading) => levels::apply(act, reading, &kept.note(), consent)?,
        FileReading::Kits(reading) => kits::apply(act, reading)?,
    }
    tracing::info!(changes = reading.changes(), "a file of stock was applied");
    Ok(diesel::update(stock_files::table.find(id))
        .set((
            stock_files::state.eq(FileState::Applied),
            stock_files::applied_at.eq(act.at()),
            stock_files::content.eq(Vec::<u8>::new()),
            counts(&reading),
        ))
        .returning(StockFile::as_returning())
        .get_result(act.conn())?)
}

/// Decides against a file. Discarding it again changes nothing.
///
/// # Errors
/// [`Error::Done`] when it is applied.
pub fn discard_stock_file(act: &mut Act<'_>, id: StockFileId) -> Result<StockFile, Error> {
    let kept = lock(act, id)?;
    match kept.state {
        FileState::Applied => return Err(Error::Done),
        FileState::Discarded => return Ok(kept),
        FileState::Previewed => {}
    }
    Ok(diesel::update(stock_files::table.find(id))
        .set((
            stock_files::state.eq(FileState::Discarded),
            stock_files::content.eq(Vec::<u8>::new()),
        ))
        .returning(StockFile::as_returning())
        .get_result(act.conn())?)
}

/// The file, kept from others until the transaction ends.
fn lock(conn: &mut PgConnection, id: StockFileId) -> QueryResult<StockFile> {
    StockFile::query()
        .filter(stock_files::id.eq(id))
        .for_no_key_update()
        .first(conn)
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = stock_files)]
struct Counts {
    changes: Quantity,
    refused: Quantity,
}

fn counts(reading: &FileReading) -> Counts {
    let count = |many: usize| Quantity::new(u32::try_from(many).unwrap_or(u32::MAX));
    Counts {
        changes: count(reading.changes()),
        refused: count(reading.refused()),
    }
}
