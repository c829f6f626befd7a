//! Lists as CSV, for spreadsheets and scripts.

use actix_web::web::Bytes;
use futures_util::Stream;

use super::columns::{Cell, Column};
use super::{Result, html};
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

    /// Goes on with a file whose beginning is on its way already.
    pub fn more() -> Self {
        Self(csv::Writer::from_writer(Vec::new()))
    }

    /// What was added so far, as a part of a file too large to be held at once.
    pub fn part(self) -> Result<Bytes> {
        Ok(self.0.into_inner().map_err(failure)?.into())
    }

    /// The download, named `name`, sent part by part while it is made.
    pub fn stream(name: &str, parts: impl Stream<Item = Result<Bytes>> + 'static) -> Result {
        html::csv_stream(name, parts)
    }

    /// The download, named `name`.
    pub fn finish(self, name: &str) -> Result {
        html::csv(name, self.0.into_inner().map_err(failure)?)
    }
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
