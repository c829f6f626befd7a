//! How a location may be called, so that it can be printed as Code 128 and scanned again.

use std::cmp::Ordering;

use crate::catalog::Warehouse;

const LONGEST_CODE: usize = 40;
const LONGEST_BARCODE: usize = 60;

/// The code of a location: upper case.
///
/// # Errors
/// A sentence for the reader.
pub fn code(text: &str) -> Result<String, String> {
    printable(&text.trim().to_uppercase(), LONGEST_CODE)
}

/// What a scanner reads off a location.
///
/// # Errors
/// A sentence for the reader.
pub fn barcode(text: &str) -> Result<String, String> {
    printable(text.trim(), LONGEST_BARCODE)
}

/// The barcode of a location nobody names another for: `MAIN-A-01-01`. A warehouse whose own code
/// cannot be printed is called by its number there.
///
/// # Errors
/// A sentence for the reader, if it becomes too long.
pub fn usual_barcode(warehouse: &Warehouse, code: &str) -> Result<String, String> {
    let called = match barcode(&warehouse.code) {
        Ok(called) => called,
        Err(_) => format!("W{}", warehouse.id),
    };
    barcode(&format!("{called}-{code}"))
}

fn printable(text: &str, most: usize) -> Result<String, String> {
    if text.is_empty() {
        return Err("This cannot be empty.".into());
    }
    if text.chars().count() > most {
        return Err(format!("At most {most} characters."));
    }
    match text.chars().find(|letter| !(' '..='~').contains(letter)) {
        Some(letter) => Err(format!(
            "A barcode cannot hold \u{201c}{letter}\u{201d}: use plain letters, digits and signs."
        )),
        None => Ok(text.to_owned()),
    }
}

/// A piece of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run<'a> {
    Digits(&'a str),
    Letters(&'a str),
    Signs(&'a str),
}

impl<'a> Run<'a> {
    pub const fn text(self) -> &'a str {
        match self {
            Self::Digits(text) | Self::Letters(text) | Self::Signs(text) => text,
        }
    }

    fn of(text: &'a str) -> Self {
        match text.chars().next() {
            Some(first) if first.is_ascii_digit() => Self::Digits(text),
            Some(first) if first.is_ascii_alphabetic() => Self::Letters(text),
            _ => Self::Signs(text),
        }
    }
}

/// A code as its runs of digits, of letters and of other signs.
pub fn runs(code: &str) -> Vec<Run<'_>> {
    let kind = |letter: char| (letter.is_ascii_digit(), letter.is_ascii_alphabetic());
    let mut runs = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| kind(letter) != kind(first));
        let (run, further) = rest.split_at(end.unwrap_or(rest.len()));
        runs.push(Run::of(run));
        rest = further;
    }
    runs
}

/// Codes as people count: `A-2` before `A-10`.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (ones, others) = (runs(one), runs(other));
    let pairs = ones.iter().zip(&others).map(|pair| match pair {
        (Run::Digits(one), Run::Digits(other)) => digits(one, other),
        (one, other) => one.text().cmp(other.text()),
    });
    let differs = pairs.into_iter().find(|order| order.is_ne());
    differs
        .unwrap_or_else(|| ones.len().cmp(&others.len()))
        .then_with(|| one.cmp(other))
}

/// Digits by what they count; there may be more of them than fit a number.
fn digits(one: &str, other: &str) -> Ordering {
    let plain = |text: &str| text.trim_start_matches('0').to_owned();
    let (one, other) = (plain(one), plain(other));
    one.len().cmp(&other.len()).then_with(|| one.cmp(&other))
}

#[cfg(test)]
mod tests {
    use super::{code, natural};

    #[test]
    fn a_code_is_what_code_128_can_print() {
        assert_eq!(code(" a-01-01 "), Ok("A-01-01".into()));
        assert_eq!(code("A/1 B.2"), Ok("A/1 B.2".into()));
        for bad in ["", "   ", "\u{c9}-1", "A\u{2013}1", &"A".repeat(41)] {
            assert!(code(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_are_ordered_as_people_count() {
        let mut codes = ["B-1", "A-10", "A-2", "A-02", "A", "A-2-1", "A-x"];

        codes.sort_by(|one, other| natural(one, other));

        assert_eq!(codes, ["A", "A-02", "A-2", "A-2-1", "A-10", "A-x", "B-1"]);
    }
}
