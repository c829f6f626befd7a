//! Telling open pages that something changed.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

/// The channel of PostgreSQL's NOTIFY that carries topics.
pub const CHANNEL: &str = "backfill";

/// More than this many single records are announced as their kind.
const MOST_SINGLE: usize = 64;

/// Announces topics (`order:42`, `warehouse:1`, `orders`, ...) to every server, when and only when
/// the transaction commits. One statement however many topics.
pub fn announce(conn: &mut PgConnection, topics: &[String]) -> QueryResult<()> {
    if topics.is_empty() {
        return Ok(());
    }
    diesel::sql_query("select pg_notify($1, topic) from unnest($2) as topic")
        .bind::<Text, _>(CHANNEL)
        .bind::<Array<Text>, _>(topics)
        .execute(conn)?;
    Ok(())
}

/// Topics of single records of one kind; all of the kind at once when they are many.
pub fn topics<Id: std::fmt::Display>(kind: &str, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
    let single: Vec<String> = ids.into_iter().map(|id| format!("{kind}:{id}")).collect();
    if single.len() > MOST_SINGLE {
        vec![format!("{kind}:*")]
    } else {
        single
    }
}
