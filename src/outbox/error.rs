//! What the outbox refuses.

use diesel::result::Error as DieselError;

use crate::types::FieldErrors;

/// Why a mail is not queued.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// It has no recipient.
    #[error("Enter at least one e-mail address.")]
    NoRecipient,
    /// The worker holds it.
    #[error("This mail is being sent at this moment.")]
    BeingSent,
    /// The database said no.
    #[error(transparent)]
    Db(#[from] DieselError),
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::NoRecipient => Self::Invalid(FieldErrors::one("recipients", error.to_string())),
            Error::BeingSent => Self::Refused(error.to_string()),
            Error::Db(error) => error.into(),
        }
    }
}
