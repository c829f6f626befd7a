//! Who is told of what. Reading it is taking it: nobody else tells the same again.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamptz};

use crate::db::{Act, sql};
use crate::organizer::EntryKind;
use crate::organizer::called::CALLED;
use crate::organizer::queries::about;
use crate::types::{EntryId, RecordRef, UserId, text_enum};

text_enum! {
    /// Why somebody is told of an entry.
    Why {
        Assigned = "assigned", "Assigned";
        Mentioned = "mentioned", "Named";
        Due = "due", "Due";
    }
}

/// An entry, and who is told of it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub(super) struct Told {
    #[diesel(sql_type = BigInt)]
    pub user_id: UserId,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub why: Why,
    /// Who assigned it or named them.
    #[diesel(sql_type = Nullable<Text>)]
    by: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub id: EntryId,
    #[diesel(sql_type = Text)]
    kind: EntryKind,
    #[diesel(sql_type = Text)]
    label: String,
    #[diesel(sql_type = Text)]
    text: String,
    #[diesel(sql_type = Nullable<Date>)]
    pub due_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Text>)]
    record_kind: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    record_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    called: Option<String>,
    /// They see some warehouses only, and perhaps not this record: the page tells them, not a mail.
    #[diesel(sql_type = Bool)]
    is_limited: bool,
}

impl Told {
    fn is_hidden(&self) -> bool {
        self.is_limited && self.record_kind.is_some()
    }

    pub fn label(&self) -> &str {
        match self.is_hidden() {
            true => self.kind.label(),
            false => &self.label,
        }
    }

    pub fn text(&self) -> &str {
        if self.is_hidden() { "" } else { &self.text }
    }

    pub fn about(&self) -> Option<String> {
        let record = RecordRef::of_row(self.record_kind.as_deref()?, self.record_id?)?;
        (!self.is_limited).then(|| about(record, self.called.as_deref()))
    }

    pub fn path(&self) -> String {
        RecordRef::Entry(self.id).path()
    }

    pub fn why_in_words(&self) -> String {
        let by = self.by.as_deref().unwrap_or("Backfill");
        match self.why {
            Why::Assigned => format!("{by} assigned this task to you."),
            Why::Mentioned => format!("{by} names you in a {}.", self.kind),
            Why::Due => "This task of yours is due.".into(),
        }
    }

    pub fn subject(&self) -> String {
        match self.why {
            Why::Assigned => format!("Assigned to you: {}", self.label()),
            Why::Mentioned => format!("You are named: {}", self.label()),
            Why::Due => format!("Due: {}", self.label()),
        }
    }
}

/// All about the rows of `told`.
fn listed(with: &str) -> String {
    format!(
        "{with}
         select u.id as user_id, u.email, t.why, b.name as by, e.id, e.kind, e.label, e.text,
           e.due_on, e.record_kind, e.record_id, {CALLED} as called,
           exists (select from user_warehouses w where w.user_id = u.id) as is_limited
         from told t
         join users u on u.id = t.user_id and u.disabled_at is null
         join organizer_entries e on e.id = t.entry_id and e.archived_at is null
         left join users b on b.id = t.told_by
         order by u.id, t.why, e.due_on, e.id"
    )
}

/// What those are to be told now who want it at once.
pub(super) fn at_once(act: &mut Act<'_>) -> QueryResult<Vec<Told>> {
    let at = act.at();
    sql!(
        listed(
            "with told as (
               update organizer_tellings set told_at = :at
               where id in (
                 select n.id from organizer_tellings n join users u on u.id = n.user_id
                 where n.told_at is null and u.organizer_mail = 'at_once'
                 order by n.id limit 200 for update of n skip locked)
               returning entry_id, user_id, why, told_by)"
        ),
        at: Timestamptz = at,
    )
    .load(act.conn())
}

/// Tasks that are due on a day, or were before, of which nobody was told. Who wants to be told once a
/// day, or never, is not told here.
pub(super) fn due(act: &mut Act<'_>, today: NaiveDate) -> QueryResult<Vec<Told>> {
    sql!(
        listed(
            "with due as (
               update organizer_entries set due_told_on = due_on
               where id in (
                 select id from organizer_entries
                 where due_on <= :today and due_told_on is distinct from due_on
                   and assignee_id is not null and done_at is null and archived_at is null
                 order by due_on limit 200 for update skip locked)
               returning id, assignee_id
             ), told as (
               select d.id as entry_id, d.assignee_id as user_id, 'due' as why,
                 null::bigint as told_by
               from due d join users u on u.id = d.assignee_id
               where u.organizer_mail = 'at_once')"
        ),
        today: Date = today,
    )
    .load(act.conn())
}

/// All that those are to be told who want it once a day, unless they were told today.
pub(super) fn daily(act: &mut Act<'_>, today: NaiveDate) -> QueryResult<Vec<Told>> {
    let at = act.at();
    sql!(
        listed(
            "with asked as (
               insert into organizer_digests (user_id, day)
               select u.id, :today from users u
               where u.organizer_mail = 'daily' and u.disabled_at is null
                 and not exists (
                   select from organizer_digests g where g.user_id = u.id and g.day >= :today)
               order by u.id limit 200
               on conflict (user_id) do update set day = excluded.day
                 where organizer_digests.day < excluded.day
               returning user_id
             ), fresh as (
               update organizer_tellings n set told_at = :at from asked a
               where n.user_id = a.user_id and n.told_at is null
               returning n.entry_id, n.user_id, n.why, n.told_by
             ), told as (
               select entry_id, user_id, why, told_by from fresh
               union all
               select e.id, e.assignee_id, 'due', null
               from organizer_entries e join asked a on a.user_id = e.assignee_id
               where e.due_on <= :today and e.done_at is null and e.archived_at is null)"
        ),
        today: Date = today,
        at: Timestamptz = at,
    )
    .load(act.conn())
}
