//! Which lines make one document: all of one number, wherever they stand, and below each line those
//! that leave blank what the order said already.

use std::collections::{HashMap, HashSet};

use super::column::Column;
use super::file::File;
use super::judge::refusal;
use super::left_out::Refusal;
use crate::sheet::Row;

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

/// Lines by order, each order where its first line stands; and lines that belong to none.
pub(super) fn documents<'f, 'a>(file: &'f File<'a>) -> (Vec<Group<'f, 'a>>, Vec<Refusal>) {
    let well_formed = file.rows.iter().filter(|row| file.flaw(row).is_none());
    let mut grouping = Grouping {
        file,
        numbers: well_formed
            .map(|row| file.cell(row, Column::Order))
            .collect(),
        groups: Vec::new(),
        places: HashMap::new(),
        above: None,
        last: None,
        lost: None,
        refusals: Vec::new(),
    };
    for row in &file.rows {
        match grouping.number(row) {
            Ok(number) => grouping.add(number, row),
            Err(reason) => grouping.lose(row, &reason),
        }
    }
    (grouping.groups, grouping.refusals)
}

struct Grouping<'f, 'a> {
    file: &'f File<'a>,
    /// Order numbers that stand on a line nothing is wrong with.
    numbers: HashSet<&'f str>,
    groups: Vec<Group<'f, 'a>>,
    places: HashMap<&'f str, usize>,
    /// The order that a line without a number continues: its number, and its first line there.
    above: Option<(&'f str, &'f Row<'a>)>,
    /// The group of the line above.
    last: Option<usize>,
    /// The line above, when it belongs to nothing.
    lost: Option<usize>,
    refusals: Vec<Refusal>,
}

impl<'f, 'a> Grouping<'f, 'a> {
    /// Which order a line belongs to, or why to none.
    fn number(&mut self, row: &'f Row<'a>) -> Result<&'f str, String> {
        let number = self.file.cell(row, Column::Order);
        if let Some(flaw) = self.file.flaw(row)
            && !(self.file.columns.is_first(Column::Order) || self.numbers.contains(number))
        {
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
        self.above = match self.above {
            _ if self.file.flaw(row).is_some() => None,
            Some((above, first)) if above == number => Some((number, first)),
            _ => Some((number, row)),
        };
        Ok(number)
    }

    fn continued(&self, row: &'f Row<'a>) -> Result<&'f str, String> {
        let Some((number, first)) = self.above else {
            return Err("The order number is missing.".into());
        };
        let other = REPEATED.into_iter().find(|column| {
            let said = self.file.cell(row, *column);
            !said.is_empty() && said != self.file.cell(first, *column)
        });
        other.map_or(Ok(number), |column| {
            let (name, said) = (self.file.columns.name(column), self.file.cell(row, column));
            Err(format!(
                "The order number is missing, and {name} {said:?} is not that of order {number} above."
            ))
        })
    }

    fn add(&mut self, number: &'f str, row: &'f Row<'a>) {
        let place = *self.places.entry(number).or_insert_with(|| {
            self.groups.push(Group {
                number,
                rows: Vec::new(),
                beside: None,
            });
            self.groups.len() - 1
        });
        let group = &mut self.groups[place];
        group.rows.push(row);
        group.beside = group.beside.or(self.lost.take());
        self.last = Some(place);
    }

    fn lose(&mut self, row: &'f Row<'a>, reason: &str) {
        self.refusals.push(refusal(row, "", reason));
        if let Some(last) = self.last {
            self.groups[last].beside.get_or_insert(row.line);
        }
        (self.above, self.lost) = (None, Some(row.line));
    }
}
