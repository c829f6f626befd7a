//! From a file to a reading: the styles of the file first, then document by document.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::apply::Destination;
use super::column::Column;
use super::document::Document;
use super::file::File;
use super::grouping;
use super::known::Known;
use super::left_out::Refusal;
use super::lookalike;
use super::names::Names;
use super::reading::{Choices, Format, Reading};
use super::remarks::{Remark, RemarkKind};
use crate::exchange::{Error, Unreadable};
use crate::sheet::{self, Row};
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
    let text = sheet::decode(bytes)?;
    Ok(File::open(&text)?.judge(known, choices, now))
}

/// Reads a file of orders and asks the database what it already knows. Writes nothing.
///
/// # Errors
/// When nothing can be read from it at all, and those of the database.
pub fn preview(
    conn: &mut PgConnection,
    to: &Destination,
    bytes: &[u8],
    choices: Choices,
    now: DateTime<Utc>,
) -> Result<Reading, Error> {
    let text = sheet::decode(bytes)?;
    let file = File::open(&text)?;
    let known = Known::load(conn, to, &file.skus(), &file.numbers())?;
    Ok(file.judge(&known, choices, now))
}

impl File<'_> {
    fn judge(self, known: &Known, choices: Choices, now: DateTime<Utc>) -> Reading {
        let names = self.names();
        let mut reading = Reading {
            format: Format {
                currency: known.currency.clone(),
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
        let mut room = known.room.clone();
        let (documents, lost) = grouping::documents(&self);
        reading.refusals.extend(lost);
        for group in documents {
            let document = Document::new(&self, &names, known, choices, now, group);
            document.judge(&mut reading, &mut room);
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
                let price = self.price(row).ok().flatten().map(|price| price.amount);
                names.hear(sku.as_str(), self.cell(row, Column::Description), price);
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
        remarks.extend(self.footer.iter().map(|row| Remark {
            line: row.line,
            order: String::new(),
            kind: RemarkKind::Footer,
            text: says(row),
        }));
        remarks
    }
}

/// A line that cannot be imported.
pub(super) fn refusal(row: &Row<'_>, order: &str, reason: impl Into<String>) -> Refusal {
    Refusal {
        line: row.line,
        order: order.to_owned(),
        says: says(row),
        reason: reason.into(),
    }
}

/// What a line says, for people.
fn says(row: &Row<'_>) -> String {
    let all = row.cells.join(" \u{b7} ");
    let letters = all
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.take(160).collect()
}
