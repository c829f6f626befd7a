//! Which lines make one document: all of one number, wherever they stand, and below each line those
//! that leave blank what the order said already.

use std::collections::{HashMap, HashSet};

use super::column::Column;
use super::judge::refusal;
use super::layout::{Layout, Part};
use super::left_out::{Refusal, Skipped, Why};
use crate::sheet::{Row, Spool, Unreadable};
use crate::types::TooMuch;

/// What an order says once for all its lines.
const REPEATED: [Column; 6] = [
    Column::Customer,
    Column::CustomerName,
    Column::Email,
    Column::PlacedAt,
    Column::Address,
    Column::Country,
];

/// The lines of one order, its first one with its number.
pub(super) struct Group<'f, 'a> {
    pub(super) number: &'f str,
    pub(super) rows: Vec<&'f Row<'a>>,
    /// A line next to them that belongs to nothing, and so perhaps to them.
    pub(super) beside: Option<usize>,
}

/// Where a row of the table stands, and whose it is; small, as there is one for every line.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowAt {
    /// Where it begins in the text.
    pub(super) at: u32,
    pub(super) line: u32,
    /// Of which document it is, in the order of their first lines; none: it belongs to nothing.
    group: Option<Nth>,
}

/// Counted from one, so that none needs no room.
type Nth = std::num::NonZeroU32;

/// The rows of a file by document, as they are met line by line.
pub(super) struct Grouping<'l> {
    layout: &'l Layout,
    /// Order numbers that stand on a line nothing is wrong with, where that matters.
    numbers: HashSet<Box<str>>,
    rows: Vec<RowAt>,
    /// Of each document, the line next to it that belongs to nothing.
    beside: Vec<Option<Nth>>,
    places: HashMap<Box<str>, Nth>,
    /// The order that a line without a number continues.
    above: Option<Above>,
    /// The document of the line above.
    last: Option<Nth>,
    /// The line above, when it belongs to nothing.
    lost: Option<Nth>,
}

/// An order, as the first of the lines there that name it says it.
struct Above {
    number: Box<str>,
    said: [Box<str>; REPEATED.len()],
}

impl<'l> Grouping<'l> {
    pub(super) fn of(layout: &'l Layout, text: &Spool) -> Result<Self, Unreadable> {
        Ok(Self {
            layout,
            numbers: match layout.columns.is_first(Column::Order) {
                true => HashSet::new(),
                false => well_formed(layout, text)?,
            },
            rows: Vec::new(),
            beside: Vec::new(),
            places: HashMap::new(),
            above: None,
            last: None,
            lost: None,
        })
    }

    /// Takes in a row of the table that begins there in the text; why it belongs to no document, if it
    /// does not.
    pub(super) fn take(&mut self, at: usize, row: &Row<'_>) -> Option<Refusal> {
        let number = self.number(row);
        let group = number.as_ref().ok().map(|number| self.group(number));
        self.rows.push(RowAt {
            at: short(at),
            line: short(row.line),
            group,
        });
        match number {
            Ok(_) => {
                self.last = group;
                None
            }
            Err(reason) => {
                self.lose(row);
                Some(refusal(row, "", reason))
            }
        }
    }

    /// Which order a line belongs to, or why to none.
    fn number(&mut self, row: &Row<'_>) -> Result<Box<str>, String> {
        let number = self.layout.cell(row, Column::Order);
        let flaw = self.layout.flaw(row);
        let is_flawed = flaw.is_some();
        let counts = self.layout.columns.is_first(Column::Order) || self.numbers.contains(number);
        if let Some(flaw) = flaw.filter(|_| !counts) {
            return Err(flaw);
        }
        if number.is_empty() {
            return self.continued(row);
        }
        if number.chars().count() > 64 {
            return Err("An order number has at most 64 characters.".into());
        }
        if number
            .chars()
            .any(|letter| letter.is_control() || letter == '\u{fffd}')
        {
            return Err("The order number holds characters that cannot be read.".into());
        }
        if is_flawed {
            self.above = None;
        } else if self
            .above
            .as_ref()
            .is_none_or(|above| *above.number != *number)
        {
            self.above = Some(Above {
                number: number.into(),
                said: REPEATED.map(|column| self.layout.cell(row, column).into()),
            });
        }
        Ok(number.into())
    }

