//! What a file of locations comes to: new ones, changes, and lines that cannot be. Pure, but for what
//! is known.

use std::collections::HashMap;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::codes;
use super::entry::{Entry, capacity, next_place, walk};
use super::known::Known;
use crate::catalog::{Location, LocationKind};
use crate::sheet::{Row, Table};
use crate::types::{LocationId, optional_text};

/// The names of the columns, as the export has them. Only `code` is needed.
pub const COLUMNS: [&str; 10] = [
    "warehouse",
    "code",
    "barcode",
    "kind",
    "zone",
    "walk",
    "capacity",
    "active",
    "products",
    "units",
];
/// A line that changes a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub line: usize,
    pub id: LocationId,
    pub before: Entry,
    pub after: Entry,
}

impl Changed {
    /// What changes: label, old, new.
    pub fn changes(&self) -> Vec<(&'static str, String, String)> {
        let pairs = self.before.facts().into_iter().zip(self.after.facts());
        let changes = pairs.filter(|((_, was), (_, now))| was != now);
        changes
            .map(|((label, was), (_, now))| (label, was, now))
            .collect()
    }
}

/// A line that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub line: usize,
    /// What it calls the location.
    pub code: String,
    /// Why.
    pub why: String,
}

/// What a file comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// New locations, with their lines.
    pub new: Vec<(usize, Entry)>,
    pub changed: Vec<Changed>,
    pub unchanged: usize,
    pub bad: Vec<Bad>,
}

impl Plan {
    /// Whether nothing would be written.
    pub fn is_nothing(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty()
    }

    /// Stands for all that would be written: whoever agreed to it agreed to nothing else.
    pub fn mark(&self) -> String {
        let print = Sha256::digest(format!("{:?}{:?}", self.new, self.changed));
        print
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// The barcodes that a file names, and those its locations would have without.
pub fn barcodes(table: &Table<'_>, known: &crate::catalog::Warehouse) -> Vec<String> {
    let named = table
        .rows()
        .filter_map(|row| match table.cell(&row, "barcode") {
            None | Some("") => {
                let code = codes::code(table.cell(&row, "code")?).ok()?;
                codes::usual_barcode(known, &code).ok()
            }
            Some(barcode) => codes::barcode(barcode).ok(),
        });
    named.collect()
}

/// Judges each line of a file.
pub fn judge(table: &Table<'_>, known: &Known) -> Plan {
    let mut judging = Judging {
        table,
        known,
        lines: HashMap::new(),
        barcodes: HashMap::new(),
        walk: known.last_of_walk(),
        plan: Plan::default(),
    };
    for row in table.rows() {
        if let Err(why) = judging.line(&row) {
            let code = table.cell(&row, "code").unwrap_or_default().to_owned();
            judging.plan.bad.push(Bad {
                line: row.line,
                code,
                why,
            });
        }
    }
    judging.plan
}

struct Judging<'a> {
    table: &'a Table<'a>,
    known: &'a Known,
    /// Where each code stands.
    lines: HashMap<String, usize>,
    /// And each barcode.
    barcodes: HashMap<String, usize>,
    /// The last place that was given.
    walk: i32,
    plan: Plan,
}

impl Judging<'_> {
    fn line(&mut self, row: &Row<'_>) -> Result<(), String> {
        if let Some(flaw) = self.table.flaw(row) {
            return Err(flaw);
        }
        let code = codes::code(self.cell(row, "code").unwrap_or_default())?;
        if let Some(line) = self.lines.insert(code.clone(), row.line) {
            return Err(format!("Line {line} names it already."));
        }
        self.check_warehouse(row)?;
        let before = self.known.by_code.get(&code);
        let after = self.entry(row, code, before)?;
        self.check_barcode(row, &after, before.map(|location| location.id))?;
        let Some(location) = before else {
            self.walk = self.walk.max(after.walk);
            self.plan.new.push((row.line, after));
            return Ok(());
        };
        let before = Entry::from(location);
        if before == after {
            self.plan.unchanged += 1;
            return Ok(());
        }
        if self.known.holding.contains(&location.id) {
            still_allowed(&before, &after)?;
        }
        let id = location.id;
        self.plan.changed.push(Changed {
            line: row.line,
            id,
            before,
            after,
        });
        Ok(())
    }

