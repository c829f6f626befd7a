//! The rows of a text that is too long to be held.

use std::io;

use super::marks::Marks;
use super::rows::Row;
use super::scan::{self, Found};
use super::spool::Spool;

/// Bytes of the text that are read at a time.
const PIECE: usize = 64 * 1024;

/// Walks through a text row by row, blank ones left out, as [`rows`](super::rows()) does. Holds a
/// piece of the text, and of a row that is longer all of that row.
pub struct RowWalk<'s> {
    text: &'s Spool,
    marks: Marks,
    columns: Option<usize>,
    window: String,
    /// Where the window begins in the text.
    from: usize,
    /// The next row: where in the window, and its line.
    next: (usize, usize),
}

impl<'s> RowWalk<'s> {
    pub const fn through(text: &'s Spool, marks: Marks, columns: Option<usize>) -> Self {
        Self {
            text,
            marks,
            columns,
            window: String::new(),
            from: 0,
            next: (0, 1),
        }
    }

    /// The next row, and where in the text it begins; none at the end.
    ///
    /// # Errors
    /// When the text cannot be read again.
    pub fn next_row(&mut self) -> io::Result<Option<(usize, Row<'_>)>> {
        let mut after_blank = false;
        let (at, found) = loop {
            let Some(found) = self.find()? else {
                return Ok(None);
            };
            let (at, _) = self.next;
            self.next = found.next;
            if !found.is_blank() {
                break (at, found);
            }
            after_blank = true;
        };
        let row = found.row(&self.window, after_blank);
        Ok(Some((self.from + at, row)))
    }

    /// The next row, with as much text in the window as it takes to tell where it ends.
    fn find(&mut self) -> io::Result<Option<Found>> {
        loop {
            if self.next.0 == self.window.len() && !self.read_on()? {
                return Ok(None);
            }
            let found = scan::find(&self.window, self.next, self.marks, self.columns);
            if !found.meets_end || !self.read_on()? {
                return Ok(Some(found));
            }
        }
    }

    /// Reads a piece more, twice as much as is held where one row fills all of it; false at the end.
    fn read_on(&mut self) -> io::Result<bool> {
        let (passed, _) = self.next;
        let length = PIECE.max(self.window.len() - passed);
        let piece = self.text.part(self.from + self.window.len(), length)?;
        if piece.is_empty() {
            return Ok(false);
        }
        let whole = match std::str::from_utf8(&piece) {
            Ok(text) => text,
            // The last letter goes on in the next piece.
            Err(error) => std::str::from_utf8(&piece[..error.valid_up_to()]).unwrap_or_default(),
        };
        if whole.is_empty() {
            return Err(io::Error::other("what was written as text is none"));
        }
        self.window.drain(..passed);
        self.window.push_str(whole);
        self.from += passed;
        self.next.0 = 0;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::rows;

    /// Line and cells of a row, whether it is broken, and whether it stands after a blank one.
    type Told = (usize, Vec<String>, bool, bool);

    /// Rows as they are read at once, and piece by piece.
    fn both(text: &str, columns: usize) -> [Vec<Told>; 2] {
        let marks = Marks::of(b',', text);
        let told = |row: &Row<'_>| {
            let cells = row.cells.iter().map(ToString::to_string).collect();
            (row.line, cells, row.is_broken, row.after_blank)
        };
        let whole = rows(text, marks, Some(columns)).map(|row| told(&row));
        let spool = Spool::from(text);
        let (mut walk, mut walked) = (RowWalk::through(&spool, marks, Some(columns)), Vec::new());
        while let Some((at, row)) = walk.next_row().expect("it is in memory") {
            let again = super::super::rows_from(&text[at..], marks, Some(columns), row.line).next();
            assert_eq!(
                again.map(|again| told(&again)).map(|again| again.1),
                Some(told(&row).1)
            );
            walked.push(told(&row));
        }
        [whole.collect(), walked]
    }

    #[test]
    fn a_long_text_has_the_rows_it_has_when_it_is_held() {
        for line in [
            "1,\"two\r\nlines\",caf\u{e9} \u{1f600}\r\n",
            "1,\"7\"\" frame\",x\r\r",
            "1,\"never closed,x\n2,plain,y\n\n",
            "\n\n1,\"closed \"later,x\n",
        ] {
            for begin in ["", "a", "ab", "abc"] {
                let text = format!("{begin}{}", line.repeat(9_000));

                let [whole, walked] = both(&text, 3);

                assert!(whole == walked, "{line:?}");
            }
        }
    }

    #[test]
    fn a_row_that_is_longer_than_a_piece_is_one() {
        let text = format!("1,{},x\n2,y,z", "long ".repeat(100_000));

        let [whole, walked] = both(&text, 3);

        assert!(whole == walked);
        assert_eq!(whole.len(), 2);
    }
}
