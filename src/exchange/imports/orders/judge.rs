//! Reads a file: a look through all of it, then document by document, so many lines at a time.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::column::Column;
use super::document::Document;
use super::found::Found;
use super::grouping::{Documents, Group, Grouping};
use super::known::Known;
use super::layout::{Layout, Part};
use super::left_out::Refusal;
use super::loading::Loaded;
use super::lookalike;
use super::names::Names;
use super::novelties::Novelties;
use super::reading::{Choices, Format, NewProduct};
use super::remarks::{Remark, RemarkKind};
use super::room::Room;
use crate::exchange::Unreadable;
use crate::sheet::{self, Row, Spool};
use crate::types::{Sku, TooMuch, cut};

/// Lines that are read at a time, and to the end of the order that the last of them is of: an order
/// with more than these is not read at all.
pub(super) const AT_ONCE: usize = TooMuch::LINES;
/// Letters of a reason that quotes what a file says.
const LONGEST_REASON: usize = 400;

/// Who has a file read: knows what is there already, and takes what it comes to, part by part.
pub(in crate::exchange) trait Reader {
    type Error: From<sheet::Unreadable>;

    /// What is known of some SKUs and order numbers.
    fn known(
        &mut self,
        skus: &HashSet<String>,
        numbers: &HashSet<&str>,
    ) -> Result<Cow<'_, Known>, Self::Error>;

    fn take(&mut self, found: Found) -> Result<(), Self::Error>;
}

/// A file that can be read.
pub(in crate::exchange) struct File {
    text: Spool,
    layout: Layout,
}

impl File {
    /// Looks through a file once.
    ///
    /// # Errors
    /// When nothing can be read from it at all.
    pub(in crate::exchange) fn open(content: &Spool) -> Result<Self, Unreadable> {
        let file = sheet::spell_out(content)?;
        let layout = Layout::of(&file)?;
        Ok(Self {
            text: file.text,
            layout,
        })
    }

    /// Its lines that say anything.
    pub(in crate::exchange) const fn lines(&self) -> usize {
        self.layout.lines
    }

    /// How it is read, for a company.
    pub(in crate::exchange) fn format(&self, known: &Known) -> Format {
        Format {
            currency: known.currency.clone(),
            zone: known.zone.name().into(),
            ..self.layout.format.clone()
        }
    }

    /// Reads all of it; the products that come with its orders. Holds what its lines say for few of
    /// them at a time, and of the others where they stand.
    pub(in crate::exchange) fn read<R: Reader>(
        &self,
        choices: Choices,
        now: DateTime<Utc>,
        reader: &mut R,
    ) -> Result<Vec<NewProduct>, R::Error> {
        let (documents, names) = self.sorted(reader)?;
        let mut judging = Judging {
            file: self,
            documents: &documents,
            names: &names,
            choices,
            now,
            room: Room::default(),
            new: Novelties::default(),
        };
        let mut from = 0;
        loop {
            let next = documents.next(from, AT_ONCE);
            if next.is_empty() {
                break;
            }
            from += next.len();
            judging.judge(next, reader)?;
        }
        let new = judging.new;
        let known = reader.known(&lookalike::drawn(&new), &HashSet::new())?;
        let remarks = lookalike::remarks(&new, &known);
        reader.take(Found {
            remarks,
            ..Found::default()
        })?;
        Ok(new.products)
    }

    /// Which rows make one document, and what they call their products.
    fn sorted<R: Reader>(&self, reader: &mut R) -> Result<(Documents, Names), R::Error> {
        let layout = &self.layout;
        let mut grouping = Grouping::of(layout, &self.text)?;
        let (mut names, mut end) = (Names::default(), self.text.length());
        let mut found = Found {
            remarks: layout.remarks(),
            ..Found::default()
        };
        let mut rows = layout.walk(&self.text);
        while let Some((at, row)) = rows.next_row().map_err(sheet::Unreadable::from)? {
            match layout.part(&row) {
                Part::Head => {}
                Part::Table => {
                    layout.hear_names(&row, &mut names);
                    if let Some(lost) = grouping.take(at, &row) {
                        found.lines += 1;
                        found.refusals.push(lost);
                    }
                }
                Part::Footer => {
                    end = end.min(at);
                    found.remarks.push(below_the_table(&row));
                }
            }
            if found.is_large() {
                reader.take(std::mem::take(&mut found))?;
            }
        }
        reader.take(found)?;
        Ok((grouping.finish(end), names))
    }
}

