//! From a file to a reading: the styles of the file first, then document by document.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::column::Column;
use super::columns::{self, Columns};
use super::dates::DayOrder;
use super::document::Document;
use super::grouping;
use super::known::Known;
use super::left_out::Refusal;
use super::lookalike;
use super::names::Names;
use super::numbers::{self, Styles};
use super::reading::{Choices, Format, Reading};
use super::remarks::{Remark, RemarkKind};
use crate::exchange::sheet::{self, Row};
use crate::exchange::text::{self, Text};
use crate::exchange::{Error, Unreadable};
use crate::types::{Money, Sku};

/// Reads a file of orders. Pure: what is known, what is chosen and the moment are given.
///
/// # Errors
/// When nothing can be read from it at all.
pub fn read(
    bytes: &[u8],
    known: &Known,
    choices: Choices,
    now: DateTime<Utc>,
) -> Result<Reading, Unreadable> {
    let text = text::decode(bytes)?;
    Ok(File::open(&text)?.judge(known, choices, now))
}

/// Reads a file of orders of a channel and asks the database what it already knows. Writes nothing.
///
/// # Errors
/// When nothing can be read from it at all, and those of the database.
pub fn preview(
    conn: &mut PgConnection,
    channel: &str,
    bytes: &[u8],
    choices: Choices,
    now: DateTime<Utc>,
) -> Result<Reading, Error> {
    let text = text::decode(bytes)?;
    let file = File::open(&text)?;
    let known = Known::load(conn, channel, &file.skus(), &file.numbers())?;
    Ok(file.judge(&known, choices, now))
}

/// A file whose head is understood.
pub(super) struct File<'a> {
    pub(super) columns: Columns,
    pub(super) styles: Styles,
    pub(super) day_order: DayOrder,
    format: Format,
    guessed_dates: bool,
    pub(super) rows: Vec<Row<'a>>,
}

impl<'a> File<'a> {
    fn open(text: &'a Text<'_>) -> Result<Self, Unreadable> {
        let head = columns::head(&text.text)?;
        let columns = head.columns;
        let rows: Vec<Row<'a>> = sheet::rows(&text.text, head.separator, Some(columns.count))
            .filter(|row| row.line > head.line)
            .collect();
        if rows.is_empty() {
            return Err(Unreadable::NoLines);
        }
        let cells =
            |column| -> Vec<&str> { rows.iter().map(|row| columns.cell(row, column)).collect() };
        let dates = cells(Column::PlacedAt);
        let (quantities, prices) = (cells(Column::Quantity), cells(Column::UnitPrice));
        let styles = Styles::of(&quantities, &prices, head.separator);
        let (day_order, guessed) = DayOrder::of(dates.iter().copied());
        let slashes = dates
            .iter()
            .any(|date| !date.is_empty() && !begins_with_year(date));
        let format = Format {
            encoding: text.encoding,
            separator: match head.separator {
                b';' => "semicolon",
                b'\t' => "tab",
                b'|' => "vertical bar",
                _ => "comma",
            },
            decimals: styles.prices.words(),
            dates: slashes.then_some(day_order.words()),
            zone: "",
            unused: columns.unused.clone(),
        };
        Ok(Self {
            columns,
            styles,
            day_order,
            format,
            guessed_dates: guessed,
            rows,
        })
    }

    pub(super) fn cell<'r>(&self, row: &'r Row<'a>, column: Column) -> &'r str {
        self.columns.cell(row, column)
    }

    /// Why the cells of a row do not stand where they should.
    pub(super) fn flaw(&self, row: &Row<'_>) -> Option<String> {
        if row.is_broken {
            return Some("A quote is opened on this line and not closed.".into());
        }
        let known = self.columns.count;
        let is_beyond = row.cells.iter().skip(known).any(|cell| !cell.is_empty());
        is_beyond.then(|| {
            let found = row.cells.len();
            format!(
                "The line has {found} cells and the head names {known} columns: a text that holds the separator \
                 must stand in quotes."
            )
        })
    }

    fn numbers(&self) -> HashSet<&str> {
        self.rows
            .iter()
            .map(|row| self.cell(row, Column::Order))
            .collect()
    }

    fn skus(&self) -> HashSet<String> {
        let skus = self.rows.iter().map(|row| self.cell(row, Column::Sku));
        skus.filter_map(|sku| Sku::parse(sku).ok())
            .map(|sku| sku.as_str().to_owned())
            .collect()
    }

    fn judge(self, known: &Known, choices: Choices, now: DateTime<Utc>) -> Reading {
        let names = self.names();
        let mut reading = Reading {
            format: Format {
                zone: known.zone.name(),
                ..self.format.clone()
            },
            lines: self.rows.len(),
            orders: Vec::new(),
            products: Vec::new(),
            refusals: Vec::new(),
            skipped: Vec::new(),
            remarks: self.file_remarks(),
        };
        let (documents, lost) = grouping::documents(&self);
        reading.refusals.extend(lost);
        for group in documents {
            let document = Document::new(&self, &names, known, choices, now, group);
            document.judge(&mut reading);
        }
        let mut seen = HashSet::new();
        for order in &reading.orders {
            let is_foreign = known.is_foreign(order.currency.as_deref());
            for line in &order.lines {
                let sku = line.sku.as_str();
                if !known.products.contains_key(sku) && seen.insert(sku) {
                    let mut product = names.product(&line.sku);
                    if is_foreign {
                        product.price = Money::ZERO;
                    }
                    reading.products.push(product);
                }
            }
        }
        let alike = lookalike::remarks(&reading, known);
        reading.remarks.extend(alike);
        reading.refusals.sort_by_key(|refusal| refusal.line);
        reading.skipped.sort_by_key(|document| document.line);
        reading
            .remarks
            .sort_by_key(|remark| (remark.kind, remark.line));
        reading
    }

    fn names(&self) -> Names<'_> {
        let mut names = Names::default();
        for row in self.rows.iter().filter(|row| !row.is_broken) {
            if let Ok(sku) = Sku::parse(self.cell(row, Column::Sku)) {
                let price = self.cell(row, Column::UnitPrice);
                let price = numbers::price(price, self.styles.prices).map(|price| price.amount);
                names.hear(
                    sku.as_str(),
                    self.cell(row, Column::Description),
                    price.ok(),
                );
            }
        }
        names
    }

    fn file_remarks(&self) -> Vec<Remark> {
        let mut remarks = Vec::new();
        let mut whole_file = |kind, text: String| {
            remarks.push(Remark {
                line: 1,
                order: String::new(),
                kind,
                text,
            });
        };
        if self.guessed_dates {
            let words = self.day_order.words();
            whole_file(
                RemarkKind::DayOrder,
                format!("No date of the file tells day from month: read as {words}."),
            );
        }
        if !self.columns.has(Column::PlacedAt) {
            whole_file(
                RemarkKind::NoDate,
                "The file has no column with dates.".into(),
            );
        }
        remarks
    }
}

/// A line that cannot be imported.
pub(super) fn refusal(row: &Row<'_>, order: &str, reason: impl Into<String>) -> Refusal {
    let says: String = row
        .cells
        .join(" \u{b7} ")
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(160)
        .collect();
    Refusal {
        line: row.line,
        order: order.to_owned(),
        says,
        reason: reason.into(),
    }
}

fn begins_with_year(date: &str) -> bool {
    date.bytes().take_while(u8::is_ascii_digit).count() >= 4
}
