//! What people did to a record, as data. Append-only; written by [`Act::note`](super::Act::note).

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};

use super::set_based;
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
    if events.is_empty() {
        return Ok(());
    }
    set_based!(
        "insert into history (:columns, user_id, at) select :columns, :by, :at from :rows",
        events, |(record, event)|
        record_kind: Text = record.kind(),
        record_id: BigInt = record.id(),
        event: Jsonb = *event;
        by: Nullable<BigInt> = by,
        at: Timestamptz = at
    )
    .execute(conn)?;
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
