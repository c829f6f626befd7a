//! Writing to a customer.

use diesel::prelude::*;

use crate::db::{Act, history};
use crate::outbox::{self, NewMail};
use crate::sales::Error;
use crate::sales::letter::{Letter, Papers};
use crate::types::UserId;

/// Queues what somebody wrote to the customer of an order.
///
/// # Errors
/// [`Error::Outbox`] when it is to nobody.
pub(in crate::sales) fn write_to_customer(
    conn: &mut PgConnection,
    papers: &Papers,
    letter: &Letter,
    sender: &str,
    by: UserId,
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
    outbox::enqueue(&mut Act::new(conn, by), mail)?;
    let detail = format!(
        "\u{201c}{}\u{201d} to {}",
        letter.subject, letter.recipients
    );
    history::note(conn, record, Some(by), "Written to the customer", &detail)?;
    Ok(())
}
