//! The list of entries: what a filter leaves, page by page.

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text};
use serde::{Deserialize, Serialize};

use super::shown::{Shown, columns};
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words_apart};
use crate::organizer::EntryKind;
use crate::types::{EntryCategoryId, EntryPriorityId, EntryStatusId, RecordRef, UserId, text_enum};

/// Rows read at once for an export.
const CHUNK: usize = 5_000;

text_enum! {
    /// Which entries are listed where no status is chosen.
    Which {
        /// Notes, and tasks that are not done.
        Open = "open", "Not done";
        Done = "done", "Done";
        /// Whatever is not archived.
        All = "all", "Done or not";
        Archived = "archived", "Archived";
    }
}

/// Who looks at a list, and on which day.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub by: UserId,
    pub today: NaiveDate,
}

/// What a list of entries is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryFilter {
    /// Parts of a label or a text; the first eight words count.
    pub q: String,
    /// An [`EntryKind`].
    pub kind: String,
    /// The id of a person, `me` or `nobody`.
    pub assignee: String,
    /// `due`: today or before; `overdue`; `week`: within seven days.
    pub due: String,
    /// A kind of records, or `none`.
    pub on: String,
    /// The id of a category.
    pub category: String,
    /// The id of a priority.
    pub priority: String,
    /// The id of a status, or a [`Which`]; what is not done if empty.
    pub status: String,
    /// One record, as `order:42`.
    pub record: String,
    /// `due`, `changed` or `priority`, falling with a minus before it; `due` if empty.
    pub sort: String,
}

impl EntryFilter {
    pub fn record(&self) -> Option<RecordRef> {
        self.record.parse().ok()
    }

    /// Which entries, unless a status is chosen.
    pub fn which(&self) -> Which {
        let all = self.status_id().map(|_| Which::All);
        all.or_else(|| self.status.parse().ok())
            .unwrap_or(Which::Open)
    }

    pub fn status_id(&self) -> Option<EntryStatusId> {
        self.status.parse().ok()
    }

    fn assignee(&self, seen: Seen) -> Option<UserId> {
        match self.assignee.as_str() {
            "me" => Some(seen.by),
            id => id.parse().ok(),
        }
    }

    /// The latest day they may be due.
    fn due_until(&self, seen: Seen) -> Option<NaiveDate> {
        let days = |days| seen.today.checked_add_days(Days::new(days));
        match self.due.as_str() {
            "due" => Some(seen.today),
            "overdue" => seen.today.pred_opt(),
            "week" => days(7),
            _ => None,
        }
    }
}

impl Which {
    /// Written out, so that the planner sees which indexes serve it.
    const fn condition(self) -> &'static str {
        match self {
            Self::Open => "e.done_at is null and e.archived_at is null",
            Self::Done => "e.done_at is not null and e.archived_at is null",
            Self::All => "e.archived_at is null",
            Self::Archived => "e.archived_at is not null",
        }
    }
}

/// What else narrows a list; what is null narrows nothing.
const NARROWED: &str = "(:kind is null or e.kind = :kind)
  and (:on = '' or e.record_kind = :on or :on = 'none' and e.record_kind is null)
  and (:assignee is null or e.assignee_id = :assignee)
  and (not :nobody or e.assignee_id is null)
  and (:until is null or coalesce(e.due_on, '9999-12-31'::date) <= :until)
  and (:category is null or e.category_id = :category)
  and (:priority is null or e.priority_id = :priority)
  and (:status is null or e.status_id = :status)
  and (:record_kind is null or e.record_kind = :record_kind and e.record_id = :record_id)
  and (:word is null or e.label || ' ' || e.text ilike :word)
  and e.label || ' ' || e.text ilike all (:words)";

/// By what entries can be sorted.
pub const ENTRY_SORTS: Sorts = Sorts {
    usual: "due",
    by: &[
        ("due", Key::day("coalesce(e.due_on, '9999-12-31'::date)")),
        ("changed", Key::moment("e.changed_at")),
        ("priority", Key::int("p.rank")),
    ],
    then: &[Key::big("e.id")],
};

/// One page of the entries a filter leaves.
pub fn entries(
    conn: &mut PgConnection,
    filter: &EntryFilter,
    paging: &Paging,
    seen: Seen,
) -> QueryResult<Page<Shown>> {
    let keyset = ENTRY_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, filter, &keyset, seen)?))
}

/// The next of the entries a filter leaves, as many as are exported at once.
pub fn entries_chunk(
    conn: &mut PgConnection,
    filter: &EntryFilter,
    after: Option<String>,
    seen: Seen,
) -> QueryResult<Page<Shown>> {
    let paging = Paging {
        after,
        before: None,
    };
    let keyset = ENTRY_SORTS.keyset(&filter.sort, &paging).most(CHUNK);
    Ok(keyset.page(load(conn, filter, &keyset, seen)?))
}

fn load(
    conn: &mut PgConnection,
    filter: &EntryFilter,
    keyset: &Keyset,
    seen: Seen,
) -> QueryResult<Vec<Keyed<Shown>>> {
    let (word, words) = words_apart(&filter.q);
    if word.is_some() {
        // How rare it is decides whether the index of words or that of days serves it.
        conn.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan")?;
    }
    let record = filter.record();
    listed!(
        keyset,
        format!(
            "{} where {} and {NARROWED} and :beyond order by :order limit :limit",
            columns(", :page_key"),
            filter.which().condition()
        ),
        on: Text = &filter.on,
        kind: Nullable<Text> = filter.kind.parse::<EntryKind>().ok(),
        assignee: Nullable<BigInt> = filter.assignee(seen),
        nobody: Bool = filter.assignee == "nobody",
        until: Nullable<Date> = filter.due_until(seen),
        category: Nullable<BigInt> = filter.category.parse::<EntryCategoryId>().ok(),
        priority: Nullable<BigInt> = filter.priority.parse::<EntryPriorityId>().ok(),
        status: Nullable<BigInt> = filter.status_id(),
        record_kind: Nullable<Text> = record.map(RecordRef::kind),
        record_id: Nullable<BigInt> = record.map(RecordRef::id),
        word: Nullable<Text> = word,
        words: Array<Text> = words,
    )
    .load(conn)
}
