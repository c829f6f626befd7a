//! Text as rows of cells, each with the number of the line an editor shows.
//!
//! Not the `csv` crate's reader: that one takes a stray quote to the end of the file with it and
//! counts no blank lines. Here a quote that is never closed costs its own line.

use std::borrow::Cow;

use super::marks::Marks;

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
    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.is_empty())
    }
}

/// A longer cell is a quote that somebody forgot.
const LONGEST_CELL: usize = 32 * 1024;

/// The rows of a text, blank ones left out. A row that goes over several lines must have `columns`
/// cells, otherwise its first line is broken and the next begins a row of its own.
pub fn rows(text: &str, marks: Marks, columns: Option<usize>) -> Rows<'_> {
    Rows {
        text,
        marks,
        columns,
        at: 0,
        line: 1,
    }
}

/// See [`rows`].
pub struct Rows<'a> {
    text: &'a str,
    marks: Marks,
    columns: Option<usize>,
    at: usize,
    line: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        let mut after_blank = false;
        while self.at < self.text.len() {
            let row = self.row();
            if !row.is_blank() {
                return Some(Row { after_blank, ..row });
            }
            after_blank = true;
        }
        None
    }
}

impl<'a> Rows<'a> {
    fn row(&mut self) -> Row<'a> {
        let (start, line) = (self.at, self.line);
        let mut cells = Vec::with_capacity(self.columns.unwrap_or(8));
        let whole = self.cells(&mut cells);
        let spans = self.line > line + 1;
        let odd = spans && self.columns.is_some_and(|columns| columns != cells.len());
        if whole && !odd {
            return Row {
                line,
                cells,
                is_broken: false,
                after_blank: false,
            };
        }
        let end = end_of_line(self.text, start);
        self.at = after_line(self.text, end);
        self.line = line + 1;
        let cells = self.text[start..end]
            .split(char::from(self.marks.separator))
            .map(|cell| Cow::Borrowed(cell.trim().trim_matches('"')))
            .collect();
        Row {
            line,
            cells,
            is_broken: true,
            after_blank: false,
        }
    }

    /// Reads cells to the end of the row; false when a quote is not closed as it should be.
    fn cells(&mut self, cells: &mut Vec<Cow<'a, str>>) -> bool {
        loop {
            if self.marks.quotes && self.text.as_bytes().get(self.at) == Some(&b'"') {
                match self.quoted() {
                    Some(cell) => cells.push(cell),
                    None => return false,
                }
            } else {
                cells.push(Cow::Borrowed(self.plain().trim()));
            }
            match self.text.as_bytes().get(self.at) {
                Some(&byte) if byte == self.marks.separator => self.at += 1,
                Some(b'\r' | b'\n') => {
                    self.at = after_line(self.text, self.at);
                    self.line += 1;
                    return true;
                }
                Some(_) => return false,
                None => {
                    self.line += 1;
                    return true;
                }
            }
        }
    }

    fn plain(&mut self) -> &'a str {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest
            .iter()
            .position(|&byte| byte == self.marks.separator || byte == b'\n' || byte == b'\r')
            .unwrap_or(rest.len());
        let cell = &self.text[self.at..self.at + length];
        self.at += length;
        cell
    }

    fn quoted(&mut self) -> Option<Cow<'a, str>> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let most = (start + LONGEST_CELL).min(bytes.len());
        let (mut at, mut doubled, mut lines) = (start, false, 0);
        loop {
            match bytes[at..most].first()? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => {
                    doubled = true;
                    at += 2;
                    if at > most {
                        return None;
                    }
                }
                b'"' => break,
                b'\n' => {
                    lines += 1;
                    at += 1;
                }
                b'\r' => {
                    lines += usize::from(bytes.get(at + 1) != Some(&b'\n'));
                    at += 1;
                }
                _ => at += 1,
            }
        }
        let cell = self.text[start..at].trim();
        self.at = at + 1;
        self.line += lines;
        // Blanks between the quote and the separator are forgiven.
        while matches!(bytes.get(self.at), Some(b' ')) {
            self.at += 1;
        }
        Some(if doubled {
            Cow::Owned(cell.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(cell)
        })
    }
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..]
        .find(['\r', '\n'])
        .map_or(text.len(), |length| from + length)
}

fn after_line(text: &str, end: usize) -> usize {
    match text.as_bytes().get(end) {
        Some(b'\r') if text.as_bytes().get(end + 1) == Some(&b'\n') => end + 2,
        Some(_) => end + 1,
        None => end,
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
