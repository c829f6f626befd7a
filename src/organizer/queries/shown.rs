//! Entries as they are shown: with the names of all they refer to.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz};

use crate::db::sql;
use crate::organizer::called::CALLED;
use crate::organizer::model::is_editable;
use crate::organizer::prose::{Piece, pieces};
use crate::organizer::{Entry, EntryKind, Paper, Tone};
use crate::schema::organizer_entries;
use crate::types::{EntryId, EntryStatusId, RecordRef, UserId, dates};
use crate::web::Visitor;

/// An entry in a list, a panel or on its page.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Shown {
    #[diesel(sql_type = BigInt)]
    pub id: EntryId,
    #[diesel(sql_type = Text)]
    pub kind: EntryKind,
    #[diesel(sql_type = Text)]
    pub label: String,
    #[diesel(sql_type = Text)]
    pub text: String,
    #[diesel(sql_type = Text)]
    pub category: String,
    #[diesel(sql_type = Text)]
    pub priority: String,
    #[diesel(sql_type = Text)]
    pub priority_tone: Tone,
    /// Whether its priority says nothing in particular.
    #[diesel(sql_type = Bool)]
    pub is_usual: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub status_id: Option<EntryStatusId>,
    /// None: a note.
    #[diesel(sql_type = Nullable<Text>)]
    pub status: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub status_tone: Option<Tone>,
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub assignee_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub assignee: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    record_kind: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    record_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    called: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    pub print_on: Vec<Paper>,
    #[diesel(sql_type = Bool)]
    pub warns: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    created_by: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    author: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    pub changed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub done_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub archived_at: Option<DateTime<Utc>>,
    /// Colleagues it names, as they are written.
    #[diesel(sql_type = Array<Text>)]
    mentions: Vec<String>,
}

/// When an entry is due, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub words: String,
    /// None: nobody need hurry.
    pub tone: Option<&'static str>,
}

impl Shown {
    /// As history names it.
    pub const fn itself(&self) -> RecordRef {
        RecordRef::Entry(self.id)
    }

    pub fn path(&self) -> String {
        self.itself().path()
    }

    /// What it is about; `None`: no record.
    pub fn record(&self) -> Option<RecordRef> {
        RecordRef::of_row(self.record_kind.as_deref()?, self.record_id?)
    }

    /// `Order SO-000042`; empty: it is about no record.
    pub fn about(&self) -> String {
        let record = self.record();
        record.map_or_else(String::new, |record| about(record, self.called.as_deref()))
    }

    /// Who wrote it, in words.
    pub fn author(&self) -> &str {
        self.author.as_deref().unwrap_or("Backfill")
    }

    pub fn is_task(&self) -> bool {
        self.kind == EntryKind::Task
    }

    pub const fn is_done(&self) -> bool {
        self.done_at.is_some()
    }

    pub const fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }

    /// Its text, with links.
    pub fn pieces(&self) -> Vec<Piece> {
        pieces(&self.text, &self.mentions)
    }

    /// The papers it is printed on, in words.
    pub fn printed(&self) -> String {
        let papers = self.print_on.iter().map(|paper| paper.label());
        papers.collect::<Vec<_>>().join(", ")
    }

    /// When it is due; `None`: no day.
    pub fn due(&self, today: NaiveDate) -> Option<Due> {
        let day = self.due_on?;
        let words = dates::day(&day);
        let said = |words, tone| Some(Due { words, tone });
        if self.is_done() || day > today {
            said(words, None)
        } else if day == today {
            said(format!("{words}, today"), Some("warn"))
        } else {
            said(format!("{words}, overdue"), Some("bad"))
        }
    }

    /// Whether somebody may change what it says.
    pub fn is_editable_by(&self, visitor: &Visitor) -> bool {
        is_editable(self.created_by, visitor)
    }

    /// Whether somebody may say how far it is.
    pub fn is_moved_by(&self, visitor: &Visitor) -> bool {
        self.is_task()
            && !self.is_archived()
            && (self.is_editable_by(visitor) || self.assignee_id == Some(visitor.id))
    }
}

/// `Order SO-000042`, of a record that is called so.
pub fn about(record: RecordRef, called: Option<&str>) -> String {
    format!("{} {}", record.label(), called.unwrap_or_default())
}

/// The columns of entries that are shown, and the tables they come from.
pub(super) fn columns(more: &str) -> String {
    format!(
        "select e.id, e.kind, e.label, e.text, c.name as category, p.name as priority,
           p.tone as priority_tone, p.is_usual, e.status_id, s.name as status, s.tone as status_tone,
           e.due_on, e.assignee_id, a.name as assignee, e.record_kind, e.record_id,
           {CALLED} as called, e.print_on, e.warns, e.created_by, w.name as author, e.created_at,
           e.changed_at, e.done_at, e.archived_at,
           array(select m.written from organizer_mentions m where m.entry_id = e.id
             order by length(m.written) desc) as mentions{more}
         from organizer_entries e
         join organizer_categories c on c.id = e.category_id
         join organizer_priorities p on p.id = e.priority_id
         left join organizer_statuses s on s.id = e.status_id
         left join users a on a.id = e.assignee_id
         left join users w on w.id = e.created_by"
    )
}

/// One entry as it is shown.
///
/// # Errors
/// [`diesel::NotFound`] when there is none.
pub fn shown(conn: &mut PgConnection, id: EntryId) -> QueryResult<Shown> {
    let all = columns("");
    sql!(format!("{all} where e.id = :id"), id: BigInt = id).get_result(conn)
}

/// One entry as it is stored.
///
/// # Errors
/// [`diesel::NotFound`] when there is none.
pub fn entry(conn: &mut PgConnection, id: EntryId) -> QueryResult<Entry> {
    Entry::query()
        .filter(organizer_entries::id.eq(id))
        .first(conn)
}