    fn continued(&self, row: &Row<'_>) -> Result<Box<str>, String> {
        let Some(above) = &self.above else {
            return Err("The order number is missing.".into());
        };
        let mut repeated = REPEATED.into_iter().zip(&above.said);
        let other = repeated.find(|(column, there)| {
            let said = self.layout.cell(row, *column);
            !said.is_empty() && *said != ***there
        });
        let number = &above.number;
        other.map_or(Ok(number.clone()), |(column, _)| {
            let name = self.layout.columns.name(column);
            let said = self.layout.cell(row, column);
            Err(format!(
                "The order number is missing, and {name} {said:?} is not that of order {number} above."
            ))
        })
    }

    /// The document of a number, which may begin here.
    fn group(&mut self, number: &str) -> Nth {
        let group = match self.places.get(number) {
            Some(known) => *known,
            None => {
                self.beside.push(None);
                let group = nth(self.beside.len());
                self.places.insert(number.into(), group);
                group
            }
        };
        let lost = self.lost.take();
        let beside = &mut self.beside[place(group)];
        *beside = beside.or(lost);
        group
    }

    fn lose(&mut self, row: &Row<'_>) {
        let line = nth(row.line);
        if let Some(last) = self.last {
            self.beside[place(last)].get_or_insert(line);
        }
        (self.above, self.lost) = (None, Some(line));
    }

    /// The documents, once all rows are taken in; the table ends there in the text.
    pub(super) fn finish(self, end: usize) -> Documents {
        let rows = &self.rows;
        let mut order: Vec<u32> = (0..short(rows.len())).collect();
        order.retain(|at| rows[*at as usize].group.is_some());
        order.sort_by_key(|at| rows[*at as usize].group);
        Documents {
            rows: self.rows,
            order,
            beside: self.beside,
            end: short(end),
        }
    }
}

/// The rows of a file by document, each document where its first line stands.
pub(super) struct Documents {
    /// Every row of the table, in the order of the text.
    pub(super) rows: Vec<RowAt>,
    /// Places in `rows`, document by document.
    order: Vec<u32>,
    beside: Vec<Option<Nth>>,
    /// Where the table ends in the text.
    pub(super) end: u32,
}

impl Documents {
    /// The next documents from a place of the order on, of at least so many rows together if there are
    /// so many: each with its rows, as places in `rows`.
    pub(super) fn next(&self, from: usize, least: usize) -> &[u32] {
        let rest = &self.order[from..];
        let last = rest.get(..least).and_then(<[u32]>::last);
        let Some(last) = last.map(|at| self.rows[*at as usize].group) else {
            return rest;
        };
        let more = rest[least..].iter();
        let more = more.take_while(|at| self.rows[**at as usize].group == last);
        &rest[..least + more.count()]
    }

    /// Some of them, one by one, with the line next to each that belongs to nothing.
    pub(super) fn each<'d>(
        &'d self,
        of: &'d [u32],
    ) -> impl Iterator<Item = (&'d [u32], Option<usize>)> {
        let group = |at: &u32| self.rows[*at as usize].group;
        let documents = of.chunk_by(move |one, next| group(one) == group(next));
        documents.map(move |rows| {
            let beside = group(&rows[0]).and_then(|group| self.beside[place(group)]);
            (rows, beside.map(|line| line.get() as usize))
        })
    }

    /// What is said of one with more lines than an order has: they are not looked at.
    pub(super) fn too_long(&self, number: &str, of: &[u32]) -> Skipped {
        let line = |at: Option<&u32>| at.map_or(0, |at| self.rows[*at as usize].line as usize);
        Skipped {
            line: line(of.first()),
            last: line(of.last()),
            order: number.to_owned(),
            lines: of.len(),
            why: Why::TooMuch(TooMuch::Lines(of.len())),
        }
    }
}

/// Order numbers that stand on a line nothing is wrong with.
fn well_formed(layout: &Layout, text: &Spool) -> Result<HashSet<Box<str>>, Unreadable> {
    let (mut rows, mut numbers) = (layout.walk(text), HashSet::new());
    while let Some((_, row)) = rows.next_row()? {
        let number = layout.cell(&row, Column::Order);
        let counts = layout.part(&row) == Part::Table && layout.flaw(&row).is_none();
        if counts && !numbers.contains(number) {
            numbers.insert(number.into());
        }
    }
    Ok(numbers)
}

/// Files have at most 32 MB, and so has no text three times as many bytes.
fn short(count: usize) -> u32 {
    u32::try_from(count).expect("a file is far smaller")
}

fn nth(count: usize) -> Nth {
    Nth::new(short(count)).expect("it is counted from one")
}

const fn place(group: Nth) -> usize {
    group.get() as usize - 1
}
