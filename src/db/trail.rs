//! What an admin may have to account for: who signed in, what was exported, which fields were changed.
//!
//! Changes of people, customers, suppliers and settings are kept by triggers, so that nothing which writes
//! can forget them; what is no change of a row is kept by [`Act::trace`](super::Act::trace).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::audit_trail;
use crate::types::{Event, RecordRef, UserId};

/// What happened, and from where.
#[derive(Debug, Clone)]
pub struct Trace<'a> {
    pub event: &'a Event,
    pub record: Option<RecordRef>,
    /// May be empty.
    pub address: &'a str,
}

pub(super) fn write(
    conn: &mut PgConnection,
    trace: &Trace<'_>,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(audit_trail::table)
        .values((
            audit_trail::at.eq(at),
            audit_trail::user_id.eq(by),
            audit_trail::address.eq(trace.address),
            audit_trail::record_kind.eq(trace.record.map(RecordRef::kind)),
            audit_trail::record_id.eq(trace.record.map(RecordRef::id)),
            audit_trail::event.eq(trace.event),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn write_each(
    conn: &mut PgConnection,
    events: &[(RecordRef, Event)],
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let rows: Vec<_> = events
        .iter()
        .map(|(record, event)| {
            (
                audit_trail::at.eq(at),
                audit_trail::user_id.eq(by),
                audit_trail::record_kind.eq(record.kind()),
                audit_trail::record_id.eq(record.id()),
                audit_trail::event.eq(event),
            )
        })
        .collect();
    diesel::insert_into(audit_trail::table)
        .values(rows)
        .execute(conn)?;
    Ok(())
}
