//! Writes: queueing a mail, sending it again, and what became of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use super::error::Error;
use super::mailer::{Delivery, Refusal};
use super::model::{Mail, MailState, NewMail};
use super::queries;
use crate::db::announce::topics;
use crate::db::{Act, announce};
use crate::schema::{mail_attachments, mails};
use crate::types::{Email, Event, MailId, RecordRef};

/// Queues a mail in the caller's transaction: it goes out if and only if that commits.
///
/// # Errors
/// Nobody is to get it, or those of the database.
pub fn enqueue(act: &mut Act<'_>, mail: NewMail) -> Result<MailId, Error> {
    let queued = enqueue_all(act, &[mail])?;
    Ok(queued.first().copied().ok_or(diesel::NotFound)?)
}

/// Queues several, all or none, in a constant number of statements.
///
/// # Errors
/// As those of [`enqueue`].
pub fn enqueue_all(act: &mut Act<'_>, all: &[NewMail]) -> Result<Vec<MailId>, Error> {
    if all.iter().any(|mail| mail.recipients.is_empty()) {
        return Err(Error::NoRecipient);
    }
    let (by, at) = (act.by(), act.at());
    let rows: Vec<_> = all
        .iter()
        .map(|mail| {
            (
                mails::record_kind.eq(mail.record.map(RecordRef::kind)),
                mails::record_id.eq(mail.record.map(RecordRef::id)),
                mails::recipients.eq(each_once(&mail.recipients)),
                mails::sender.eq(&mail.sender),
                mails::reply_to.eq(mail.reply_to.as_ref().map(|address| address.as_str())),
                mails::subject.eq(one_line(&mail.subject)),
                mails::body_text.eq(&mail.body_text),
                mails::body_html.eq(&mail.body_html),
                mails::is_secret.eq(mail.is_secret),
                mails::queued_by.eq(by),
                mails::queued_at.eq(at),
                mails::next_try_at.eq(at),
            )
        })
        .collect();
    let ids: Vec<MailId> = diesel::insert_into(mails::table)
        .values(rows)
        .returning(mails::id)
        .get_results(act.conn())?;
    let attached = ids.iter().zip(all);
    let attached =
        attached.flat_map(|(id, mail)| mail.attachments.iter().map(move |each| (id, each)));
    let attachments: Vec<_> = attached
        .map(|(id, attachment)| {
            (
                mail_attachments::mail_id.eq(*id),
                mail_attachments::name.eq(&attachment.name),
                mail_attachments::content_type.eq(&attachment.content_type),
                mail_attachments::content.eq(&attachment.content),
            )
        })
        .collect();
    diesel::insert_into(mail_attachments::table)
        .values(attachments)
        .execute(act.conn())?;
    tell_all(act, &ids, all.iter().filter_map(|mail| mail.record))?;
    Ok(ids)
}

/// Separated by commas.
fn each_once(recipients: &[Email]) -> String {
    let mut once: Vec<&str> = Vec::with_capacity(recipients.len());
    for recipient in recipients {
        if !once.contains(&recipient.as_str()) {
            once.push(recipient.as_str());
        }
    }
    once.join(", ")
}

/// Queues a mail again, at once and with all its tries. One that was sent stays as it is, and a copy
/// of it goes out: the answer is the mail that will be sent.
///
/// # Errors
/// It is being sent at this moment, or there is no such mail.
pub fn send_again(act: &mut Act<'_>, id: MailId) -> Result<MailId, Error> {
    let mail = queries::take(act, id)?.ok_or(Error::BeingSent)?;
    let queued = if mail.line.state == MailState::Sent {
        copy(act, id)?
    } else {
        diesel::update(mails::table.find(id))
            .set((
                mails::state.eq(MailState::Queued),
                mails::tries.eq(0),
                mails::next_try_at.eq(act.at()),
            ))
            .execute(act.conn())?;
        id
    };
    let record = mail.line.record();
    if let Some(record) = record {
        let (subject, to) = (mail.line.subject, mail.line.recipients);
        act.note(record, &Event::MailQueuedAgain { subject, to })?;
    }
    tell(act, queued, record)?;
    Ok(queued)
}

