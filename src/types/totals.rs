//! What one document may come to, so that every sum of it can be written down and shown.

use super::{Money, Quantity, grouped};

/// Units of one document: they fit an `integer`.
const MOST_UNITS: u64 = 1_000_000_000;
/// What a document comes to: a million million.
const MOST: Money = Money::from_ten_thousandths(1_000_000_000_000 * 10_000);

/// Why a document is larger than one can be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// A line alone is, from 0.
    #[error("{quantity} \u{d7} {price} is more than a document can come to ({MOST}).")]
    Line {
        at: usize,
        quantity: Quantity,
        price: Money,
    },
    #[error("All lines together come to more than {MOST}.")]
    Amount,
    #[error("All lines together are more than {MOST_UNITS} units.")]
    Units,
    #[error("A document has at most {} lines, not {}: make two of it.", grouped(Self::LINES), grouped(.0))]
    Lines(usize),
}

impl TooMuch {
    /// Lines that one document has at most.
    pub const LINES: usize = 5_000;
}

/// Adds up a document whose lines ask for so many units at such a price each.
///
/// # Errors
/// [`TooMuch`].
pub fn total(lines: impl IntoIterator<Item = (Quantity, Money)>) -> Result<Money, TooMuch> {
    let (mut units, mut amount, mut count) = (0, Money::ZERO, 0);
    for (at, (quantity, price)) in lines.into_iter().enumerate() {
        let of_line = price.times(quantity);
        if of_line > MOST {
            return Err(TooMuch::Line {
                at,
                quantity,
                price,
            });
        }
        units += u64::from(quantity.get());
        amount = amount + of_line;
        count = at + 1;
    }
    match () {
        () if count > TooMuch::LINES => Err(TooMuch::Lines(count)),
        () if units > MOST_UNITS => Err(TooMuch::Units),
        () if amount > MOST => Err(TooMuch::Amount),
        () => Ok(amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(units: u32, price: &str) -> (Quantity, Money) {
        (
            Quantity::new(units),
            Money::parse(price).expect("an amount"),
        )
    }

    #[test]
    fn what_can_be_written_down_is_added_up_exactly() {
        let sum = total([line(3, "0.4125"), line(1_000_000, "1000000")]);

        assert_eq!(
            sum.map(Money::ten_thousandths),
            Err(TooMuch::Amount),
            "one ten-thousandth too much is too much"
        );
        assert_eq!(
            total([line(3, "0.4125"), line(999_999, "1000000")]),
            Ok(Money::from_ten_thousandths(9_999_990_000_000_000 + 12_375))
        );
    }

    #[test]
    fn the_line_that_alone_is_too_much_is_named() {
        let refused = total([line(1, "1"), line(1_000_000, "1000000000")]);

        let why = refused.expect_err("a refusal");
        assert!(matches!(why, TooMuch::Line { at: 1, .. }), "{why}");
        assert_eq!(
            why.to_string(),
            "1000000 \u{d7} 1,000,000,000.00 is more than a document can come to \
             (1,000,000,000,000.00)."
        );
    }

    #[test]
    fn units_and_lines_have_an_end_as_well() {
        assert_eq!(
            total(vec![line(1_000_000, "0"); 1_001]),
            Err(TooMuch::Units)
        );
        assert_eq!(total(vec![line(1, "0"); 5_001]), Err(TooMuch::Lines(5_001)));
        assert_eq!(total(vec![line(1, "0"); 5_000]), Ok(Money::ZERO));
    }
}
