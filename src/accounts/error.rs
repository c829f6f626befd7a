//! What accounts refuse.

use crate::outbox;
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
    /// What is to be changed stays as it was.
    #[error("This is the password there is: choose another one.")]
    SamePassword,
    /// The link to choose a new password with was used, or is too old.
    #[error("This link does not open any more. Ask for another one.")]
    LinkIsOver,
    /// The phone shows another one.
    #[error("This is not the code the app shows now. Type the next one.")]
    WrongCode,
    /// Nobody can be limited to it.
    #[error("Choose warehouses of the list.")]
    NoSuchWarehouse,
    /// The mail to its owner is not queued.
    #[error(transparent)]
    Outbox(#[from] outbox::Error),
    /// Or cannot be written.
    #[error("{0}")]
    Letter(String),
    /// The system gives no random numbers.
    #[error("{0}")]
    NoRandom(String),
    /// The database said what it should not.
    #[error(transparent)]
    Db(#[from] diesel::result::Error),
}

impl From<Error> for crate::error::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::EmailTaken => FieldErrors::one("email", error.to_string()).into(),
            Error::SamePassword => FieldErrors::one("password", error.to_string()).into(),
            Error::WrongCode => FieldErrors::one("code", error.to_string()).into(),
            Error::NoSuchWarehouse => FieldErrors::one("warehouses", error.to_string()).into(),
            Error::Outbox(error) => error.into(),
            Error::Letter(why) | Error::NoRandom(why) => Self::Failure(why),
            Error::LastAdmin | Error::LinkIsOver => Self::Refused(error.to_string()),
            Error::Db(error) => error.into(),
        }
    }
}
