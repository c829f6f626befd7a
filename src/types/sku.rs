//! Stock keeping units.

use std::fmt;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What a merchant calls a product, in the one way it is written here: upper case, letters composed,
/// no letter that nobody sees, one kind of hyphen, single blanks. So `85123a` and `85123A` are one
/// product, and so is what was pasted from a page that breaks its lines.
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
    /// Capital letters of the Cyrillic and the Greek alphabet, and the Latin ones that are drawn like them.
    pub const DRAWN_ALIKE: [&str; 2] = [
        "\u{410}\u{412}\u{415}\u{41a}\u{41c}\u{41d}\u{41e}\u{420}\u{421}\u{422}\u{423}\u{425}\u{406}\u{408}\u{405}\
         \u{391}\u{392}\u{395}\u{396}\u{397}\u{399}\u{39a}\u{39c}\u{39d}\u{39f}\u{3a1}\u{3a4}\u{3a5}\u{3a7}",
        "ABEKMHOPCTYXIJSABEZHIKMNOPTYX",
    ];

    /// Parses a code of at most 64 characters.
    ///
    /// # Errors
    /// A sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let sku = Self::normal(text);
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

    /// A SKU, or a part of one, as SKUs are written here: to look for it.
    pub fn normal(text: &str) -> String {
        let text = text.trim();
        if text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return text.to_ascii_uppercase();
        }
        let seen: String = text.nfc().filter(|letter| !is_unseen(*letter)).collect();
        let mut sku = String::with_capacity(seen.len());
        for letter in seen.trim().chars() {
            match plain(letter) {
                ' ' if sku.ends_with(' ') => {}
                letter => sku.push(letter),
            }
        }
        sku.to_uppercase().nfc().collect()
    }

    /// A SKU as it looks: letters of other alphabets that are drawn like Latin ones are those.
    pub fn drawn(sku: &str) -> String {
        if sku.is_ascii() {
            return sku.to_owned();
        }
        let alike = Self::DRAWN_ALIKE[0]
            .chars()
            .zip(Self::DRAWN_ALIKE[1].chars());
        let latin = |letter| {
            let pair = alike.clone().find(|(other, _)| *other == letter);
            pair.map_or(letter, |(_, latin)| latin)
        };
        sku.chars().map(latin).collect()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters that take no place, or none that anybody sees.
const fn is_unseen(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// One kind of hyphen and one kind of blank.
fn plain(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => '-',
        letter if letter.is_whitespace() && !letter.is_control() => ' ',
        letter => letter,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (text, expected) in [
            ("caf\u{e9}-1", "CAF\u{c9}-1"),
            ("CAFE\u{301}-1", "CAF\u{c9}-1"),
            ("QA\u{200b}ZW-1", "QAZW-1"),
            ("\u{feff}QAZW-1", "QAZW-1"),
            ("QA\u{2011}NB\u{ad}1", "QA-NB1"),
            ("A\u{2013}1", "A-1"),
            ("A\u{a0} \u{202f}1", "A 1"),
            ("\u{2066}A\u{2069}", "A"),
            (" a  b ", "A B"),
        ] {
            assert_eq!(Sku::parse(text).expect(text).as_str(), expected, "{text:?}");
        }
        for bad in ["", " ", "\u{200b}\u{ad}", "A\0B", "A\nB", &"9".repeat(65)] {
            assert!(Sku::parse(bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn a_sku_is_written_in_one_way(text in "\\PC{0,12}") {
            let once = Sku::normal(&text);
            prop_assert_eq!(Sku::normal(&once), once);
        }
    }
}
