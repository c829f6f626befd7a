//! What stands between the cells of a text, and around them.

use std::io;

use super::spool::Spool;

/// How a text is cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Between two cells.
    pub separator: u8,
    /// Whether a quote at the beginning of a cell holds it together; else it is a letter of it.
    pub quotes: bool,
}

impl Marks {
    /// Marketplaces separate with tabs and quote nothing: there a cell may begin with a word in
    /// quotes.
    pub fn of(separator: u8, text: &str) -> Self {
        Self::with(separator, text.lines().any(holds_words_in_quotes))
    }

    /// The same of a text of which somebody knows whether it has [words in quotes](words_in_quotes).
    pub const fn with(separator: u8, words_in_quotes: bool) -> Self {
        Self {
            separator,
            quotes: separator != b'\t' || !words_in_quotes,
        }
    }
}

/// Whether a cell of any line begins with words in quotes, which tabs may stand beside.
///
/// # Errors
/// When the text cannot be read again.
pub fn words_in_quotes(text: &Spool) -> io::Result<bool> {
    let holds = |line: &[u8]| holds_words_in_quotes(&String::from_utf8_lossy(line));
    let mut line = Vec::new();
    for piece in text.pieces(64 * 1024) {
        let piece = piece?;
        let mut parts = piece.split(|byte| matches!(byte, b'\n' | b'\r'));
        line.extend_from_slice(parts.next().unwrap_or_default());
        for next in parts {
            if holds(&line) {
                return Ok(true);
            }
            line.clear();
            line.extend_from_slice(next);
        }
    }
    Ok(holds(&line))
}

/// Whether a cell goes on after the quote that should close it.
fn holds_words_in_quotes(line: &str) -> bool {
    line.split('\t').any(|cell| {
        let within = cell.trim().strip_prefix('"').unwrap_or_default();
        let within = within.replace("\"\"", "");
        within.find('"').is_some_and(|end| end + 1 < within.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_quotes_are_text_where_nothing_is_quoted() {
        let quotes = |text| Marks::of(b'\t', text).quotes;

        assert!(quotes(
            "\"7\"\" frame\"\t1\n\"two\nlines\"\t2\n\"Quoted\"\t3"
        ));
        assert!(!quotes("1\t\"Best Cook\" mug\n2\t\"Quoted\""));
    }
}
