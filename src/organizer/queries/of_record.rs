//! What is written about one record.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::shown::{Shown, about, columns};
use crate::db::sql;
use crate::organizer::called::CALLED;
use crate::types::RecordRef;

/// What the record is called, as `Order SO-000042`; `None`: there is none.
pub fn name_of_record(conn: &mut PgConnection, record: RecordRef) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Called {
        #[diesel(sql_type = Nullable<Text>)]
        called: Option<String>,
    }
    let row: Called = sql!(
        format!(
            "select {CALLED} as called
             from (select :kind::text as record_kind, :id::bigint as record_id) e"
        ),
        kind: Text = record.kind(),
        id: BigInt = record.id(),
    )
    .get_result(conn)?;
    Ok(row.called.map(|called| about(record, Some(&called))))
}

/// The first of the entries about a record that are not archived: what is not done first, then by
/// priority and due day. At most `most`.
pub fn entries_of(
    conn: &mut PgConnection,
    record: RecordRef,
    most: i64,
) -> QueryResult<Vec<Shown>> {
    let all = columns("");
    sql!(
        format!(
            "{all} where e.record_kind = :kind and e.record_id = :id and e.archived_at is null
             order by e.done_at is not null, e.warns desc, p.rank desc, e.due_on, e.id desc
             limit :most"
        ),
        kind: Text = record.kind(),
        id: BigInt = record.id(),
        most: BigInt = most,
    )
    .load(conn)
}
