//! Writes: queueing a mail, sending it again, and what became of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use super::error::Error;
use super::mailer::{Delivery, Refusal};
use super::model::{MailLine, MailState, NewMail};
use super::queries;
use crate::db::{Act, announce};
use crate::schema::{mail_attachments, mails};
use crate::types::{Event, MailId, RecordRef};

/// Queues a mail in the caller's transaction: it goes out if and only if that commits.
///
/// # Errors
/// Nobody is to get it, or those of the database.
pub fn enqueue(act: &mut Act<'_>, mail: NewMail) -> Result<MailId, Error> {
    let mut recipients: Vec<&str> = Vec::with_capacity(mail.recipients.len());
    for recipient in &mail.recipients {
        if !recipients.contains(&recipient.as_str()) {
            recipients.push(recipient.as_str());
        }
    }
    if recipients.is_empty() {
        return Err(Error::NoRecipient);
    }
    let id: MailId = diesel::insert_into(mails::table)
        .values((
            mails::record_kind.eq(mail.record.map(RecordRef::kind)),
            mails::record_id.eq(mail.record.map(RecordRef::id)),
            mails::recipients.eq(recipients.join(", ")),
            mails::sender.eq(&mail.sender),
            mails::reply_to.eq(mail.reply_to.as_ref().map(|address| address.as_str())),
            mails::subject.eq(one_line(&mail.subject)),
            mails::body_text.eq(&mail.body_text),
            mails::body_html.eq(&mail.body_html),
            mails::queued_by.eq(act.by()),
            mails::queued_at.eq(act.at()),
            mails::next_try_at.eq(act.at()),
        ))
        .returning(mails::id)
        .get_result(act.conn())?;
    let attachments: Vec<_> = mail
        .attachments
        .iter()
        .map(|attachment| {
            (
                mail_attachments::mail_id.eq(id),
                mail_attachments::name.eq(&attachment.name),
                mail_attachments::content_type.eq(&attachment.content_type),
                mail_attachments::content.eq(&attachment.content),
            )
        })
        .collect();
    diesel::insert_into(mail_attachments::table)
        .values(attachments)
        .execute(act.conn())?;
    tell(act, id, mail.record)?;
    Ok(id)
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
    mail: &MailLine,
    outcome: Result<Delivery, Refusal>,
) -> QueryResult<()> {
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
    let mut topics = vec!["mails".to_owned(), format!("mail:{id}")];
    topics.extend(record.map(|record| record.to_string()));
    announce(conn, &topics)
}

/// A subject is a header, and a header is one line.
fn one_line(subject: &str) -> String {
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}
