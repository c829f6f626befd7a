//! Text as rows of cells, each with the number of the line an editor shows.
//!
//! Not the `csv` crate's reader: that one takes a stray quote to the end of the file with it and
//! counts no blank lines. Here a quote that is never closed costs its own line.

use std::borrow::Cow;

use super::marks::Marks;
use super::scan;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The line of the file it begins on; the first is 1.
    pub line: usize,
    /// Its cells, trimmed.
    pub cells: Vec<Cow<'a, str>>,
    /// Whether a quote was opened in it and not closed.
    pub is_broken: bool,
    /// Whether a blank line stands above it.
    pub after_blank: bool,
}

impl Row<'_> {
    /// The same, without the text it stands in.
    pub fn held(&self) -> Row<'static> {
        let cells = self.cells.iter();
        Row {
            cells: cells.map(|cell| Cow::Owned(cell.to_string())).collect(),
            ..*self
        }
    }
}

/// The rows of a text, blank ones left out. A row that goes over several lines must have `columns`
/// cells, otherwise its first line is broken and the next begins a row of its own.
pub fn rows(text: &str, marks: Marks, columns: Option<usize>) -> Rows<'_> {
    rows_from(text, marks, columns, 1)
}

/// The same of a part of a text that begins on a later line.
pub fn rows_from(text: &str, marks: Marks, columns: Option<usize>, line: usize) -> Rows<'_> {
    Rows {
        text,
        marks,
        columns,
        next: (0, line),
    }
}

/// See [`rows`].
pub struct Rows<'a> {
    text: &'a str,
    marks: Marks,
    columns: Option<usize>,
    /// Where the next row begins, and on which line.
    next: (usize, usize),
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        let mut after_blank = false;
        while self.next.0 < self.text.len() {
            let found = scan::find(self.text, self.next, self.marks, self.columns);
            self.next = found.next;
            if !found.is_blank() {
                return Some(found.row(self.text, after_blank));
            }
            after_blank = true;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, columns: Option<usize>) -> Vec<(usize, Vec<String>, bool)> {
        rows(text, Marks::of(b',', text), columns)
            .map(|row| {
                let cells = row.cells.iter().map(ToString::to_string).collect();
                (row.line, cells, row.is_broken)
            })
            .collect()
    }

    fn row(line: usize, cells: &[&str], is_broken: bool) -> (usize, Vec<String>, bool) {
        (
            line,
            cells.iter().map(ToString::to_string).collect(),
            is_broken,
        )
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        let text = "a,\"b,c\"\r\n\r\n\"7\"\" frame\" ,\"two\nlines\"\nlast,x";

        assert_eq!(
            read(text, Some(2)),
            [
                row(1, &["a", "b,c"], false),
                row(3, &["7\" frame", "two\nlines"], false),
                row(5, &["last", "x"], false),
            ]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line() {
        assert_eq!(
            read("a,\"open\nb,c\nd,e", Some(2)),
            [
                row(1, &["a", "open"], true),
                row(2, &["b", "c"], false),
                row(3, &["d", "e"], false),
            ]
        );
    }

    #[test]
    fn a_quote_closed_by_that_of_another_line_costs_its_own_line() {
        assert_eq!(
            read("a,\"open\nb,c\nd,\"e\"\nf,g", Some(2)),
            [
                row(1, &["a", "open"], true),
                row(2, &["b", "c"], false),
                row(3, &["d", "e"], false),
                row(4, &["f", "g"], false),
            ]
        );
    }

    #[test]
    fn inches_within_a_cell_are_text() {
        assert_eq!(
            read("frame 7\",1\n", Some(2)),
            [row(1, &["frame 7\"", "1"], false)]
        );
    }

    #[test]
    fn every_kind_of_line_end_counts_one_line() {
        for end in ["\n", "\r\n", "\r"] {
            assert_eq!(
                read(&["a,b", "", "c,d", ",,", "e,f"].join(end), Some(2)),
                [
                    row(1, &["a", "b"], false),
                    row(3, &["c", "d"], false),
                    row(5, &["e", "f"], false),
                ],
                "{end:?}"
            );
        }
    }
}
