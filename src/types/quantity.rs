//! Whole units.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Integer;
use serde::{Deserialize, Serialize};

use super::text::grouped;

/// Whole units of a product, never negative. Stored as `integer`.
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
#[diesel(sql_type = Integer)]
#[serde(transparent)]
pub struct Quantity(u32);

impl Quantity {
    pub const ZERO: Self = Self(0);
    /// The most a person may type: a guard against a barcode scanned into a quantity box.
    pub const MAX_TYPED: u32 = 1_000_000;

    /// `units` whole units.
    pub const fn new(units: u32) -> Self {
        Self(units)
    }

    /// As a plain number of units.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// As the database stores it.
    pub fn as_i32(self) -> i32 {
        i32::try_from(self.0).unwrap_or(i32::MAX)
    }

    /// With its thousands apart, where people read large numbers: `40,000`.
    pub fn grouped(self) -> String {
        grouped(self.0)
    }

    /// Nothing at all?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// `self - other`, or nothing when there is less.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// So many times as much; no more than a number holds.
    #[must_use]
    pub const fn times(self, times: Self) -> Self {
        Self(self.0.saturating_mul(times.0))
    }

    /// How many times `each` is in it; none of nothing.
    #[must_use]
    pub const fn over(self, each: Self) -> Self {
        match self.0.checked_div(each.0) {
            Some(times) => Self(times),
            None => Self::ZERO,
        }
    }

    /// Parses what a person typed; blanks around it are forgiven.
    ///
    /// # Errors
    /// A sentence for the reader: not a whole number, negative or above [`Self::MAX_TYPED`].
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Enter a whole number.".into());
        }
        match text.parse::<u32>() {
            Ok(units) if units <= Self::MAX_TYPED => Ok(Self(units)),
            _ if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Err("This is more than 1,000,000 units.".into())
            }
            _ => Err("Enter a whole number, 0 or more.".into()),
        }
    }

    /// Like [`Self::parse`], and at least one.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse_positive(text: &str) -> Result<Self, String> {
        match Self::parse(text)? {
            Self::ZERO => Err("Enter at least 1.".into()),
            quantity => Ok(quantity),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Quantity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text)
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(units: I) -> Self {
        units.fold(Self::ZERO, Add::add)
    }
}

impl ToSql<Integer, Pg> for Quantity {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let units = i32::try_from(self.0)?;
        ToSql::<Integer, Pg>::to_sql(&units, &mut out.reborrow())
    }
}

impl FromSql<Integer, Pg> for Quantity {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let units = <i32 as FromSql<Integer, Pg>>::from_sql(bytes)?;
        Ok(Self(u32::try_from(units)?))
    }
}

/// A difference in whole units: what a count or an adjustment changes.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    AsExpression,
    FromSqlRow,
)]
#[diesel(sql_type = Integer)]
#[serde(transparent)]
pub struct Change(i32);

impl Change {
    /// `units` more, or fewer when negative.
    pub const fn new(units: i32) -> Self {
        Self(units)
    }

    /// As a plain number of units.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// As many units the other way.
    #[must_use]
    pub const fn opposite(self) -> Self {
        Self(-self.0)
    }

    /// Parses what a person typed: `5`, `+5` or `-3`, never 0.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let units = Quantity::parse(digits)
            .map_err(|_| "Enter how many units more (5) or fewer (-3).".to_owned())?;
        match units.as_i32() * sign {
            0 => Err("A change of 0 changes nothing.".into()),
            change => Ok(Self(change)),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            write!(f, "\u{2212}{}", self.0.unsigned_abs())
        } else {
            write!(f, "+{}", self.0)
        }
    }
}

impl ToSql<Integer, Pg> for Change {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Integer, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}

impl FromSql<Integer, Pg> for Change {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        <i32 as FromSql<Integer, Pg>>::from_sql(bytes).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_quantity_is_a_whole_number_within_reason() {
        assert_eq!(Quantity::parse(" 12 "), Ok(Quantity::new(12)));
        for bad in ["", "-1", "1.5", "12x", "5012345678900"] {
            assert!(Quantity::parse(bad).is_err(), "{bad}");
        }
        assert!(Quantity::parse_positive("0").is_err());
    }

    #[test]
    fn a_change_has_a_sign_and_is_not_nothing() {
        assert_eq!(Change::parse("-3"), Ok(Change::new(-3)));
        assert_eq!(Change::parse("+5"), Ok(Change::new(5)));
        assert!(Change::parse("0").is_err());
        assert_eq!(Change::new(-3).to_string(), "\u{2212}3");
    }
}