/// What documents are judged by, one after the other.
struct Judging<'f> {
    file: &'f File,
    documents: &'f Documents,
    names: &'f Names,
    choices: Choices,
    now: DateTime<Utc>,
    room: Room,
    new: Novelties,
}

impl Judging<'_> {
    fn judge<R: Reader>(&mut self, places: &[u32], reader: &mut R) -> Result<(), R::Error> {
        let layout = &self.file.layout;
        let (long, documents): (Vec<_>, Vec<_>) = self
            .documents
            .each(places)
            .partition(|(rows, _)| rows.len() > TooMuch::LINES);
        let firsts = long.iter().map(|(rows, _)| &rows[0]);
        let all = documents.iter().flat_map(|(rows, _)| *rows);
        let read: Vec<u32> = all.chain(firsts).copied().collect();
        let loaded = Loaded::from(&self.file.text, self.documents, &read);
        let loaded = loaded.map_err(sheet::Unreadable::from)?;
        let rows = loaded.rows(layout);
        let known = reader.known(&layout.skus(&rows), &layout.numbers(&rows))?;
        self.room.learn(&known.room);
        let mut found = Found {
            lines: places.len(),
            ..Found::default()
        };
        let row = |place: &u32| loaded.at(*place).and_then(|at| rows.get(at));
        let number = |places: &[u32]| {
            let first = places.first().and_then(row);
            first.map_or("", |row| layout.cell(row, Column::Order))
        };
        for (places, beside) in documents {
            let group = Group {
                number: number(places),
                rows: places.iter().filter_map(row).collect(),
                beside,
            };
            let document = Document::new(layout, self.names, &known, self.choices, self.now, group);
            document.judge(&mut found, &mut self.room);
        }
        for (places, _) in long {
            let skipped = self.documents.too_long(number(places), places);
            found.skipped.push(skipped);
        }
        self.new.hear(&found.orders, &known, self.names);
        drop(known);
        reader.take(found)
    }
}

impl Layout {
    fn skus(&self, rows: &[Row<'_>]) -> HashSet<String> {
        let skus = rows.iter().map(|row| self.cell(row, Column::Sku));
        skus.filter_map(|sku| Sku::parse(sku).ok())
            .map(|sku| sku.as_str().to_owned())
            .collect()
    }

    fn numbers<'r>(&self, rows: &'r [Row<'_>]) -> HashSet<&'r str> {
        let rows = rows.iter();
        rows.map(|row| self.cell(row, Column::Order)).collect()
    }

    fn hear_names(&self, row: &Row<'_>, names: &mut Names) {
        if row.is_broken {
            return;
        }
        if let Ok(sku) = Sku::parse(self.cell(row, Column::Sku)) {
            let price = self.price(row).ok().flatten().map(|price| price.amount);
            names.hear(sku.as_str(), self.cell(row, Column::Description), price);
        }
    }

    /// What was decided about the file as a whole.
    fn remarks(&self) -> Vec<Remark> {
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

fn below_the_table(row: &Row<'_>) -> Remark {
    Remark {
        line: row.line,
        order: String::new(),
        kind: RemarkKind::Footer,
        text: says(row),
    }
}

/// A line that cannot be imported.
pub(super) fn refusal(row: &Row<'_>, order: &str, reason: impl Into<String>) -> Refusal {
    Refusal {
        line: row.line,
        order: order.to_owned(),
        says: says(row),
        reason: cut(&reason.into(), LONGEST_REASON).into_owned(),
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
