//! What is scanned on the floor, and what came of it.

use serde::{Deserialize, Serialize};

use crate::types::{Quantity, text_enum};

text_enum! {
    /// Where on its way a parcel is scanned.
    Stage {
        /// Off the shelves.
        Pick = "pick", "Pick";
        /// Into a package.
        Pack = "pack", "Pack";
    }
}

text_enum! {
    /// What came of a scan.
    Outcome {
        /// Units were counted.
        Counted = "counted", "Counted";
        /// A bin or a parcel was opened: what is scanned next is about it.
        Opened = "opened", "Opened";
        /// Nothing was counted.
        Refused = "refused", "No";
        /// Units were said not to be there.
        Short = "short", "Short";
    }
}

impl Outcome {
    /// The tone of what the floor is told.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Counted => "ok",
            Self::Opened => "info",
            Self::Refused => "bad",
            Self::Short => "warn",
        }
    }
}

text_enum! {
    /// Why fewer units are taken than were asked for.
    ShortReason {
        NotFound = "not_found", "Not found";
        Damaged = "damaged", "Damaged";
        /// Something else lies in their place.
        WrongGoods = "wrong_goods", "Other goods lie there";
        /// Nobody can say what it is.
        Unreadable = "unreadable", "Cannot be scanned";
    }
}

/// What the floor is told about a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub outcome: Outcome,
    /// In a sentence.
    pub words: String,
}

impl Answer {
    pub(super) fn of(outcome: Outcome, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { outcome, words }
    }

    /// A loud no: nothing was counted.
    pub(super) fn no(words: impl Into<String>) -> Self {
        Self::of(Outcome::Refused, words)
    }
}

/// What a scanner read, or somebody typed: `3*` before it counts it three times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    pub code: String,
    pub times: Quantity,
}

impl Read {
    /// Of a text as it was typed.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        let multiplied = text.split_once('*').and_then(|(times, code)| {
            let times = Quantity::parse_positive(times).ok()?;
            let code = code.trim().to_owned();
            (!code.is_empty()).then_some(Self { code, times })
        });
        multiplied.unwrap_or_else(|| Self {
            code: text.to_owned(),
            times: Quantity::new(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_star_count_a_code_more_than_once() {
        let read = |text: &str| {
            let Read { code, times } = Read::of(text);
            (code, times.get())
        };

        assert_eq!(read(" MUG "), ("MUG".to_owned(), 1));
        assert_eq!(read("12*4006381333931"), ("4006381333931".to_owned(), 12));
        assert_eq!(read("0*MUG"), ("0*MUG".to_owned(), 1));
        assert_eq!(read("5*"), ("5*".to_owned(), 1));
        assert_eq!(read("A*B"), ("A*B".to_owned(), 1));
    }
}
