//! Where the cells of a row stand in a text.

use std::borrow::Cow;

use super::bounds::MOST_CELLS;
use super::marks::Marks;
use super::rows::Row;

/// A longer cell is a quote that somebody forgot.
const LONGEST_CELL: usize = 32 * 1024;

/// A row that was found.
pub(super) struct Found {
    cells: Vec<Span>,
    line: usize,
    is_broken: bool,
    /// Where the next row begins, and on which line.
    pub(super) next: (usize, usize),
    /// Whether more text could make another row of it.
    pub(super) meets_end: bool,
}

/// A part of the text, in which quotes may stand for one.
#[derive(Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
    is_doubled: bool,
}

impl Found {
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.from == cell.to)
    }

    /// The row, in the text it was found in.
    pub(super) fn row<'a>(&self, text: &'a str, after_blank: bool) -> Row<'a> {
        let cells = self.cells.iter().map(|cell| {
            let says = &text[cell.from..cell.to];
            match cell.is_doubled {
                true => Cow::Owned(says.replace("\"\"", "\"")),
                false => Cow::Borrowed(says),
            }
        });
        Row {
            line: self.line,
            cells: cells.collect(),
            is_broken: self.is_broken,
            after_blank,
        }
    }
}

/// Finds the row that begins there. One that goes over several lines must have `columns` cells,
/// otherwise its first line is broken and the next begins a row of its own.
pub(super) fn find(
    text: &str,
    (at, line): (usize, usize),
    marks: Marks,
    columns: Option<usize>,
) -> Found {
    let mut scan = Scan {
        text,
        marks,
        at,
        line,
        meets_end: false,
        cells: Vec::with_capacity(columns.unwrap_or(8)),
    };
    let whole = scan.cells();
    let spans = scan.line > line + 1;
    let odd = spans && columns.is_some_and(|columns| columns != scan.cells.len());
    let is_broken = !whole || odd;
    if is_broken {
        scan.break_off(at, line);
    }
    Found {
        cells: scan.cells,
        line,
        is_broken,
        next: (scan.at, scan.line),
        meets_end: scan.meets_end,
    }
}

struct Scan<'a> {
    text: &'a str,
    marks: Marks,
    at: usize,
    line: usize,
    meets_end: bool,
    cells: Vec<Span>,
}

impl<'a> Scan<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads cells to the end of the row; false when a quote is not closed as it should be.
    fn cells(&mut self) -> bool {
        loop {
            if self.marks.quotes && self.byte() == Some(b'"') {
                if !self.quoted() {
                    return false;
                }
            } else {
                let cell = self.plain().trim();
                self.keep(cell, false);
            }
            match self.byte() {
                Some(byte) if byte == self.marks.separator => self.at += 1,
                Some(b'\r' | b'\n') => {
                    self.pass_line_end();
                    return true;
                }
                Some(_) => return false,
                None => {
                    self.meets_end = true;
                    self.line += 1;
                    return true;
                }
            }
        }
    }

    fn keep(&mut self, cell: &'a str, is_doubled: bool) {
        let from = cell.as_ptr().addr() - self.text.as_ptr().addr();
        let to = from + cell.len();
        match self.cells.get_mut(MOST_CELLS - 1) {
            Some(last) => last.to = to,
            None => self.cells.push(Span {
                from,
                to,
                is_doubled,
            }),
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

    fn quoted(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let most = (start + LONGEST_CELL).min(bytes.len());
        let (mut at, mut is_doubled, mut lines) = (start, false, 0);
        loop {
            match bytes.get(at..most).and_then(<[u8]>::first) {
                None => {
                    self.meets_end |= most == bytes.len();
                    return false;
                }
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                    is_doubled = true;
                    at += 2;
                }
                Some(b'"') => break,
                Some(b'\n') => {
                    lines += 1;
                    at += 1;
                }
                Some(b'\r') => {
                    lines += usize::from(bytes.get(at + 1) != Some(&b'\n'));
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
        let cell = self.text[start..at].trim();
        self.keep(cell, is_doubled);
        self.at = at + 1;
        self.line += lines;
        // Blanks between the quote and the separator are forgiven.
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
        true
    }

    /// Takes the first line alone, cell by cell, whatever its quotes say.
    fn break_off(&mut self, start: usize, line: usize) {
        let rest = &self.text[start..];
        let end = rest.find(['\r', '\n']);
        self.meets_end |= end.is_none();
        let first = &rest[..end.unwrap_or(rest.len())];
        self.cells.clear();
        for cell in first.split(char::from(self.marks.separator)) {
            self.keep(cell.trim().trim_matches('"'), false);
        }
        (self.at, self.line) = (start + first.len(), line);
        match end {
            Some(_) => self.pass_line_end(),
            None => self.line += 1,
        }
    }

    fn pass_line_end(&mut self) {
        let next = self.text.as_bytes().get(self.at + 1);
        let is_return = self.byte() == Some(b'\r');
        self.meets_end |= is_return && next.is_none();
        self.at += if is_return && next == Some(&b'\n') {
            2
        } else {
            1
        };
        self.line += 1;
    }
}
