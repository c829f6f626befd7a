//! Reads of mails.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use super::model::{Attachment, AttachmentLine, Mail, MailLine, MailState};
use crate::db::{self, Key, Keyset, Page, Paging, containing};
use crate::schema::{mail_attachments, mails, users};
use crate::types::{AttachmentId, MailId, RecordRef, UserId};

/// Most mails a record's page shows.
const MOST_OF_A_RECORD: i64 = 50;

/// Mails about a record, newest first.
pub fn of_record(conn: &mut PgConnection, record: RecordRef) -> QueryResult<Vec<MailLine>> {
    MailLine::query()
        .filter(mails::record_kind.eq(record.kind()))
        .filter(mails::record_id.eq(record.id()))
        .filter(mails::is_secret.eq(false))
        .order(mails::id.desc())
        .limit(MOST_OF_A_RECORD)
        .load(conn)
}

/// How many mails about records of a kind somebody caused since then.
pub fn caused_since(
    conn: &mut PgConnection,
    by: UserId,
    kind: &str,
    since: DateTime<Utc>,
) -> QueryResult<i64> {
    mails::table
        .filter(mails::queued_by.eq(by))
        .filter(mails::record_kind.eq(kind))
        .filter(mails::queued_at.gt(since))
        .count()
        .get_result(conn)
}

/// A page of all mails, newest first; `text` is looked for in recipients and subjects.
pub fn page(
    conn: &mut PgConnection,
    state: Option<MailState>,
    text: &str,
    paging: &Paging,
) -> QueryResult<Page<MailLine>> {
    let mut query = MailLine::query()
        .filter(mails::is_secret.eq(false))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(mails::state.eq(state));
    }
    if !text.trim().is_empty() {
        let pattern = containing(text.trim());
        query = query.filter(
            mails::recipients
                .ilike(pattern.clone())
                .or(mails::subject.ilike(pattern)),
        );
    }
    let newest_first = Keyset::new(&[Key::big("mails.id")], true, paging);
    db::page!(conn, query, MailLine, newest_first)
}

/// One mail that others than its recipients may read.
pub fn find(conn: &mut PgConnection, id: MailId) -> QueryResult<Mail> {
    let shown = Mail::query().filter(mails::is_secret.eq(false));
    shown.filter(mails::id.eq(id)).first(conn)
}

/// The name of who caused a mail; `None`: Backfill itself.
pub fn author(conn: &mut PgConnection, mail: &Mail) -> QueryResult<Option<String>> {
    let Some(user) = mail.queued_by else {
        return Ok(None);
    };
    users::table
        .find(user)
        .select(users::name)
        .first(conn)
        .optional()
}

/// What is attached to a mail, without the content.
pub fn attachment_lines(conn: &mut PgConnection, id: MailId) -> QueryResult<Vec<AttachmentLine>> {
    let rows: Vec<(AttachmentId, String, i32)> = mail_attachments::table
        .filter(mail_attachments::mail_id.eq(id))
        .order(mail_attachments::id)
        .select((
            mail_attachments::id,
            mail_attachments::name,
            sql::<Integer>("octet_length(content)"),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, size)| AttachmentLine {
            id,
            name,
            size: size.unsigned_abs() as usize,
        })
        .collect())
}

/// What is attached to a mail.
pub fn attachments(conn: &mut PgConnection, id: MailId) -> QueryResult<Vec<Attachment>> {
    mail_attachments::table
        .filter(mail_attachments::mail_id.eq(id))
        .order(mail_attachments::id)
        .select(Attachment::as_select())
        .load(conn)
}

/// One attachment of a mail.
pub fn attachment(
    conn: &mut PgConnection,
    mail: MailId,
    id: AttachmentId,
) -> QueryResult<Attachment> {
    mail_attachments::table
        .find(id)
        .filter(mail_attachments::mail_id.eq(mail))
        .select(Attachment::as_select())
        .first(conn)
}

/// The mail whose turn it is, locked; mails that somebody else is sending are passed over.
pub fn next_due(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Option<Mail>> {
    Mail::query()
        .filter(mails::state.eq(MailState::Queued))
        .filter(mails::next_try_at.le(now))
        .order((mails::next_try_at, mails::id))
        .limit(1)
        .for_update()
        .skip_locked()
        .get_result(conn)
        .optional()
}

/// A mail, locked; `None` while the worker holds it.
pub fn take(conn: &mut PgConnection, id: MailId) -> QueryResult<Option<Mail>> {
    let taken = Mail::query()
        .filter(mails::id.eq(id))
        .filter(mails::is_secret.eq(false))
        .for_update()
        .skip_locked()
        .get_result(conn)
        .optional()?;
    if taken.is_none() {
        find(conn, id)?;
    }
    Ok(taken)
}
