//! What people did to a record, as data. Append-only; written by [`Act::note`](super::Act::note).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::{history, users};
use crate::types::{Event, RecordRef, UserId};

/// One entry, with the name of who did it.
#[derive(Debug, Clone, Queryable)]
pub struct Entry {
    pub at: DateTime<Utc>,
    /// Who; `None`: Backfill itself.
    pub who: Option<String>,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Who, in words.
    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }
}

pub(super) fn write(
    conn: &mut PgConnection,
    events: &[(RecordRef, &Event)],
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let entries: Vec<_> = events
        .iter()
        .map(|(record, event)| {
            (
                history::record_kind.eq(record.kind()),
                history::record_id.eq(record.id()),
                history::event.eq(*event),
                history::user_id.eq(by),
                history::at.eq(at),
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

/// The latest hundred entries about a record, newest first.
pub fn of(conn: &mut PgConnection, record: RecordRef) -> QueryResult<Vec<Entry>> {
    history::table
        .left_join(users::table)
        .filter(history::record_kind.eq(record.kind()))
        .filter(history::record_id.eq(record.id()))
        .order(history::id.desc())
        .limit(100)
        .select((history::at, users::name.nullable(), history::event))
        .load(conn)
}
