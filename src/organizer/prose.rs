//! The text of an entry in pieces: words, links, and colleagues who are named.

use crate::db::Document;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub words: String,
    /// Where it leads; empty: nowhere.
    pub href: String,
    /// It leads out of the application.
    pub is_outside: bool,
    /// It names a colleague.
    pub is_person: bool,
}

impl Piece {
    fn of(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            href: String::new(),
            is_outside: false,
            is_person: false,
        }
    }

    fn found(word: &str) -> Self {
        let query = serde_urlencoded::to_string([("q", word)]).unwrap_or_default();
        Self {
            href: format!("/search?{query}"),
            ..Self::of(word)
        }
    }

    fn address(address: &str) -> Self {
        Self {
            href: address.to_owned(),
            is_outside: true,
            ..Self::of(address)
        }
    }

    fn person(written: &str) -> Self {
        Self {
            is_person: true,
            ..Self::of(written)
        }
    }
}

/// A text in pieces; `mentions` are the colleagues it names, as they are written there.
pub fn pieces(text: &str, mentions: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (0, 0);
    let mut in_word = false;
    while let Some(letter) = text[at..].chars().next() {
        let found = (!in_word).then(|| linked(&text[at..], mentions)).flatten();
        in_word = letter.is_alphanumeric();
        let Some(piece) = found else {
            at += letter.len_utf8();
            continue;
        };
        if plain < at {
            pieces.push(Piece::of(&text[plain..at]));
        }
        at += piece.words.len();
        plain = at;
        in_word = true;
        pieces.push(piece);
    }
    if plain < text.len() {
        pieces.push(Piece::of(&text[plain..]));
    }
    pieces
}

/// What a text begins with, if it leads somewhere or names somebody.
fn linked(text: &str, mentions: &[String]) -> Option<Piece> {
    if let Some(address) = address(text) {
        return Some(Piece::address(address));
    }
    let mut named = mentions.iter().filter(|written| ends_there(text, written));
    if let Some(written) = named.next() {
        return Some(Piece::person(written));
    }
    let from = usize::from(text.starts_with('#'));
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let rest = &text[from..];
    let long = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
    let word = text[..from + long].trim_end_matches('-');
    // A shop writes #1001.
    let of_a_shop = from == 1 && word.chars().any(|letter| letter.is_ascii_digit());
    (of_a_shop || Document::is_number(word)).then(|| Piece::found(word))
}

/// The address of a page, without the sentence it stands in.
fn address(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"];
    let begun = scheme.into_iter().find(|scheme| text.starts_with(scheme))?;
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"');
    let whole = &text[..text.find(ends).unwrap_or(text.len())];
    let mut address = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    if !address.contains('(') {
        address = address.trim_end_matches([')', '.', ',']);
    }
    (address.len() > begun.len()).then_some(address)
}

fn ends_there(text: &str, written: &str) -> bool {
    let rest = text.strip_prefix(written);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        let pieces = pieces(text, &["@Ada".into()]);
        let whole: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
        assert_eq!(whole, text);
        let linked = pieces.into_iter().filter(|piece| !piece.href.is_empty());
        linked.map(|piece| (piece.words, piece.href)).collect()
    }

    #[test]
    fn addresses_and_numbers_are_links() {
        for (text, words, href) in [
            (
                "See https://shop.example/a?b=1&c=2.",
                "https://shop.example/a?b=1&c=2",
                "https://shop.example/a?b=1&c=2",
            ),
            ("(http://x.example)", "http://x.example", "http://x.example"),
            ("with PO-000012, please", "PO-000012", "/search?q=PO-000012"),
            ("so-12", "so-12", "/search?q=so-12"),
            ("like #1001?", "#1001", "/search?q=%231001"),
        ] {
            assert_eq!(links(text), [(words.into(), href.into())], "{text}");
        }
    }

    #[test]
    fn other_words_are_words() {
        for text in [
            "",
            "https://",
            "javascript:alert(1)",
            "xPO-12",
            "PO-12x",
            "# heading",
            "#none",
            "a-PO",
            "<b>1 < 2</b> é",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }

    #[test]
    fn a_colleague_stands_out() {
        let pieces = pieces("@Ada: call @Adam", &["@Ada".into()]);

        assert_eq!((pieces[0].is_person, pieces[1].is_person), (true, false));
        assert_eq!(pieces.len(), 2);
    }
}
