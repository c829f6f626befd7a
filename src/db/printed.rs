//! What is written about records and is to stand on a paper.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::sql;
use crate::types::{Paper, RecordRef};

/// The notes of some records that a paper shows, a paragraph each, in the order of the records; empty:
/// none.
pub fn printed(
    conn: &mut PgConnection,
    paper: Paper,
    records: &[RecordRef],
) -> QueryResult<String> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Note {
        #[diesel(sql_type = Text)]
        words: String,
    }
    let kinds: Vec<&str> = records.iter().map(|record| record.kind()).collect();
    let ids: Vec<i64> = records.iter().map(|record| record.id()).collect();
    let notes: Vec<Note> = sql!(
        "select concat_ws(': ', nullif(e.label, ''), nullif(e.text, '')) as words
         from unnest(:kinds, :ids) with ordinality as asked (kind, id, nth)
         join organizer_entries e on e.record_kind = asked.kind and e.record_id = asked.id
         where e.print_on <> '{}' and :paper = any(e.print_on)
           and e.done_at is null and e.archived_at is null
         order by asked.nth, e.id",
        kinds: Array<Text> = kinds,
        ids: Array<BigInt> = ids,
        paper: Text = paper,
    )
    .load(conn)?;
    let words: Vec<String> = notes.into_iter().map(|note| note.words).collect();
    Ok(words.join("\n\n"))
}
