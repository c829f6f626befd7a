//! A file whose first line names its columns, in our own words: what an export of ours holds.

use super::marks::Marks;
use super::rows::{Row, rows};
use crate::types::cut;

/// A head, with what stands where below it.
#[derive(Debug)]
pub struct Table<'a> {
    names: Vec<String>,
    text: &'a str,
    marks: Marks,
    /// The line of the head.
    head: usize,
}

impl<'a> Table<'a> {
    /// Reads a text whose columns have some of these names, in any order and however they are
    /// separated; a line `sep=;`, as spreadsheets write it, is no row.
    pub fn open(text: &'a str, known: &[&str]) -> Self {
        let ways = [b'|', b'\t', b';', b','].map(|separator| Marks::of(separator, text));
        let head = |marks| rows(text, marks, None).find(|row| !is_separator_line(row));
        let (marks, head, names) = ways
            .into_iter()
            .filter_map(|marks| {
                let row = head(marks)?;
                let names = row.cells.iter().map(|cell| named(cell)).collect();
                Some((marks, row.line, names))
            })
            .max_by_key(|(_, _, names): &(_, _, Vec<String>)| {
                known
                    .iter()
                    .filter(|name| names.iter().any(|each| each == *name))
                    .count()
            })
            .unwrap_or((ways[3], 0, Vec::new()));
        Self {
            names,
            text,
            marks,
            head,
        }
    }

    /// The rows below the head.
    pub fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let (head, columns) = (self.head, self.names.len());
        rows(self.text, self.marks, Some(columns)).filter(move |row| row.line > head)
    }

    /// Whether the file has a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.at(name).is_some()
    }

    /// What the file calls its columns, in a few words.
    pub fn names(&self) -> String {
        first_names(&self.names)
    }

    /// What a row says in a column; `None`: the file has no such column.
    pub fn cell<'r>(&self, row: &'r Row<'_>, name: &str) -> Option<&'r str> {
        let cell = row.cells.get(self.at(name)?);
        Some(cell.map_or("", |cell| without_apostrophe(cell)))
    }

    /// Why the cells of a row do not stand where they should.
    pub fn flaw(&self, row: &Row<'_>) -> Option<String> {
        if row.is_broken {
            return Some("A quote is opened on this line and not closed.".into());
        }
        let known = self.names.len();
        let is_beyond = row.cells.iter().skip(known).any(|cell| !cell.is_empty());
        is_beyond.then(|| {
            let found = row.cells.len();
            format!(
                "The line has {found} cells and the head names {known} columns: a text that holds \
                 the separator must stand in quotes."
            )
        })
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|each| each == name)
    }
}

/// The first few of the names of columns, for a sentence.
pub fn first_names(names: &[impl AsRef<str>]) -> String {
    let first = names.iter().take(12);
    let first: Vec<_> = first.map(|name| cut(name.as_ref(), 40)).collect();
    first.join(", ")
}

/// `On hand` is `on_hand`.
fn named(cell: &str) -> String {
    let words: Vec<&str> = cell
        .split([' ', '_', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join("_").to_lowercase()
}

/// Whether a row only says how the others are separated.
pub fn is_separator_line(row: &Row<'_>) -> bool {
    row.cells
        .first()
        .is_some_and(|cell| cell.to_ascii_lowercase().starts_with("sep="))
}

/// Without what spreadsheets and shops put before a value so that it stays a text: `'00501`.
pub fn without_apostrophe(cell: &str) -> &str {
    let value = cell.strip_prefix(['\'', '\u{2019}']).unwrap_or(cell);
    let begins = |letter: char| letter.is_ascii_digit() || "=+-@".contains(letter);
    if value.starts_with(begins) {
        value
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, String, String)> {
        let table = Table::open(text, &["code", "on_hand"]);
        let cell = |row: &Row<'_>, name| table.cell(row, name).unwrap_or("none").to_owned();
        let rows = table.rows();
        rows.map(|row| (row.line, cell(&row, "code"), cell(&row, "on_hand")))
            .collect()
    }

    #[test]
    fn columns_are_found_by_name_however_they_are_separated() {
        let expected = [(3, "A-01".to_owned(), "7".to_owned())];
        for text in [
            "On hand,note,CODE\n\n7,x,A-01\n",
            "on_hand;note;code\n\n7;x;A-01",
            "on-hand\tnote\tcode\n\n7\tx\tA-01",
            "sep=;\non_hand;code\n7;'A-01\n".replace("'A", "A").as_str(),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
        assert_eq!(read("code\n=A"), [(2, "=A".into(), "none".into())]);
        assert_eq!(read("code\n'-A"), [(2, "-A".into(), "none".into())]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_line_that_is_torn_is_named() {
        let table = Table::open("code,zone\nA,\"open\nB,1,2\nC,1", &["code", "zone"]);

        let rows = table.rows();
        let flaws: Vec<bool> = rows.map(|row| table.flaw(&row).is_some()).collect();

        assert_eq!(flaws, [true, true, false]);
    }
}