/// Writes down what became of a try.
pub fn settle(
    act: &mut Act<'_>,
    mail: &Mail,
    outcome: Result<Delivery, Refusal>,
) -> QueryResult<()> {
    let Mail {
        line: mail,
        is_secret,
        ..
    } = mail;
    let (subject, to) = (mail.subject.clone(), mail.recipients.clone());
    let mut after = AfterTry {
        state: mail.state,
        tries: mail.tries + 1,
        next_try_at: mail.next_try_at,
        sent_at: mail.sent_at,
        last_error: None,
    };
    let happened = match outcome {
        Ok(Delivery::Accepted) => {
            after.state = MailState::Sent;
            after.sent_at = Some(act.at());
            Some(Event::MailSent { subject, to })
        }
        Ok(Delivery::Kept) => {
            after.state = MailState::Kept;
            after.tries = mail.tries;
            Some(Event::MailKept { subject, to })
        }
        Err(Refusal::Later(why)) if let Some(wait) = mail.wait_after_failure() => {
            after.next_try_at = act.at() + wait;
            after.last_error = Some(why);
            None
        }
        Err(Refusal::Later(why) | Refusal::Never(why)) => {
            after.state = MailState::Failed;
            after.last_error = Some(why.clone());
            Some(Event::MailFailed { subject, to, why })
        }
    };
    diesel::update(mails::table.find(mail.id))
        .set(after)
        .execute(act.conn())?;
    if *is_secret && happened.is_some() {
        diesel::update(mails::table.find(mail.id))
            .set((mails::body_text.eq(""), mails::body_html.eq("")))
            .execute(act.conn())?;
    }
    if let (Some(record), Some(event)) = (mail.record(), happened) {
        act.note(record, &event)?;
    }
    tell(act, mail.id, mail.record())
}

#[derive(AsChangeset)]
#[diesel(table_name = mails, treat_none_as_null = true)]
struct AfterTry {
    state: MailState,
    tries: i32,
    next_try_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    last_error: Option<String>,
}

/// A new mail that is like another one.
fn copy(act: &mut Act<'_>, id: MailId) -> QueryResult<MailId> {
    let copy: MailId = mails::table
        .find(id)
        .select((
            mails::record_kind,
            mails::record_id,
            mails::recipients,
            mails::sender,
            mails::reply_to,
            mails::subject,
            mails::body_text,
            mails::body_html,
            act.by().into_sql::<Nullable<BigInt>>(),
            act.at().into_sql::<Timestamptz>(),
            act.at().into_sql::<Timestamptz>(),
        ))
        .insert_into(mails::table)
        .into_columns((
            mails::record_kind,
            mails::record_id,
            mails::recipients,
            mails::sender,
            mails::reply_to,
            mails::subject,
            mails::body_text,
            mails::body_html,
            mails::queued_by,
            mails::queued_at,
            mails::next_try_at,
        ))
        .returning(mails::id)
        .get_result(act.conn())?;
    mail_attachments::table
        .filter(mail_attachments::mail_id.eq(id))
        .order(mail_attachments::id)
        .select((
            copy.into_sql::<BigInt>(),
            mail_attachments::name,
            mail_attachments::content_type,
            mail_attachments::content,
        ))
        .insert_into(mail_attachments::table)
        .into_columns((
            mail_attachments::mail_id,
            mail_attachments::name,
            mail_attachments::content_type,
            mail_attachments::content,
        ))
        .execute(act.conn())?;
    Ok(copy)
}

/// Tells open pages: the list of mails, the mail's own, and that of its record.
fn tell(conn: &mut PgConnection, id: MailId, record: Option<RecordRef>) -> QueryResult<()> {
    tell_all(conn, &[id], record.into_iter())
}

fn tell_all(
    conn: &mut PgConnection,
    ids: &[MailId],
    records: impl Iterator<Item = RecordRef>,
) -> QueryResult<()> {
    let mut all = vec!["mails".to_owned()];
    all.extend(topics("mail", ids));
    all.extend(records.map(|record| record.to_string()));
    announce(conn, &all)
}

/// A subject is a header, and a header is one line.
fn one_line(subject: &str) -> String {
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}
