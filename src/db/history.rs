//! What people did to a record, in words. Append-only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::schema::{history, users};
use crate::types::{RecordRef, UserId};

/// One entry, with the name of who did it.
#[derive(Debug, Clone, Queryable)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None`: Backfill itself.
    pub who: Option<String>,
    /// What happened, in a few words.
    pub what: String,
    /// More about it; may be empty.
    pub detail: String,
}

impl Entry {
    /// Who, in words.
    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }
}

/// Writes down what was done to a record.
///
/// # Errors
/// Those of the database.
pub fn note(
    conn: &mut PgConnection,
    record: RecordRef,
    user: Option<UserId>,
    what: &str,
    detail: &str,
) -> QueryResult<()> {
    note_all(conn, &[record], user, what, detail)
}

/// Writes down the same about several records, in one statement.
///
/// # Errors
/// Those of the database.
pub fn note_all(
    conn: &mut PgConnection,
    records: &[RecordRef],
    user: Option<UserId>,
    what: &str,
    detail: &str,
) -> QueryResult<()> {
    let entries: Vec<_> = records
        .iter()
        .map(|record| {
            (
                history::record_kind.eq(record.kind()),
                history::record_id.eq(record.id()),
                history::what.eq(what),
                history::detail.eq(detail),
                history::user_id.eq(user),
            )
        })
        .collect();
    for part in entries.chunks(5_000) {
        diesel::insert_into(history::table)
            .values(part)
            .execute(conn)?;
    }
    Ok(())
}

/// What is written down in the rest of this transaction happened at a moment of the past: for
/// filling a database with what was done elsewhere, or never.
///
/// # Errors
/// Those of the database.
pub fn replay(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query("select set_config('backfill.moment', $1, true)")
        .bind::<Text, _>(at.to_rfc3339())
        .execute(conn)?;
    Ok(())
}

/// The latest hundred entries about a record, newest first.
///
/// # Errors
/// Those of the database.
pub fn of(conn: &mut PgConnection, record: RecordRef) -> QueryResult<Vec<Entry>> {
    history::table
        .left_join(users::table)
        .filter(history::record_kind.eq(record.kind()))
        .filter(history::record_id.eq(record.id()))
        .order(history::id.desc())
        .limit(100)
        .select((
            history::at,
            users::name.nullable(),
            history::what,
            history::detail,
        ))
        .load(conn)
}
