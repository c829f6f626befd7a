//! What the page of a file says beside its rows.

use diesel::prelude::*;
use diesel::result::Error as DieselError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::remarks::OfKind;
use crate::exchange::imports::orders::{Format, Sums};
use crate::stock::Effects;

/// What a file came to when it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it was read.
    pub format: Format,
    pub sums: Sums,
    /// Decisions taken about what is imported, by kind.
    pub remarks: Vec<OfKind>,
    /// Who of those who are here would gain and lose.
    pub effects: Effects,
    /// Why the books take none of it; may be empty.
    pub refused: String,
}

pub fn json(value: &impl Serialize) -> QueryResult<String> {
    serde_json::to_string(value).map_err(|why| DieselError::SerializationError(why.into()))
}

pub fn of_json<T: DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text).map_err(|why| DieselError::DeserializationError(why.into()))
}
