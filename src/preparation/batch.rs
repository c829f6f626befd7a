//! Parcels that are picked in one walk.

use chrono::{DateTime, Utc};
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Integer;

use crate::schema::batches;
use crate::types::{BatchId, UserId, WarehouseId, text_enum};

text_enum! {
    /// What the orders of a batch have in common.
    BatchKind {
        /// One unit of one product each: whatever is in hand is somebody's.
        SingleItem = "single_item", "Single items";
        /// One product each.
        OneLine = "one_line", "One line";
        /// Several products each.
        ManyLines = "many_lines", "Many lines";
        /// Somebody chose them.
        Chosen = "chosen", "Chosen";
    }
}

/// Parcels that are picked in one walk.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = batches)]
pub struct Batch {
    pub id: BatchId,
    /// What people call it: BA-000123.
    pub number: String,
    pub warehouse_id: WarehouseId,
    pub kind: BatchKind,
    /// Who walks, and nobody else.
    pub operator_id: Option<UserId>,
    pub created_at: DateTime<Utc>,
}

impl Batch {
    pub fn path(&self) -> String {
        path(self.id)
    }

    /// What open pages that show it listen to.
    pub fn topic(&self) -> String {
        format!("batch:{}", self.id)
    }
}

/// Where a batch is.
pub fn path(id: BatchId) -> String {
    format!("/batches/{id}")
}

/// A place on a cart, in letters: A, B, .. Z, AA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Slot(i32);

impl Slot {
    /// The place that letters name; none: these are no letters of a place.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.len() > 3 {
            return None;
        }
        let mut nth = 0_i32;
        for letter in text.to_ascii_uppercase().bytes() {
            if !letter.is_ascii_uppercase() {
                return None;
            }
            nth = nth * 26 + i32::from(letter - b'A') + 1;
        }
        Some(Self(nth - 1))
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut left = u32::try_from(self.0).unwrap_or_default() + 1;
        let mut letters = Vec::new();
        while left > 0 {
            let nth = (left - 1) % 26;
            letters.push(char::from_u32(u32::from(b'A') + nth).unwrap_or('?'));
            left = (left - 1) / 26;
        }
        let word: String = letters.into_iter().rev().collect();
        f.write_str(&word)
    }
}

impl FromSql<Integer, Pg> for Slot {
    fn from_sql(bytes: diesel::pg::PgValue<'_>) -> deserialize::Result<Self> {
        <i32 as FromSql<Integer, Pg>>::from_sql(bytes).map(Self)
    }
}

impl ToSql<Integer, Pg> for Slot {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <i32 as ToSql<Integer, Pg>>::to_sql(&self.0, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_a_cart_are_letters() {
        for (nth, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (702, "AAA")] {
            assert_eq!(Slot(nth).to_string(), letters);
            assert_eq!(Slot::parse(&letters.to_lowercase()), Some(Slot(nth)));
        }
        for no_place in ["", "7", "A1", "ABCD", "Ä"] {
            assert_eq!(Slot::parse(no_place), None, "{no_place}");
        }
    }
}
