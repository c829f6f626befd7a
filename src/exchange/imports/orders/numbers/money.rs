//! Amounts of money as files write them: a sign, digits, a currency before or behind.

use super::decimals::{BLANK, Decimals};
use crate::types::Money;

/// What a cell with a number says, before anybody knows what its marks mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure<'a> {
    pub is_negative: bool,
    /// Digits and marks; a blank or an apostrophe between them as [`BLANK`].
    pub digits: String,
    /// What stands before or behind; may be empty.
    pub unit: &'a str,
}

impl<'a> Figure<'a> {
    /// None when it holds no digit, or something on both sides of them.
    pub fn read(cell: &'a str) -> Option<Self> {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let first = cell.find(is_digit)?;
        let end = cell.rfind(is_digit)? + 1;
        // `.5` has no digit before its mark.
        let first = match cell[..first].strip_suffix(['.', ',']) {
            Some(before) if !before.ends_with(char::is_alphabetic) => before.len(),
            _ => first,
        };
        let (before, is_negative) = unsigned(&cell[..first])?;
        let digits = cell[first..end].chars().map(|letter| match letter {
            '\'' | '\u{2019}' => BLANK,
            letter if letter.is_whitespace() => BLANK,
            letter => letter,
        });
        let after = cell[end..].trim();
        let unit = match (before, after) {
            (unit, "") | ("", unit) => unit,
            _ => return None,
        };
        Some(Self {
            is_negative,
            digits: digits.collect(),
            unit,
        })
    }
}

/// What stands before the digits without its sign, and whether that is a minus.
fn unsigned(before: &str) -> Option<(&str, bool)> {
    let before = before.trim();
    let minus = ['-', '\u{2212}'];
    let without = before.trim_matches(['-', '\u{2212}', '+']);
    let signs = before.chars().count() - without.chars().count();
    (signs <= 1).then(|| (without.trim(), before.contains(minus)))
}

/// A price as a file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price<'a> {
    /// Below zero for a discount.
    pub amount: Money,
    /// Whether the file is more exact than we are.
    pub is_rounded: bool,
    /// The sign or the code of a currency; may be empty.
    pub currency: &'a str,
}

/// Reads an amount: `2.55`, `2,55`, `£1,234.50`, `1.234 €`, `-6.00 USD`. More than four decimals are
/// rounded, half away from zero.
///
/// # Errors
/// A sentence for the reader.
pub fn price(text: &str, decimals: Decimals) -> Result<Price<'_>, String> {
    let no_number = || format!("The price {text:?} is not a number.");
    let figure = Figure::read(text).ok_or_else(no_number)?;
    if !figure.unit.is_empty() && !super::currency::is_currency(figure.unit) {
        return Err(no_number());
    }
    let (whole, rest) = decimals.parts(&figure.digits).ok_or_else(no_number)?;
    let (kept, beyond) = rest.split_at(rest.len().min(4));
    let amount = Money::parse(&format!("{whole}.{kept}"))
        .map_err(|why| format!("The price {text:?} cannot be read: {}", lower(&why)))?;
    let up = i64::from(
        beyond
            .as_bytes()
            .first()
            .is_some_and(|digit| *digit >= b'5'),
    );
    let amount = amount.ten_thousandths() + up;
    Ok(Price {
        amount: Money::from_ten_thousandths(if figure.is_negative { -amount } else { amount }),
        is_rounded: !beyond.is_empty(),
        currency: figure.unit,
    })
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, decimals: Decimals) -> String {
        price(text, decimals).map_or_else(
            |why| why,
            |price| {
                format!(
                    "{}{}",
                    price.amount.input(),
                    if price.is_rounded { "~" } else { "" }
                )
            },
        )
    }

    #[test]
    fn prices_are_read_with_a_point_or_a_comma() {
        for (text, expected) in [
            ("2.55", "2.55"),
            ("2,5", "2.50"),
            ("1,234.50", "1234.50"),
            ("\u{a3}3.39", "3.39"),
            ("\u{a3} .39", "0.39"),
            ("1,234", "1234.00"),
            ("1,234,567", "1234567.00"),
            ("12", "12.00"),
            ("2.550000", "2.55"),
            (".5", "0.50"),
            ("0.500", "0.50"),
            ("1'234.5", "1234.50"),
            ("US$1,234.50", "1234.50"),
            ("1,234 USD", "1234.00"),
            ("usd 12.5", "12.50"),
            ("8.333333", "8.3333~"),
            ("8.33335", "8.3334~"),
            ("8.33330000", "8.3333"),
            ("-8.33335", "-8.3334~"),
        ] {
            assert_eq!(money(text, Decimals::Point), expected, "{text}");
        }
        for (text, expected) in [
            ("2,55", "2.55"),
            ("1.234,50", "1234.50"),
            ("1.234", "1234.00"),
            ("1.234 \u{20ac}", "1234.00"),
            ("\u{20ac} 1.234", "1234.00"),
            ("\u{20ac}-6,00", "-6.00"),
            ("-6,00\u{a0}\u{20ac}", "-6.00"),
            ("2,125", "2.125"),
            ("3,39 \u{20ac}", "3.39"),
            ("1\u{a0}234,5", "1234.50"),
            ("1\u{202f}234 \u{20ac}", "1234.00"),
            ("12,50 z\u{142}", "12.50"),
            ("0.5", "0.50"),
            ("0.500", "0.50"),
        ] {
            assert_eq!(money(text, Decimals::Comma), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_price_is_refused_in_words() {
        for bad in [
            "",
            "abc",
            "1.2.3",
            "99999999999999999999",
            ".",
            "12 pieces",
            "1 2",
            "\u{20ac}1\u{20ac}",
            "--1",
            "1,2,3.4",
        ] {
            assert!(price(bad, Decimals::Point).is_err(), "{bad}");
        }
    }
}
