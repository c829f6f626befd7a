//! Quantities and prices as files write them.

pub mod currency;
mod decimals;
mod money;

pub use decimals::{Decimals, Evidence};
pub use money::{Price, price};

use crate::types::Quantity;
use money::Figure;

/// How the quantities and the prices of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    pub quantities: Decimals,
    pub prices: Decimals,
}

impl Styles {
    /// Each column by its own numbers; one that does not tell is like the other, and when neither
    /// does, a file separated by semicolons has commas.
    pub fn of(quantities: Evidence, prices: Evidence, separator: u8) -> Self {
        let (quantity, price) = (quantities.decimals(), prices.decimals());
        let usual = match separator {
            b';' => Decimals::Comma,
            _ => Decimals::Point,
        };
        Self {
            quantities: quantity.or(price).unwrap_or(usual),
            prices: price.or(quantity).unwrap_or(usual),
        }
    }
}

/// What a quantity cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Units(Quantity),
    Zero,
    /// Goods that come back, or a correction: so many.
    Negative(Quantity),
}

/// Reads whole units: `6`, `6.0`, `1,200`.
///
/// # Errors
/// A sentence for the reader.
pub fn quantity(text: &str, decimals: Decimals) -> Result<Count, String> {
    if text.is_empty() {
        return Err("The quantity is missing.".into());
    }
    let no_number = || format!("The quantity {text:?} is not a number.");
    let figure = Figure::read(text).ok_or_else(no_number)?;
    let (whole, rest) = decimals.parts(&figure.digits).ok_or_else(no_number)?;
    if !figure.unit.is_empty() {
        return Err(no_number());
    }
    if !rest.is_empty() {
        return Err(format!("The quantity {text:?} is not a whole number."));
    }
    match Quantity::parse(&format!("0{whole}")) {
        Ok(Quantity::ZERO) => Ok(Count::Zero),
        Ok(units) if figure.is_negative => Ok(Count::Negative(units)),
        Ok(units) => Ok(Count::Units(units)),
        Err(_) => Err(format!(
            "The quantity {text:?} is more than 1,000,000 units."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_does_not_tell_is_like_the_other() {
        let heard = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.hear(cell));
            evidence
        };
        let styles = Styles::of(heard(&["1.200", "6"]), heard(&["2,55"]), b',');
        assert_eq!(
            quantity("1.200", styles.quantities),
            Ok(Count::Units(Quantity::new(1_200)))
        );

        let usual = Styles::of(heard(&["6"]), heard(&["1.234"]), b';');
        assert_eq!(usual.prices, Decimals::Comma);
    }

    #[test]
    fn quantities_are_whole() {
        let units = |count| Ok(Count::Units(Quantity::new(count)));
        let back = |count| Ok(Count::Negative(Quantity::new(count)));
        for (text, expected) in [
            ("6", units(6)),
            ("6.0", units(6)),
            ("1,200", units(1_200)),
            ("+3", units(3)),
            ("0", Ok(Count::Zero)),
            ("-0", Ok(Count::Zero)),
            ("-9360", back(9_360)),
            ("\u{2212}2", back(2)),
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
            "6 pcs",
            "1 2",
            "6 EUR",
        ] {
            assert!(quantity(bad, Decimals::Point).is_err(), "{bad}");
        }
    }
}
