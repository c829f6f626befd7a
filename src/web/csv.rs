//! Lists as CSV, for spreadsheets and scripts.

use std::sync::Arc;

use actix_web::web::Bytes;
use diesel::PgConnection;
use futures_util::stream;

use super::columns::{Cell, Column};
use super::{Result, html};
use crate::db::Db;
use crate::error::Error;

/// Tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How a table says yes or no.
pub fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.into()
}

/// A CSV in the making: comma, quotes where needed, one head line.
pub struct Csv(csv::Writer<Vec<u8>>);

impl Csv {
    /// Begins with the names of the columns.
    pub fn new(head: &[&str]) -> Result<Self> {
        let mut file = Self(csv::Writer::from_writer(BYTE_ORDER_MARK.into()));
        file.row(head)?;
        Ok(file)
    }

    /// Begins without a head, for a program that wants its cells parted in its own way: it is told
    /// nothing of how the file is written.
    pub fn parted_by(separator: u8) -> Self {
        let mut writer = csv::WriterBuilder::new();
        Self(writer.delimiter(separator).from_writer(Vec::new()))
    }

    /// A whole table.
    pub fn table<Row>(columns: &[Column<Row>], rows: &[Row]) -> Result<Self> {
        let head: Vec<&str> = cells(columns).map(|(name, _)| *name).collect();
        let mut file = Self::new(&head)?;
        file.rows(columns, rows)?;
        Ok(file)
    }

    /// Adds a line for every row.
    ///
    /// # Errors
    /// When the columns are not those of the head.
    pub fn rows<Row>(&mut self, columns: &[Column<Row>], rows: &[Row]) -> Result<()> {
        for row in rows {
            self.row(cells(columns).map(|(_, cell)| cell(row)))?;
        }
        Ok(())
    }

    /// Adds a line. A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    ///
    /// # Errors
    /// When the line has not as many cells as the head.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<()> {
        let cells = cells.into_iter().map(|cell| harmless(cell.as_ref()));
        self.0.write_record(cells).map_err(failure)
    }

    /// The download, named `name`, of a table too large to be held, sent part by part while it is read.
    /// `rows_after` reads the rows after a key, and the key after which they go on; none: these were all.
    ///
    /// # Errors
    /// None before the first part is asked for.
    pub fn of_parts<Row: Send + 'static, Key: Send + 'static>(
        (name, columns): (&str, &'static [Column<Row>]),
        db: Db,
        rows_after: impl Fn(&mut PgConnection, Option<Key>) -> Result<(Vec<Row>, Option<Key>)>
        + Send
        + Sync
        + 'static,
    ) -> Result {
        let rows_after = Arc::new(rows_after);
        let parts = stream::try_unfold(Rest::All, move |rest| {
            let (db, rows_after) = (db.clone(), Arc::clone(&rows_after));
            async move {
                let (mut file, after) = match rest {
                    Rest::All => (Self::table(columns, &[])?, None),
                    Rest::After(key) => (Self(csv::Writer::from_writer(Vec::new())), Some(key)),
                    Rest::Nothing => return Ok(None),
                };
                let (rows, next) = db.read(move |conn| rows_after(conn, after)).await?;
                file.rows(columns, &rows)?;
                let rest = next.map_or(Rest::Nothing, Rest::After);
                Ok::<_, Error>(Some((file.bytes()?, rest)))
            }
        });
        html::csv_stream(name, parts)
    }

    fn bytes(self) -> Result<Bytes> {
        Ok(self.0.into_inner().map_err(failure)?.into())
    }

    /// The download, named `name`.
    pub fn finish(self, name: &str) -> Result {
        html::csv(name, self.0.into_inner().map_err(failure)?)
    }
}

/// What is still to be sent.
enum Rest<Key> {
    All,
    After(Key),
    Nothing,
}

fn cells<Row>(columns: &[Column<Row>]) -> impl Iterator<Item = &Cell<Row>> {
    columns.iter().filter_map(|column| column.cell.as_ref())
}

fn harmless(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if runs && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn failure(error: impl std::fmt::Display) -> Error {
    Error::Failure(format!("CSV: {error}"))
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for cell in ["-3", "+4.50", "Mug", "", "A=B"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
