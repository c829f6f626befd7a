//! Writes: queueing a mail, sending it again, and what became of it.

use chrono::{DateTime, Utc};
use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::error::Error;
use super::mailer::{Delivery, Refusal};
use super::model::{MailLine, MailState, NewMail};
use super::queries;
use crate::db::{announce, history};
use crate::schema::{mail_attachments, mails};
use crate::types::{MailId, RecordRef, UserId};

/// Queues a mail in the caller's transaction: it goes out if and only if that commits.
///
/// # Errors
/// Nobody is to get it, or those of the database.
pub fn enqueue(conn: &mut PgConnection, mail: NewMail) -> Result<MailId, Error> {
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
            mails::queued_by.eq(mail.queued_by),
        ))
        .returning(mails::id)
        .get_result(conn)?;
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
        .execute(conn)?;
    tell(conn, id, mail.record)?;
    Ok(id)
}

/// Queues a mail again, at once and with all its tries. One that was sent stays as it is, and a copy
/// of it goes out: the answer is the mail that will be sent.
///
/// # Errors
/// It is being sent at this moment, there is no such mail, or those of the database.
pub fn send_again(conn: &mut PgConnection, id: MailId, by: UserId) -> Result<MailId, Error> {
    let mail = queries::take(conn, id)?.ok_or(Error::BeingSent)?;
    let queued = if mail.line.state == MailState::Sent {
        copy(conn, id, by)?
    } else {
        diesel::update(mails::table.find(id))
            .set((
                mails::state.eq(MailState::Queued),
                mails::tries.eq(0),
                mails::next_try_at.eq(now),
            ))
            .execute(conn)?;
        id
    };
    if let Some(record) = mail.line.record() {
        history::note(
            conn,
            record,
            Some(by),
            "E-mail queued again",
            &about(&mail.line),
        )?;
    }
    tell(conn, queued, mail.line.record())?;
    Ok(queued)
}

/// Writes down what became of a try.
///
/// # Errors
/// Those of the database.
pub fn settle(
    conn: &mut PgConnection,
    mail: &MailLine,
    outcome: Result<Delivery, Refusal>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let row = mails::table.find(mail.id);
    let tried = mails::tries.eq(mails::tries + 1);
    let happened = match outcome {
        Ok(Delivery::Accepted) => {
            diesel::update(row)
                .set((
                    mails::state.eq(MailState::Sent),
                    tried,
                    mails::sent_at.eq(at),
                    mails::last_error.eq(None::<String>),
                ))
                .execute(conn)?;
            Some(("E-mail sent", about(mail)))
        }
        Ok(Delivery::Kept) => {
            diesel::update(row)
                .set((
                    mails::state.eq(MailState::Kept),
                    mails::last_error.eq(None::<String>),
                ))
                .execute(conn)?;
            Some(("E-mail kept: no mail server is configured", about(mail)))
        }
        Err(Refusal::Later(why)) if let Some(wait) = mail.wait_after_failure() => {
            diesel::update(row)
                .set((
                    tried,
                    mails::next_try_at.eq(at + wait),
                    mails::last_error.eq(&why),
                ))
                .execute(conn)?;
            None
        }
        Err(Refusal::Later(why) | Refusal::Never(why)) => {
            diesel::update(row)
                .set((
                    mails::state.eq(MailState::Failed),
                    tried,
                    mails::last_error.eq(&why),
                ))
                .execute(conn)?;
            Some(("E-mail failed", format!("{}: {why}", about(mail))))
        }
    };
    if let (Some(record), Some((what, detail))) = (mail.record(), happened) {
        history::note(conn, record, None, what, &detail)?;
    }
    tell(conn, mail.id, mail.record())
}

/// A new mail that is like another one.
fn copy(conn: &mut PgConnection, id: MailId, by: UserId) -> QueryResult<MailId> {
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
            Some(by).into_sql::<Nullable<BigInt>>(),
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
        ))
        .returning(mails::id)
        .get_result(conn)?;
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
        .execute(conn)?;
    Ok(copy)
}

/// Tells open pages: the list of mails, the mail's own, and that of its record.
fn tell(conn: &mut PgConnection, id: MailId, record: Option<RecordRef>) -> QueryResult<()> {
    let mut topics = vec!["mails".to_owned(), format!("mail:{id}")];
    topics.extend(record.map(|record| record.to_string()));
    announce(conn, &topics)
}

fn about(mail: &MailLine) -> String {
    format!("\u{201c}{}\u{201d} to {}", mail.subject, mail.recipients)
}

/// A subject is a header, and a header is one line.
fn one_line(subject: &str) -> String {
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}
