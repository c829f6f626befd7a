//! Writing to a customer.

use crate::db::Act;
use crate::outbox::{self, NewMail};
use crate::sales::Error;
use crate::sales::letter::{Letter, Papers};
use crate::types::Event;

/// Queues what somebody wrote to the customer of an order.
///
/// # Errors
/// [`Error::Outbox`] when it is to nobody.
pub(in crate::sales) fn write_to_customer(
    act: &mut Act<'_>,
    papers: &Papers,
    letter: &Letter,
    sender: &str,
) -> Result<(), Error> {
    let record = papers.order.record();
    let mail = NewMail {
        record: Some(record),
        recipients: letter.recipients.iter().cloned().collect(),
        sender: sender.to_owned(),
        reply_to: papers.reply_to(),
        subject: letter.subject.clone(),
        body_text: letter.text.clone(),
        body_html: String::new(),
        attachments: Vec::new(),
    };
    outbox::enqueue(act, mail)?;
    let written = Event::CustomerWritten {
        subject: letter.subject.clone(),
        to: letter.recipients.to_string(),
    };
    Ok(act.note(record, &written)?)
}
