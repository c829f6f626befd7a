//! What a failed transaction ran into, told by codes, by the clock and by asking again: never by a
//! sentence, which is in the language of the database.

use std::time::Instant;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use super::transaction::Terms;
use crate::error::Error;

/// The same error by what it means for the transaction. A connection that is of no use any more is
/// given up: the pool makes another one.
pub(super) fn named(error: Error, conn: &mut PgConnection, terms: &Terms, began: Instant) -> Error {
    let Error::Db(error) = error else {
        return error;
    };
    match Kind::of(&error) {
        Kind::Race => Error::Race(error),
        // Of what only reads it is our own mistake.
        Kind::ReadOnly if !terms.writes => Error::Db(error),
        Kind::ReadOnly => {
            give_up(conn);
            Error::Lost(error)
        }
        Kind::Other => Error::Db(error),
        Kind::Unclear if terms.is_over(began) => Error::TooSlow(error),
        Kind::Unclear if answers(conn) => Error::Db(error),
        Kind::Unclear => {
            give_up(conn);
            Error::Lost(error)
        }
    }
}

/// What an error itself tells.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// A serialization failure or a deadlock.
    Race,
    /// The server is not, or no longer, the one that takes changes.
    ReadOnly,
    /// No trouble of the transaction.
    Other,
    /// Too late, lost, or a mistake of ours.
    Unclear,
}

impl Kind {
    fn of(error: &DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, told) => match kind {
                DatabaseErrorKind::SerializationFailure => Self::Race,
                DatabaseErrorKind::ReadOnlyTransaction => Self::ReadOnly,
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                    Self::Unclear
                }
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::RestrictViolation
                | DatabaseErrorKind::NotNullViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::ExclusionViolation => Self::Other,
                _ if names_locks(told.as_ref()) => Self::Race,
                _ => Self::Unclear,
            },
            DieselError::BrokenTransactionManager => Self::Unclear,
            _ => Self::Other,
        }
    }
}

/// Whether the details tell who waits for which lock, as those of a deadlock do: locks are called the
/// same in every language, such as `ShareLock`.
fn names_locks(told: &dyn DatabaseErrorInformation) -> bool {
    let details = told.details().unwrap_or_default();
    details.lines().filter(|line| line.contains("Lock")).count() > 1
}

fn answers(conn: &mut PgConnection) -> bool {
    conn.batch_execute("SELECT 1").is_ok()
}

fn give_up(conn: &mut PgConnection) {
    AnsiTransactionManager::transaction_manager_status_mut(conn).set_in_error();
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Told(&'static str);

    impl DatabaseErrorInformation for Told {
        fn message(&self) -> &str {
            "Verklemmung (Deadlock) entdeckt"
        }
        fn details(&self) -> Option<&str> {
            Some(self.0)
        }
        fn hint(&self) -> Option<&str> {
            None
        }
        fn table_name(&self) -> Option<&str> {
            None
        }
        fn column_name(&self) -> Option<&str> {
            None
        }
        fn constraint_name(&self) -> Option<&str> {
            None
        }
        fn statement_position(&self) -> Option<i32> {
            None
        }
    }

    fn kind(kind: DatabaseErrorKind, details: &'static str) -> Kind {
        Kind::of(&DieselError::DatabaseError(kind, Box::new(Told(details))))
    }

    #[test]
    fn a_deadlock_is_known_in_any_language() {
        let german = "Prozess 71 wartet auf ShareLock-Sperre auf Transaktion 9; blockiert von Prozess 72.\n\
                      Prozess 72 wartet auf ShareLock-Sperre auf Transaktion 8; blockiert von Prozess 71.";
        let chinese = "进程71等待在事务 9上的ShareLock; 由进程72阻塞.\n进程72等待在事务 8上的ShareLock; 由进程71阻塞.";

        assert_eq!(kind(DatabaseErrorKind::Unknown, german), Kind::Race);
        assert_eq!(kind(DatabaseErrorKind::Unknown, chinese), Kind::Race);
        assert_eq!(kind(DatabaseErrorKind::Unknown, "Lock"), Kind::Unclear);
    }

    #[test]
    fn a_rule_that_was_broken_is_no_trouble_of_the_transaction() {
        let german = "Schlüssel »(name)=(ShareLock\nShareLock)« existiert bereits.";

        assert_eq!(
            kind(DatabaseErrorKind::UniqueViolation, german),
            Kind::Other
        );
        assert_eq!(Kind::of(&DieselError::NotFound), Kind::Other);
    }
}
