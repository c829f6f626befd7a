//! What is written about records and is to stand on a paper.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::sql;
use crate::types::{Paper, RecordRef};

/// What a paper says of some records.
#[derive(Debug, Default)]
pub struct Printed(Vec<Note>);

#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Note {
    #[diesel(sql_type = Text)]
    record_kind: String,
    #[diesel(sql_type = BigInt)]
    record_id: i64,
    #[diesel(sql_type = Text)]
    words: String,
}

impl Printed {
    /// The notes of some records, a paragraph each, in the order they were asked for; empty: none.
    pub fn of(&self, records: &[RecordRef]) -> String {
        let named = |note: &&Note| {
            let mut records = records.iter();
            records.any(|record| record.kind() == note.record_kind && record.id() == note.record_id)
        };
        let words = self.0.iter().filter(named).map(|note| note.words.as_str());
        words.collect::<Vec<_>>().join("\n\n")
    }
}

/// The notes of some records that a paper shows.
pub fn printed(
    conn: &mut PgConnection,
    paper: Paper,
    records: &[RecordRef],
) -> QueryResult<Printed> {
    let kinds: Vec<&str> = records.iter().map(|record| record.kind()).collect();
    let ids: Vec<i64> = records.iter().map(|record| record.id()).collect();
    let notes = sql!(
        "select e.record_kind, e.record_id,
           concat_ws(': ', nullif(e.label, ''), nullif(e.text, '')) as words
         from unnest(:kinds, :ids) with ordinality as asked (kind, id, nth)
         join organizer_entries e on e.record_kind = asked.kind and e.record_id = asked.id
         where e.print_on <> '{}' and :paper = any(e.print_on)
           and e.done_at is null and e.archived_at is null
         order by asked.nth, e.id",
        kinds: Array<Text> = kinds,
        ids: Array<BigInt> = ids,
        paper: Text = paper,
    );
    Ok(Printed(notes.load(conn)?))
}
