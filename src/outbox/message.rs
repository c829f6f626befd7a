//! A mail as it travels: MIME, headers and all.

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};

use super::model::{Attachment, Mail};

/// Composes the message; the same mail has the same Message-ID however often it is offered.
///
/// # Errors
/// A sentence, when the mail can never be sent as it is.
pub fn compose(
    mail: &Mail,
    attachments: Vec<Attachment>,
    now: DateTime<Utc>,
) -> Result<Message, String> {
    let sender = mailbox(&mail.sender)?;
    let id = format!(
        "<backfill.{}.{}@{}>",
        mail.line.id,
        mail.line.queued_at.timestamp_micros(),
        sender.email.domain()
    );
    let mut message = Message::builder()
        .message_id(Some(id))
        .date(now.into())
        .from(sender)
        .subject(&mail.line.subject);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(mailbox(reply_to)?);
    }
    for recipient in mail.line.recipients.split(',') {
        message = message.to(mailbox(recipient.trim())?);
    }
    let message = if attachments.is_empty() {
        match body(mail) {
            Body::Plain(text) => message.singlepart(text),
            Body::Both(both) => message.multipart(both),
        }
    } else {
        let mixed = match body(mail) {
            Body::Plain(text) => MultiPart::mixed().singlepart(text),
            Body::Both(both) => MultiPart::mixed().multipart(both),
        };
        let whole = attachments.into_iter().try_fold(mixed, with_attachment)?;
        message.multipart(whole)
    };
    message.map_err(|why| format!("The mail cannot be written: {why}."))
}

enum Body {
    Plain(SinglePart),
    Both(MultiPart),
}

fn body(mail: &Mail) -> Body {
    if mail.body_html.is_empty() {
        Body::Plain(SinglePart::plain(mail.body_text.clone()))
    } else {
        Body::Both(MultiPart::alternative_plain_html(
            mail.body_text.clone(),
            mail.body_html.clone(),
        ))
    }
}

fn with_attachment(mixed: MultiPart, attachment: Attachment) -> Result<MultiPart, String> {
    let content_type = ContentType::parse(&attachment.content_type)
        .map_err(|_| format!("The kind of {} is not understood.", attachment.name))?;
    Ok(mixed.singlepart(Part::new(attachment.name).body(attachment.content, content_type)))
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse()
        .map_err(|_| format!("{text} is not an e-mail address."))
}
