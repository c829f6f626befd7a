//! The text of the file, as lines whose cells have names.

use crate::sheet::{Row, Table};
use crate::types::cut;

/// Letters of a cell that are read: no product is called so long.
const LONGEST: usize = 200;

/// What each column is called, and what else it may be called.
pub(super) const NAMES: [(&str, &[&str]); 3] = [
    ("kit", &["kit_sku", "kitsku", "set", "bundle"]),
    ("part", &["part_sku", "partsku", "component", "item"]),
    ("quantity", &["qty", "units", "per_kit", "in_one_kit"]),
];

/// What one line of the file says.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub number: usize,
    /// A SKU or a barcode.
    pub kit: String,
    /// The same.
    pub part: String,
    pub quantity: String,
    /// Why its cells do not stand where they should.
    pub flaw: Option<String>,
}

pub(super) struct File<'a> {
    table: Table<'a>,
    /// What the file calls each of the [`NAMES`].
    named: [Option<&'static str>; 3],
}

impl<'a> File<'a> {
    /// `None`: no column of it is about kits.
    pub fn open(text: &'a str) -> Option<Self> {
        let known: Vec<&str> = all_names().collect();
        let table = Table::open(text, &known);
        let named = NAMES.map(|(name, others)| {
            let mut names = std::iter::once(name).chain(others.iter().copied());
            names.find(|name| table.has(name))
        });
        named[0].is_some().then_some(Self { table, named })
    }

    /// What it calls its columns, where one is missing.
    pub fn lacks_columns(&self) -> Option<String> {
        let lacks = self.named.iter().any(Option::is_none);
        lacks.then(|| self.table.names())
    }

    pub fn lines(&self) -> Vec<Line> {
        self.table.rows().map(|row| self.line(&row)).collect()
    }

    fn line(&self, row: &Row<'_>) -> Line {
        let [kit, part, quantity] = self.named.map(|name| {
            let cell = name.and_then(|name| self.table.cell(row, name));
            cut(cell.unwrap_or_default().trim(), LONGEST).into_owned()
        });
        Line {
            number: row.line,
            kit,
            part,
            quantity,
            flaw: self.table.flaw(row),
        }
    }
}

fn all_names() -> impl Iterator<Item = &'static str> {
    NAMES
        .iter()
        .flat_map(|(name, others)| std::iter::once(*name).chain(others.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names_in_any_order() {
        let file = File::open("Qty;Note;Kit SKU;Component\n2;x;set;mug\n").expect("it is of kits");

        assert_eq!(file.lacks_columns(), None);
        let lines = file.lines();
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.number, &*line.kit, &*line.part, &*line.quantity))
            .collect();
        assert_eq!(said, [(2, "set", "mug", "2")]);
    }

    #[test]
    fn a_file_without_kits_is_none_of_kits() {
        assert!(File::open("sku,counted\nMUG,3").is_none());
        let torn = File::open("kit,part\nSET,MUG").expect("it is of kits");
        assert_eq!(torn.lacks_columns().as_deref(), Some("kit, part"));
    }
}
