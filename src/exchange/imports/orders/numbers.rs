//! Quantities and prices as files write them.

use crate::types::{Money, Quantity};

/// What stands before the decimals of a file, and so what only groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimals {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

impl Decimals {
    /// Judged by the numbers of a file: what is followed by anything but three digits is no group
    /// of thousands. Without evidence a file separated by semicolons has commas.
    pub fn of<'a>(numbers: impl Iterator<Item = &'a str>, separator: u8) -> Self {
        let (mut points, mut commas) = (0_usize, 0_usize);
        for number in numbers {
            match number.rfind([',', '.']) {
                Some(at) if number[at + 1..].len() != 3 || both(number) => {
                    if number.as_bytes()[at] == b',' {
                        commas += 1;
                    } else {
                        points += 1;
                    }
                }
                _ => {}
            }
        }
        let comma = commas > points || commas == points && separator == b';';
        if comma { Self::Comma } else { Self::Point }
    }

    const fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// A number with a point for its decimals and nothing else; none when it is no number.
    fn plain(self, text: &str) -> Option<String> {
        let text: String = text
            .trim_matches(|letter: char| {
                letter.is_whitespace() || "\u{a3}\u{20ac}$".contains(letter)
            })
            .trim_end_matches("EUR")
            .trim_end_matches("GBP")
            .trim_end_matches("USD")
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"'\u{2019}".contains(*letter))
            .map(|letter| if letter == '\u{2212}' { '-' } else { letter })
            .collect();
        let (whole, decimals) = match text.rsplit_once([',', '.']) {
            None => (text.as_str(), ""),
            // A lone mark that is not this file's, and cannot group thousands, is a decimal one.
            Some((whole, rest)) => {
                let mark = text.as_bytes()[whole.len()] as char;
                let groups = rest.len() == 3 && !whole.trim_start_matches(['-', '+']).is_empty();
                if mark == self.mark() || !groups {
                    (whole, rest)
                } else {
                    (text.as_str(), "")
                }
            }
        };
        let grouped = whole.contains([',', '.']);
        if grouped && !is_grouped(whole) {
            return None;
        }
        let whole = whole.replace([',', '.'], "");
        let (sign, digits) = match whole.strip_prefix(['-', '+']) {
            Some(digits) if whole.starts_with('-') => ("-", digits),
            Some(digits) => ("", digits),
            None => ("", whole.as_str()),
        };
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(digits) || !is_number(decimals) || digits.is_empty() && decimals.is_empty() {
            return None;
        }
        let decimals = decimals.trim_end_matches('0');
        Some(if decimals.is_empty() {
            format!("{sign}{digits}")
        } else {
            format!("{sign}{digits}.{decimals}")
        })
    }
}

fn both(number: &str) -> bool {
    number.contains(',') && number.contains('.')
}

/// Groups of three digits after the first.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.trim_start_matches(['-', '+']).split([',', '.']);
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}

/// What a quantity cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Units(Quantity),
    Zero,
    /// Goods that come back, or a correction.
    Negative,
}

/// Reads whole units: `6`, `6.0`, `1,200`.
///
/// # Errors
/// A sentence for the reader.
pub fn quantity(text: &str, decimals: Decimals) -> Result<Count, String> {
    if text.is_empty() {
        return Err("The quantity is missing.".into());
    }
    let Some(plain) = decimals.plain(text) else {
        return Err(format!("The quantity {text:?} is not a number."));
    };
    if plain.contains('.') {
        return Err(format!("The quantity {text:?} is not a whole number."));
    }
    if let Some(units) = plain.strip_prefix('-') {
        let zero = units.bytes().all(|digit| digit == b'0');
        return Ok(if zero { Count::Zero } else { Count::Negative });
    }
    match Quantity::parse(&plain) {
        Ok(Quantity::ZERO) => Ok(Count::Zero),
        Ok(units) => Ok(Count::Units(units)),
        Err(_) => Err(format!(
            "The quantity {text:?} is more than 1,000,000 units."
        )),
    }
}

/// Reads the price of one unit: `2.55`, `2,55`, `£1,234.50`.
///
/// # Errors
/// A sentence for the reader.
pub fn price(text: &str, decimals: Decimals) -> Result<Money, String> {
    let Some(plain) = decimals.plain(text) else {
        return Err(format!("The price {text:?} is not a number."));
    };
    if plain.starts_with('-') {
        return Err(format!("The price {text:?} is negative."));
    }
    Money::parse(&plain).map_err(|why| format!("The price cannot be read: {}", lower(&why)))
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
        price(text, decimals).map_or_else(|why| why, Money::input)
    }

    #[test]
    fn prices_are_read_with_a_point_or_a_comma() {
        for (text, expected) in [
            ("2.55", "2.55"),
            ("2,5", "2.50"),
            ("1,234.50", "1234.50"),
            ("\u{a3}3.39", "3.39"),
            ("1,234", "1234.00"),
            ("12", "12.00"),
            ("2.550000", "2.55"),
            (".5", "0.50"),
            ("1'234.5", "1234.50"),
        ] {
            assert_eq!(money(text, Decimals::Point), expected, "{text}");
        }
        for (text, expected) in [
            ("2,55", "2.55"),
            ("1.234,50", "1234.50"),
            ("1.234", "1234.00"),
            ("2,125", "2.125"),
            ("3,39 \u{20ac}", "3.39"),
            ("1\u{a0}234,5", "1234.50"),
            ("0.5", "0.50"),
        ] {
            assert_eq!(money(text, Decimals::Comma), expected, "{text}");
        }
    }

    #[test]
    fn a_file_tells_what_its_decimals_are() {
        let of = |numbers: &[&str], separator| Decimals::of(numbers.iter().copied(), separator);

        assert_eq!(of(&["2.55", "1,234"], b';'), Decimals::Point);
        assert_eq!(of(&["2,55", "1.234"], b','), Decimals::Comma);
        assert_eq!(of(&["1.234,50"], b','), Decimals::Comma);
        assert_eq!(of(&["1,234"], b','), Decimals::Point);
        assert_eq!(of(&["1,234"], b';'), Decimals::Comma);
    }

    #[test]
    fn quantities_are_whole() {
        let units = |count| Ok(Count::Units(Quantity::new(count)));
        for (text, expected) in [
            ("6", units(6)),
            ("6.0", units(6)),
            ("1,200", units(1_200)),
            ("+3", units(3)),
            ("0", Ok(Count::Zero)),
            ("-9360", Ok(Count::Negative)),
            ("\u{2212}2", Ok(Count::Negative)),
            ("1.000", units(1)),
        ] {
            assert_eq!(quantity(text, Decimals::Point), expected, "{text}");
        }
        assert_eq!(quantity("1.000", Decimals::Comma), units(1_000));
        for bad in [
            "",
            "six",
            "1.5",
            "2000000",
            "1,2,3",
            "99999999999999999999",
            "--1",
            "1-",
        ] {
            assert!(quantity(bad, Decimals::Point).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_price_is_refused_in_words() {
        for bad in ["-1", "abc", "1.23456", "1.2.3", "99999999999999999999", "."] {
            assert!(price(bad, Decimals::Point).is_err(), "{bad}");
        }
    }
}
