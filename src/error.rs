//! What a request can end in.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::types::{FieldErrors, TooLong, Warning};

/// What a request can end in, and nothing else. Domains have their own errors and translate them
/// into this one; `web::problem` gives it its looks.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such record, or the reader may not know of it. 404.
    #[error("There is nothing here.")]
    NotFound,
    /// The address or a field holds a NUL, which no text of a database can. 400.
    #[error("A character in it cannot be in any text: please type it anew.")]
    Illegible,
    /// Nobody is signed in. A redirect to the sign-in page, 401 for a script.
    #[error("Sign in first.")]
    SignInRequired,
    /// Somebody is, and their role needs a second factor they do not have yet. A redirect to where it is
    /// set up.
    #[error("Set up a second factor first.")]
    SecondFactorRequired,
    /// Somebody is, without the right. 403.
    #[error("You are not allowed to do this.")]
    Forbidden,
    /// It is somebody else's, or of a warehouse they are not among those of. 403, in a sentence.
    #[error("{0}")]
    NotYours(String),
    /// A rule of the trade says no. 409, with the rule in a sentence.
    #[error("{0}")]
    Refused(String),
    /// Notes that warn are to be read first. 409, with the notes.
    #[error("There are notes to read first.")]
    Unread(Vec<Warning>),
    /// A form is wrong. 422, with sentences beside the fields.
    #[error("{0}")]
    Invalid(FieldErrors),
    /// A form has more rows than are read at once. 422, in a sentence and without the form: it would be
    /// longer still.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// A form has more bytes than are read at once. 413.
    #[error("This form is larger than 2 MB, the most that is read at once: send it in parts.")]
    TooLarge,
    /// The database said what it should not. 500.
    #[error("database: {0}")]
    Db(DieselError),
    /// What was sent did not arrive whole in time. 408.
    #[error("This did not arrive in time. Please send it again.")]
    Stalled,
    /// Others were in the way: a deadlock, or a picture that is no longer true. Tried again, it may go well.
    #[error("others were in the way: {0}")]
    Race(DieselError),
    /// The connection broke, or the database takes no changes any more: another server does by now, or
    /// soon. What was not committed by then never happened. 503.
    #[error("the connection was lost: {0}")]
    Lost(DieselError),
    /// It took longer than it may; nothing of it happened. 503.
    #[error("it took too long: {0}")]
    TooSlow(DieselError),
    /// The connection broke while a change was being committed: it is made, or it is not. 503.
    #[error("the connection was lost in the middle of a commit: {0}")]
    Unsure(DieselError),
    /// No connection was free in time. 503.
    #[error("database connection: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// The server is stopping. 503.
    #[error("blocking pool: {0}")]
    Blocking(#[from] actix_web::error::BlockingError),
    /// A page could not be written. 500.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// Something of the program's own broke. 500.
    #[error("{0}")]
    Failure(String),
}

/// What a function that can end a request returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            // Its domain says which where it can be chosen from a list; a list can be older than what it lists.
            DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, told) => {
                tracing::warn!(
                    constraint = told.constraint_name(),
                    "a row names none that is there"
                );
                Self::Refused(NOT_THERE.into())
            }
            error => Self::Db(error),
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

/// Said when a row names another that does not exist.
const NOT_THERE: &str =
    "Something that was chosen is not there any more. Open the page again and choose anew.";

/// Turns the violation of a named constraint into the refusal it stands for.
pub trait OnConstraint<T> {
    /// `refusal` when the constraint called `name` said no; any other outcome unchanged.
    fn on_constraint<E: From<DieselError>>(self, name: &str, refusal: E) -> Result<T, E>;
}

impl<T> OnConstraint<T> for Result<T, DieselError> {
    fn on_constraint<E: From<DieselError>>(self, name: &str, refusal: E) -> Result<T, E> {
        self.map_err(|error| match &error {
            DieselError::DatabaseError(_, told) if told.constraint_name() == Some(name) => refusal,
            _ => error.into(),
        })
    }
}
