//! Money, exact to the ten-thousandth.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

use super::Quantity;

/// An amount in ten-thousandths of a currency that the document carries. Stored as `bigint`.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    AsExpression,
    FromSqlRow,
)]
#[diesel(sql_type = BigInt)]
#[serde(transparent)]
pub struct Money(i64);

const UNIT: i64 = 10_000;
const MOST: i64 = 1_000_000_000 * UNIT;

impl Money {
    pub const ZERO: Self = Self(0);

    /// From ten-thousandths.
    pub const fn from_ten_thousandths(amount: i64) -> Self {
        Self(amount)
    }

    /// In ten-thousandths.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The price of `quantity` units at this price each.
    #[must_use]
    pub const fn times(self, quantity: Quantity) -> Self {
        Self(self.0.saturating_mul(quantity.get() as i64))
    }

    /// Rounded to cents, half away from zero: the one place where amounts are rounded.
    pub const fn cents(self) -> i64 {
        let half = if self.0 < 0 { -50 } else { 50 };
        self.0.saturating_add(half) / 100
    }

    /// Parses what a person or a file wrote: `12`, `12.5`, `12,50`, at most four decimals.
    ///
    /// # Errors
    /// A sentence for the reader: not a number, negative, too precise or above a thousand million.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if text.starts_with('-') {
            return Err("An amount cannot be negative.".into());
        }
        if whole.is_empty() && decimals.is_empty() || !digits(whole) || !digits(decimals) {
            return Err("Enter an amount such as 12.50.".into());
        }
        if decimals.len() > 4 {
            return Err("At most four decimals.".into());
        }
        let amount = format!("{whole}{decimals:0<4}")
            .parse::<i64>()
            .unwrap_or(i64::MAX);
        if amount > MOST {
            return Err("This amount is too large.".into());
        }
        Ok(Self(amount))
    }

    /// As a form field shows it: all the decimals it has, two at least, no grouping.
    pub fn input(self) -> String {
        let (whole, rest) = (self.0 / UNIT, (self.0 % UNIT).unsigned_abs());
        let decimals = format!("{rest:04}");
        let decimals = decimals
            .strip_suffix("00")
            .unwrap_or(decimals.trim_end_matches('0'));
        format!("{whole}.{decimals}")
    }
}

/// Two decimals, thousands grouped: `1,234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = self.cents();
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        let digits = whole.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 4);
        if cents < 0 {
            grouped.push('\u{2212}');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        f.pad(&format!("{grouped}.{rest:02}"))
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl ToSql<BigInt, Pg> for Money {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<BigInt, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}

impl FromSql<BigInt, Pg> for Money {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Pg>>::from_sql(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_shown_exactly() {
        let cases = [
            ("2.55", "2.55", "2.55"),
            ("1234,5", "1,234.50", "1234.50"),
            ("0.0375", "0.04", "0.0375"),
            ("12", "12.00", "12.00"),
            (".5", "0.50", "0.50"),
            ("0.125", "0.13", "0.125"),
        ];
        for (typed, shown, input) in cases {
            let money = Money::parse(typed).expect(typed);
            assert_eq!(
                (money.to_string().as_str(), money.input().as_str()),
                (shown, input)
            );
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_in_words() {
        for bad in [
            "",
            ".",
            "-1",
            "1.00001",
            "12 EUR",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert!(Money::parse(bad).is_err(), "{bad}");
        }
    }
}
