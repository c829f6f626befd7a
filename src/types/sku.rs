//! Stock keeping units.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

/// What a merchant calls a product. Upper case, so that `85123a` and `85123A` are one product.
#[derive(
    Debug,
    Clone,
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
#[diesel(sql_type = Text)]
#[serde(transparent)]
pub struct Sku(String);

impl Sku {
    /// Parses a code of at most 64 characters.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let sku = text.trim().to_uppercase();
        if sku.is_empty() {
            return Err("Enter a SKU.".into());
        }
        if sku.chars().count() > 64 {
            return Err("A SKU has at most 64 characters.".into());
        }
        if sku.chars().any(char::is_control) {
            return Err("A SKU has no line breaks or control characters.".into());
        }
        Ok(Self(sku))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToSql<Text, Pg> for Sku {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Text, Pg>::to_sql(self.0.as_str(), &mut out.reborrow())
    }
}

/// The check of the column holds what [`Sku::parse`] demands.
impl FromSql<Text, Pg> for Sku {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<Text, Pg>>::from_sql(bytes).map(Self)
    }
}
