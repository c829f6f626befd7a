//! Sends mail when a test says so.

use backfill::outbox::Mailer;
use backfill::outbox::worker::run_one;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Sends every mail that is due at `now`, as the worker does; how many were tried.
pub fn run_due(
    conn: &mut PgConnection,
    mailer: &dyn Mailer,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let mut tried = 0;
    while run_one(conn, mailer, now)? {
        tried += 1;
    }
    Ok(tried)
}
