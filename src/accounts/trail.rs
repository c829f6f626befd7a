//! The audit trail, as admins look through it.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use serde::{Deserialize, Serialize};

use crate::db::{self, Key, Keyset, Page, Paging, containing};
use crate::schema::{audit_trail, users};
use crate::types::{Event, RecordRef, UserId};

/// Rows read at once for an export.
const CHUNK: usize = 5_000;

/// What happened once.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = audit_trail)]
#[diesel(base_query = audit_trail::table.left_join(users::table))]
pub struct Traced {
    pub at: DateTime<Utc>,
    /// From where; may be empty.
    pub address: String,
    record_kind: Option<String>,
    record_id: Option<i64>,
    pub event: Event,
    #[diesel(select_expression = users::name.nullable())]
    who: Option<String>,
}

impl Traced {
    /// Who, in words.
    pub fn person(&self) -> &str {
        match (&self.who, &self.event) {
            (Some(name), _) => name,
            (None, Event::SignInFailed { .. }) => "Somebody",
            (None, _) => "Backfill",
        }
    }

    /// What it was about.
    pub fn record(&self) -> Option<RecordRef> {
        RecordRef::of_row(self.record_kind.as_deref()?, self.record_id?)
    }
}

/// What the trail is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrailFilter {
    /// Words of what happened, or an address.
    pub q: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// The id of a user.
    pub who: String,
}

/// Kinds of what happens, and their words.
pub const KINDS: [(&str, &str); 9] = [
    ("signed_in", "Signed in"),
    ("sign_in_failed", "Could not sign in"),
    ("signed_out", "Signed out"),
    ("exported", "Exported"),
    ("fields_changed", "Fields changed"),
    ("settings_changed", "Settings changed"),
    ("rights_changed", "Rights changed"),
    ("limit_changed", "Warehouses changed"),
    ("customer_written", "Customer written to"),
];

/// A page of the trail, the latest first.
pub fn trail(
    conn: &mut PgConnection,
    filter: &TrailFilter,
    paging: &Paging,
) -> QueryResult<Page<Traced>> {
    load(conn, filter, Keyset::new(LATEST, true, paging))
}

/// The next of it, as many as are exported at once.
pub fn trail_chunk(
    conn: &mut PgConnection,
    filter: &TrailFilter,
    after: Option<String>,
) -> QueryResult<Page<Traced>> {
    let paging = Paging {
        after,
        before: None,
    };
    load(conn, filter, Keyset::new(LATEST, true, &paging).most(CHUNK))
}

const LATEST: &[Key] = &[Key::big("audit_trail.id")];

fn load(
    conn: &mut PgConnection,
    filter: &TrailFilter,
    latest: Keyset,
) -> QueryResult<Page<Traced>> {
    let mut query = Traced::query().into_boxed();
    if KINDS.iter().any(|(kind, _)| *kind == filter.kind) {
        let of_kind = sql::<Bool>("audit_trail.event ->> 'kind' = ");
        query = query.filter(of_kind.bind::<Text, _>(filter.kind.clone()));
    }
    if let Ok(user) = filter.who.parse::<UserId>() {
        query = query.filter(audit_trail::user_id.eq(user));
    }
    if !filter.q.trim().is_empty() {
        let said = sql::<Bool>("audit_trail.event::text || ' ' || audit_trail.address ilike ");
        query = query.filter(said.bind::<Text, _>(containing(filter.q.trim())));
    }
    db::page!(conn, query, Traced, latest)
}
