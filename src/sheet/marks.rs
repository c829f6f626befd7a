//! What stands between the cells of a text, and around them.

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

    /// The same of a text of which somebody has looked whether a line
    /// [holds words in quotes](holds_words_in_quotes).
    pub const fn with(separator: u8, words_in_quotes: bool) -> Self {
        Self {
            separator,
            quotes: separator != b'\t' || !words_in_quotes,
        }
    }
}

/// Whether a cell goes on after the quote that should close it.
pub fn holds_words_in_quotes(line: &str) -> bool {
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