    fn cell<'r>(&self, row: &'r Row<'_>, name: &str) -> Option<&'r str> {
        self.table.cell(row, name)
    }

    fn check_warehouse(&self, row: &Row<'_>) -> Result<(), String> {
        let own = &self.known.warehouse.code;
        match self.cell(row, "warehouse").unwrap_or_default() {
            "" => Ok(()),
            code if code.to_uppercase() == *own => Ok(()),
            other => Err(format!(
                "It says warehouse {other}, and this file is read for {own}."
            )),
        }
    }

    /// The location as the line has it; of what it does not say, what is so already, or is usual.
    fn entry(
        &self,
        row: &Row<'_>,
        code: String,
        before: Option<&Location>,
    ) -> Result<Entry, String> {
        let cell = |name| self.cell(row, name);
        let said = |name| cell(name).filter(|text| !text.is_empty());
        let barcode = match (said("barcode"), before) {
            (Some(text), _) => codes::barcode(text).map_err(|why| of("Barcode", &why))?,
            (None, Some(before)) => before.barcode.clone(),
            (None, None) => codes::usual_barcode(&self.known.warehouse, &code)
                .map_err(|why| of("Barcode", &why))?,
        };
        let kind = match said("kind") {
            Some(text) => kind(text)?,
            None => before.map_or(LocationKind::Shelf, |before| before.kind),
        };
        let zone = match cell("zone") {
            Some(text) => optional_text(text, 40).map_err(|why| of("Zone", &why))?,
            None => before.map(|before| before.zone.clone()).unwrap_or_default(),
        };
        let walk = match (said("walk"), before) {
            (Some(text), _) => walk(text)?,
            (None, Some(before)) => before.walk,
            (None, None) => next_place(self.walk).ok_or("The walk would go beyond 1,000,000.")?,
        };
        let capacity = match cell("capacity") {
            Some(text) => capacity(text).map_err(|why| of("Capacity", &why))?,
            None => before.and_then(|before| before.capacity),
        };
        let is_active = match said("active") {
            Some(text) => yes(text)?,
            None => before.is_none_or(|before| before.is_active),
        };
        Ok(Entry {
            code,
            barcode,
            kind,
            zone,
            walk,
            capacity,
            is_active,
        })
    }

    fn check_barcode(
        &mut self,
        row: &Row<'_>,
        after: &Entry,
        id: Option<LocationId>,
    ) -> Result<(), String> {
        if let Some((who, of)) = self.known.barcodes.get(&after.barcode)
            && (of.is_none() || *of != id)
        {
            return Err(format!("The barcode {} is that of {who}.", after.barcode));
        }
        match self.barcodes.insert(after.barcode.clone(), row.line) {
            Some(line) => Err(format!("Line {line} names this barcode already.")),
            None => Ok(()),
        }
    }
}

/// Whether what holds goods may change so.
fn still_allowed(before: &Entry, after: &Entry) -> Result<(), String> {
    if before.is_active && !after.is_active {
        Err("Goods lie there: move them before it is archived.".into())
    } else if before.kind.is_usable() != after.kind.is_usable() {
        Err("Goods lie there: move them before it becomes quarantine, or ceases to be.".into())
    } else {
        Ok(())
    }
}

fn kind(text: &str) -> Result<LocationKind, String> {
    LocationKind::from_str(&text.to_lowercase()).map_err(|_| {
        let kinds: Vec<&str> = LocationKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!(
            "Kind: \u{201c}{text}\u{201d} is none of {}.",
            kinds.join(", ")
        )
    })
}

fn yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "oui" => Ok(true),
        "no" | "false" | "0" | "non" => Ok(false),
        _ => Err(format!(
            "Active: \u{201c}{text}\u{201d} is neither yes nor no."
        )),
    }
}

fn of(label: &str, why: &str) -> String {
    format!("{label}: {why}")
}
