//! How much one file may be, beside its bytes: what a line becomes takes memory, however short it is.

use super::Unreadable;

/// Lines of a file that is read piece by piece: six times those of an import of 40,000 orders. Each is
/// kept as the place where it stands, with its order and its product where they are new; where all are,
/// as many take some 400 MB while they are read.
pub const MOST_LINES: usize = 500_000;
/// Lines of a file that are held together, and judged by one statement: close to two kilobytes each.
pub const MOST_HELD: usize = 200_000;
/// Bytes of a line; a longer one is no line of a table.
const LONGEST_LINE: usize = 100_000;
/// Cells of a row that are told apart; what stands beyond them is of the last.
pub(super) const MOST_CELLS: usize = 500;

/// Counts lines as an editor shows them, and measures each.
pub(super) struct Lines {
    most: usize,
    line: usize,
    length: usize,
    after_return: bool,
}

impl Lines {
    pub(super) const fn at_most(most: usize) -> Self {
        Self {
            most,
            line: 1,
            length: 0,
            after_return: false,
        }
    }

    /// Hears the next piece of a text.
    ///
    /// # Errors
    /// [`Unreadable::ManyLines`], [`Unreadable::LongLine`].
    pub(super) fn hear(&mut self, piece: &str) -> Result<(), Unreadable> {
        for byte in piece.bytes() {
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => (self.line, self.length) = (self.line + 1, 0),
                _ => self.say()?,
            }
            self.after_return = byte == b'\r';
        }
        Ok(())
    }

    /// A letter of the line; one that says nothing is none too many.
    const fn say(&mut self) -> Result<(), Unreadable> {
        self.length += 1;
        if self.line > self.most {
            Err(Unreadable::ManyLines(self.most))
        } else if self.length > LONGEST_LINE {
            Err(Unreadable::LongLine(self.line))
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(pieces: &[&str]) -> Result<(), Unreadable> {
        let mut lines = Lines::at_most(3);
        pieces.iter().try_for_each(|piece| lines.hear(piece))
    }

    #[test]
    fn lines_are_counted_however_they_end_and_wherever_a_piece_does() {
        for fits in [
            &["a\nb\nc\n"][..],
            &["a\r\nb\r\nc\r\n"],
            &["a\r", "\nb\r", "\nc\r", "\n"],
            &["a\rb\rc"],
        ] {
            assert_eq!(heard(fits), Ok(()), "{fits:?}");
        }
        for long in [&["a\nb\nc\nd"][..], &["a\r\nb\r", "\r", "\nd"]] {
            assert_eq!(heard(long), Err(Unreadable::ManyLines(3)), "{long:?}");
        }
    }

    #[test]
    fn a_line_that_never_ends_is_named() {
        let long = "a".repeat(LONGEST_LINE);

        assert_eq!(heard(&["a\n", &long, "\nb"]), Ok(()));
        assert_eq!(heard(&["a\n", &long, "b"]), Err(Unreadable::LongLine(2)));
    }
}
