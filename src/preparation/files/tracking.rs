//! A carrier's file of tracking numbers, judged line by line.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{CarrierFiles, ReferenceKind};
use crate::preparation::{Carrier, Departure, Numbers, ShipmentStatus};
use crate::sheet::{self, Marks, Row, first_names, is_separator_line, without_apostrophe};
use crate::types::{CarrierId, ShipmentId, cut};

/// Letters of a reference or a number that are looked at.
const LONGEST: usize = 120;

/// A line of the file: what it says of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As an editor counts them.
    pub line: usize,
    pub reference: String,
    pub tracking: String,
    is_broken: bool,
}

impl Asked {
    /// Its number, with the carrier whose file it is.
    pub fn with(&self, carrier: &Carrier) -> Departure {
        Departure {
            carrier: carrier.says.name.clone(),
            tracking_number: self.tracking.clone(),
        }
    }
}

/// A parcel that a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: ShipmentId,
    pub number: String,
    pub status: ShipmentStatus,
    pub tracking_number: String,
    /// Who would carry it, of ours, as it is labelled or as its order says.
    pub carrier: Option<(CarrierId, String)>,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The parcel gets the number.
    Taken { id: ShipmentId, parcel: String },
    /// It has it already.
    Same { parcel: String },
    /// It is left out; why.
    LeftOut(String),
}

/// A line with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub asked: Asked,
    pub verdict: Verdict,
}

/// What a file comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub lines: Vec<Line>,
}

impl Plan {
    /// The parcels that get a number.
    pub fn taken(&self) -> impl Iterator<Item = (ShipmentId, &str)> {
        self.lines.iter().filter_map(|line| match line.verdict {
            Verdict::Taken { id, .. } => Some((id, line.asked.tracking.as_str())),
            _ => None,
        })
    }

    pub fn left_out(&self) -> usize {
        let is_out = |line: &&Line| matches!(line.verdict, Verdict::LeftOut(_));
        self.lines.iter().filter(is_out).count()
    }

    /// Another text once another parcel would get a number, or another number.
    pub fn mark(&self) -> String {
        let mut all = DefaultHasher::new();
        self.taken().for_each(|taken| taken.hash(&mut all));
        format!("{:016x}", all.finish())
    }
}

/// The lines of a file.
///
/// # Errors
/// When it has not the columns that the carrier's page names.
pub fn asked(files: &CarrierFiles, text: &str) -> Result<Vec<Asked>, String> {
    let marks = Marks::of(files.import_separator.byte(), text);
    let rows = || sheet::rows(text, marks, None).filter(|row| !is_separator_line(row));
    let head = rows().next().ok_or("The file has no line.")?;
    let at = |column: &str| place(&head, column);
    let (reference, tracking) = (at(&files.import_reference)?, at(&files.import_tracking)?);
    let is_titled = [&files.import_reference, &files.import_tracking]
        .iter()
        .any(|column| number(column).is_none());
    let rows = sheet::rows(text, marks, Some(head.cells.len()));
    let rows = rows.filter(|row| !is_separator_line(row) && (!is_titled || row.line > head.line));
    let cell = |row: &Row<'_>, at: usize| {
        let cell = row
            .cells
            .get(at)
            .map_or("", |cell| without_apostrophe(cell));
        cut(cell, LONGEST).into_owned()
    };
    let asked = rows.map(|row| Asked {
        line: row.line,
        reference: cell(&row, reference),
        tracking: cell(&row, tracking),
        is_broken: row.is_broken,
    });
    Ok(asked.collect())
}

/// Where a column is, by its number or by its title.
fn place(head: &Row<'_>, column: &str) -> Result<usize, String> {
    if let Some(number) = number(column) {
        return Ok(number - 1);
    }
    let titles = head.cells.iter().map(|cell| without_apostrophe(cell));
    let found = titles
        .map(str::to_lowercase)
        .position(|title| title == column.to_lowercase());
    found.ok_or_else(|| {
        let there = first_names(&head.cells);
        format!("The file has no column {column}. It has: {there}.")
    })
}

fn number(column: &str) -> Option<usize> {
    column.parse().ok().filter(|number| *number > 0)
}

/// What becomes of each line; `known` has the parcels that each reference names, `having` those that have one of its
/// numbers already.
pub fn judge(
    (carrier, kind): (&Carrier, ReferenceKind),
    asked: Vec<Asked>,
    (known, mut having): (&HashMap<String, Vec<Known>>, Numbers),
) -> Plan {
    let mut named: HashMap<ShipmentId, usize> = HashMap::new();
    let lines = asked.into_iter().map(|asked| {
        let parcels = known.get(&asked.reference).map_or(&[][..], Vec::as_slice);
        let verdict = match verdict((carrier, kind), &asked, parcels) {
            Ok(parcel) => match named.insert(parcel.id, asked.line) {
                Some(line) => {
                    named.insert(parcel.id, line);
                    let number = &parcel.number;
                    Verdict::LeftOut(format!("{number} is named on line {line} already."))
                }
                None if parcel.tracking_number == asked.tracking => Verdict::Same {
                    parcel: parcel.number.clone(),
                },
                None => match having.give((parcel.id, &parcel.number), &asked.with(carrier)) {
                    Some(other) => {
                        Verdict::LeftOut(format!("{} is the number of {other}.", asked.tracking))
                    }
                    None => Verdict::Taken {
                        id: parcel.id,
                        parcel: parcel.number.clone(),
                    },
                },
            },
            Err(why) => Verdict::LeftOut(why),
        };
        Line { asked, verdict }
    });
    Plan {
        lines: lines.collect(),
    }
}

/// The parcel that a line may give a number to.
fn verdict<'a>(
    (carrier, kind): (&Carrier, ReferenceKind),
    asked: &Asked,
    parcels: &'a [Known],
) -> Result<&'a Known, String> {
    if asked.is_broken {
        return Err("A quote is opened on this line and not closed.".into());
    }
    if asked.reference.is_empty() {
        return Err("It names no parcel.".into());
    }
    let Some(first) = parcels.first() else {
        let reference = &asked.reference;
        return Err(match kind {
            ReferenceKind::Parcel => format!("There is no parcel {reference}."),
            ReferenceKind::Order => format!("There is no parcel of an order {reference}."),
            ReferenceKind::External => format!("There is no parcel of a reference {reference}."),
        });
    };
    let under_way = || parcels.iter().filter(|parcel| parcel.status.is_under_way());
    let parcel = match (under_way().next(), under_way().nth(1)) {
        (Some(parcel), None) => parcel,
        (Some(_), Some(_)) => {
            let numbers: Vec<&str> = under_way().map(|parcel| parcel.number.as_str()).collect();
            return Err(format!("It names several parcels: {}.", numbers.join(", ")));
        }
        (None, _) => {
            let gone = parcels
                .iter()
                .find(|each| each.status == ShipmentStatus::Shipped);
            return Err(match gone {
                Some(gone) => format!("{} has already left.", gone.number),
                None => format!("{} was given back to the queue.", first.number),
            });
        }
    };
    match &parcel.carrier {
        Some((id, name)) if *id != carrier.id => {
            return Err(format!("{} goes with {name}.", parcel.number));
        }
        _ if asked.tracking.is_empty() => return Err("It has no tracking number.".into()),
        _ => {}
    }
    let takes = carrier.says.takes(&asked.tracking);
    takes.map_err(|error| error.to_string())?;
    Ok(parcel)
}
