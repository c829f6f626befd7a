//! What accounts refuse.

use crate::types::FieldErrors;

/// Why an account is not as somebody wants it.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// The address is the login, so it is there once.
    #[error("Another user has this e-mail address.")]
    EmailTaken,
    /// Nobody could make an admin again.
    #[error("This is the last admin. Make somebody else an admin first.")]
    LastAdmin,
    /// Nobody can be limited to it.
    #[error("Choose warehouses of the list.")]
    NoSuchWarehouse,
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::EmailTaken => FieldErrors::one("email", error.to_string()).into(),
            Error::NoSuchWarehouse => FieldErrors::one("warehouses", error.to_string()).into(),
            Error::LastAdmin => Self::Refused(error.to_string()),
            Error::Db(error) => error.into(),
        }
    }
}
