//! What stands at the rows of a list: how many notes and tasks there are on each record, and the first
//! of their texts.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Text};

use crate::db::sql;
use crate::organizer::EntryKind;
use crate::types::{RecordRef, UserId, counted};

/// Entries of which the texts are shown at a row.
const TEXTS: i64 = 4;

/// What is written about a record and not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub record: RecordRef,
    pub entries: i64,
    tasks: i64,
    /// One of them is to be read before something is done to the record.
    pub warns: bool,
    /// The first of them.
    pub first: Vec<First>,
}

/// What a reader sees of an entry at a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    pub kind: EntryKind,
    pub label: String,
    /// The beginning of its text.
    pub text: String,
}

impl Mark {
    /// `2 notes`, `1 task`, `3 notes and tasks`.
    pub fn words(&self) -> String {
        if self.tasks == 0 {
            counted(self.entries, "note")
        } else if self.tasks == self.entries {
            counted(self.entries, "task")
        } else {
            format!("{} notes and tasks", self.entries)
        }
    }

    /// How many more there are.
    pub fn more(&self) -> i64 {
        self.entries - i64::try_from(self.first.len()).unwrap_or(self.entries)
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(Pg))]
struct Row {
    #[diesel(sql_type = Text)]
    record_kind: String,
    #[diesel(sql_type = BigInt)]
    record_id: i64,
    #[diesel(sql_type = Text)]
    kind: EntryKind,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Text)]
    text: String,
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = BigInt)]
    tasks: i64,
    #[diesel(sql_type = Bool)]
    warns: bool,
}

/// Marks of those of some records about which anything is written that is not done.
pub fn marks(conn: &mut PgConnection, records: &[RecordRef]) -> QueryResult<Vec<Mark>> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let kinds: Vec<&str> = records.iter().map(|record| record.kind()).collect();
    let ids: Vec<i64> = records.iter().map(|record| record.id()).collect();
    let rows: Vec<Row> = sql!(
        "select * from (
           select e.record_kind, e.record_id, e.kind, e.label, left(e.text, 200) as text,
             count(*) over of_record as entries,
             count(*) filter (where e.kind = 'task') over of_record as tasks,
             bool_or(e.warns) over of_record as warns,
             row_number() over (partition by e.record_kind, e.record_id
               order by e.warns desc, p.rank desc, e.due_on, e.id desc) as nth
           from (select distinct * from unnest(:kinds, :ids) as named (kind, id)) asked
           join organizer_entries e on e.record_kind = asked.kind and e.record_id = asked.id
           join organizer_priorities p on p.id = e.priority_id
           where e.done_at is null and e.archived_at is null
           window of_record as (partition by e.record_kind, e.record_id)
         ) ranked
         where nth <= :texts order by record_kind, record_id, nth",
        kinds: Array<Text> = kinds,
        ids: Array<BigInt> = ids,
        texts: BigInt = TEXTS,
    )
    .load(conn)?;
    Ok(marked(rows))
}

fn marked(rows: Vec<Row>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for row in rows {
        let Some(record) = RecordRef::of_row(&row.record_kind, row.record_id) else {
            continue;
        };
        if marks.last().is_none_or(|mark| mark.record != record) {
            marks.push(Mark {
                record,
                entries: row.entries,
                tasks: row.tasks,
                warns: row.warns,
                first: Vec::new(),
            });
        }
        if let Some(mark) = marks.last_mut() {
            mark.first.push(First {
                kind: row.kind,
                label: row.label,
                text: row.text,
            });
        }
    }
    marks
}

/// More are told as so many.
pub const MANY_DUE: i64 = 100;

/// How many tasks of somebody are due on a day, or were before; no more than [`MANY_DUE`] are counted.
pub fn due(conn: &mut PgConnection, user: UserId, today: NaiveDate) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(Pg))]
    struct Count {
        #[diesel(sql_type = BigInt)]
        entries: i64,
    }
    let count: Count = sql!(
        "select count(*) as entries from (
           select from organizer_entries
           where assignee_id = :user and coalesce(due_on, '9999-12-31'::date) <= :today
             and done_at is null and archived_at is null
           limit :many
         ) due",
        user: BigInt = user,
        today: Date = today,
        many: BigInt = MANY_DUE,
    )
    .get_result(conn)?;
    Ok(count.entries)
}
