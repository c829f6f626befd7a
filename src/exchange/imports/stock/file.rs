//! The text of the file, as lines whose cells have names.

use std::collections::HashMap;

use crate::exchange::Unreadable;
use crate::sheet::{self, Marks, Row};
use crate::types::cut;

/// Letters of a cell that are read: nothing that a file of stock names is called so long.
const LONGEST: usize = 200;

/// What a column can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Sku,
    Barcode,
    Warehouse,
    Bin,
    Warning,
    Ideal,
    Counted,
}

/// Each column, what it is called, and what else it may be called: letters only, lower case.
pub(super) const NAMES: &[(Column, &str, &str)] = &[
    (Column::Sku, "sku", "sku product article productsku"),
    (Column::Barcode, "barcode", "barcode ean gtin upc"),
    (Column::Warehouse, "warehouse", "warehouse warehousecode"),
    (Column::Bin, "bin", "bin usualbin location usuallocation"),
    (
        Column::Warning,
        "warning_level",
        "warninglevel warning minimum",
    ),
    (Column::Ideal, "ideal_level", "ideallevel ideal maximum"),
    (
        Column::Counted,
        "counted",
        "counted countedonhand countedunits",
    ),
];

/// What one line of the file says; nothing of what it has no column for.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub number: usize,
    pub sku: String,
    pub barcode: String,
    pub warehouse: String,
    /// The bin the product belongs in.
    pub bin: String,
    pub warning: String,
    pub ideal: String,
    pub counted: String,
    /// Whether a quote was opened in it and not closed.
    pub is_broken: bool,
}

pub(super) struct File {
    pub lines: Vec<Line>,
}

impl File {
    pub fn open(text: &str) -> Result<Self, Unreadable> {
        let marks = Marks::of(separator(text), text);
        let mut rows = sheet::rows(text, marks, None);
        let head = rows.next().ok_or(sheet::Unreadable::Empty)?;
        let columns = columns(&head);
        let has = |column| columns.contains_key(&column);
        let names_product = has(Column::Sku) || has(Column::Barcode);
        let says = [Column::Bin, Column::Warning, Column::Ideal, Column::Counted];
        let says_something = says.into_iter().any(has);
        if !names_product || !says_something {
            return Err(Unreadable::NoStockColumns {
                found: sheet::first_names(&head.cells),
            });
        }
        let rows = sheet::rows(text, marks, Some(head.cells.len()));
        let lines = rows.filter(|row| row.line > head.line);
        Ok(Self {
            lines: lines.map(|row| Line::of(&row, &columns)).collect(),
        })
    }
}

impl Line {
    fn of(row: &Row<'_>, columns: &HashMap<Column, usize>) -> Self {
        let cell = |column| {
            let cell = columns.get(&column).and_then(|at| row.cells.get(*at));
            let text = cell.map_or("", |cell| cell.trim());
            let text = cut(text, LONGEST);
            // A spreadsheet was told that this is no formula.
            match text.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
                _ => text.into_owned(),
            }
        };
        Self {
            number: row.line,
            sku: cell(Column::Sku),
            barcode: cell(Column::Barcode),
            warehouse: cell(Column::Warehouse),
            bin: cell(Column::Bin),
            warning: cell(Column::Warning),
            ideal: cell(Column::Ideal),
            counted: cell(Column::Counted),
            is_broken: row.is_broken,
        }
    }

    /// What the file calls the product.
    pub fn product(&self) -> &str {
        match self.sku.as_str() {
            "" => &self.barcode,
            sku => sku,
        }
    }
}

/// What stands between the names of the columns.
fn separator(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty());
    let head = head.unwrap_or_default();
    let many = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let candidates = [b'|', b'\t', b';', b','];
    candidates.into_iter().max_by_key(many).unwrap_or(b',')
}

fn columns(head: &Row<'_>) -> HashMap<Column, usize> {
    let mut columns = HashMap::new();
    for (at, cell) in head.cells.iter().enumerate() {
        let letters = cell.chars().filter(|letter| letter.is_ascii_alphanumeric());
        let name = letters.collect::<String>().to_lowercase();
        let known = NAMES
            .iter()
            .find(|(_, _, names)| names.split(' ').any(|each| each == name));
        if let Some((column, ..)) = known {
            columns.entry(*column).or_insert(at);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names_in_any_order() {
        let file = File::open("Ideal level;SKU;Note\n5;mug;x\n;'=jug;\n").expect("it is read");

        let said: Vec<_> = file
            .lines
            .iter()
            .map(|line| (line.number, line.sku.as_str(), line.ideal.as_str()))
            .collect();
        assert_eq!(said, [(2, "mug", "5"), (3, "=jug", "")]);
    }

    #[test]
    fn a_file_that_says_nothing_of_stock_is_refused() {
        for text in ["sku,on_hand\nMUG,3", "warning_level\n3"] {
            assert!(matches!(
                File::open(text),
                Err(Unreadable::NoStockColumns { .. })
            ));
        }
    }
}
