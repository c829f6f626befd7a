//! One transaction: begun with all it is told in one trip, and ended.
//!
//! What it is told holds for it alone, so that it makes no difference which connection a pooler gives it.

use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::result::Error as DieselError;

use super::act::Who;
use super::{limited, trouble};
use crate::error::Result;
use crate::types::Limit;

/// Times are told in UTC. To compile a statement takes a hundred times as long as to run one of ours.
pub(super) const ALWAYS: &str = "SET LOCAL time zone 'UTC'; SET LOCAL jit = off";

/// How a transaction begins, and how long it may take.
#[derive(Debug)]
pub(super) struct Terms {
    begin: String,
    pub(super) writes: bool,
    /// How long a statement may wait for others, the shortest of its times.
    patience: Option<Duration>,
}

impl Terms {
    /// Reads one consistent picture, no more of it than `limit` admits.
    pub(super) fn of_reading(time: Option<Duration>, limit: &Limit) -> Self {
        let begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Self::new(begin, false, time, limited::entrance(limit))
    }

    /// Writes, for `who`.
    pub(super) fn of_writing(time: Option<Duration>, who: Who) -> Self {
        Self::new("BEGIN", true, time, who.announcement())
    }

    fn new(begin: &str, writes: bool, time: Option<Duration>, told: Option<String>) -> Self {
        let patience = time.map(patience);
        let times = time.map(|time| {
            let (time, patience) = (time.as_millis(), patience.unwrap_or_default().as_millis());
            format!(
                "SET LOCAL statement_timeout = {time}; SET LOCAL lock_timeout = {patience}; \
                 SET LOCAL idle_in_transaction_session_timeout = {time}"
            )
        });
        let begin = [Some(format!("{begin}; {ALWAYS}")), times, told];
        Self {
            begin: begin.into_iter().flatten().collect::<Vec<_>>().join("; "),
            writes,
            patience,
        }
    }

    /// Whether what began then may have run into one of its times.
    pub(super) fn is_over(&self, began: Instant) -> bool {
        // The clock of the database need not agree to the last millisecond.
        self.patience
            .is_some_and(|most| began.elapsed() >= most * 9 / 10)
    }
}

/// How long a statement may wait for a lock: less than it may take in all, which leaves time to act.
fn patience(time: Duration) -> Duration {
    time * 2 / 3
}

/// Does `work` in one transaction: all of it, or nothing.
///
/// # Errors
/// Those of `work`; a failure of the database by what it means, see [`trouble`].
pub(super) fn run<T>(
    conn: &mut PgConnection,
    terms: &Terms,
    work: impl FnOnce(&mut PgConnection) -> Result<T>,
) -> Result<T> {
    let began = Instant::now();
    let outcome = whole(conn, &terms.begin, work);
    outcome.map_err(|error| trouble::named(error, conn, terms, began))
}

fn whole<T>(
    conn: &mut PgConnection,
    begin: &str,
    work: impl FnOnce(&mut PgConnection) -> Result<T>,
) -> Result<T> {
    AnsiTransactionManager::begin_transaction_sql(conn, begin)?;
    match work(conn) {
        Ok(done) => {
            AnsiTransactionManager::commit_transaction(conn)?;
            Ok(done)
        }
        Err(error) => match AnsiTransactionManager::rollback_transaction(conn) {
            // The error was what broke it.
            Ok(()) | Err(DieselError::BrokenTransactionManager) => Err(error),
            Err(broken) => Err(broken.into()),
        },
    }
}
