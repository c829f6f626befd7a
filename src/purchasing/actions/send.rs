//! Sending a purchase order: from then on what it orders is on its way.

use super::{becomes, expect, lines_of, lock, may_become, save, tell, write_lines};
use crate::catalog;
use crate::db::Act;
use crate::outbox::{self, Attachment, NewMail};
use crate::purchasing::lead_times::note_lead_times;
use crate::purchasing::letter::{self, Letter};
use crate::purchasing::rate::must_have_rate;
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder, Status};
use crate::types::{Event, PurchaseOrderId};

/// How the supplier hears of it.
#[derive(Debug, Clone)]
pub enum Sending {
    /// By the mail that the templates write.
    Mail {
        /// `Name <address>`: [`Config::mail_from`](crate::config::Config::mail_from).
        sender: String,
    },
    /// By a mail that somebody looked through.
    Edited {
        /// `Name <address>`.
        sender: String,
        letter: Letter,
        /// The version of the purchase order it was written for.
        version: i32,
    },
    /// In another way: by telephone, or through the supplier's own shop.
    WithoutMail,
}

/// Marks a draft as sent, lets its lines count as incoming, and queues the mail with the PDF, all in
/// one transaction.
///
/// # Errors
/// [`Error::CannotBe`] when it is no draft, [`Error::NoLines`], [`Error::NoRate`],
/// [`Error::NoAddress`], [`Error::Changed`], [`Error::TooManyComing`].
pub fn send(act: &mut Act<'_>, id: PurchaseOrderId, how: &Sending) -> Result<PurchaseOrder, Error> {
    let mut order = lock(act, id)?;
    may_become(&order, Status::Sent, "sent")?;
    if let Sending::Edited { version, .. } = how
        && *version != order.version
    {
        return Err(Error::Changed(order.number));
    }
    let mut lines = lines_of(act, &order)?;
    if lines.is_empty() {
        return Err(Error::NoLines(order.number));
    }
    must_have_rate(&order)?;
    becomes(&mut order, Status::Sent, act.at());
    order.sent_at = Some(act.at());
    let today = catalog::today(act)?;
    note_lead_times(act, &mut order, &mut lines, today)?;
    write_lines(act, &lines)?;
    save(act, &mut order)?;
    expect(act, &order, &lines)?;
    let to = match how {
        Sending::WithoutMail => None,
        Sending::Mail { sender } => Some(queue(act, id, sender, None)?),
        Sending::Edited { sender, letter, .. } => Some(queue(act, id, sender, Some(letter))?),
    };
    let sent = Event::Sent {
        lines: lines.len(),
        units: lines.iter().map(PurchaseLine::wanted).sum(),
        to,
    };
    tell(act, &order, &sent)?;
    Ok(order)
}

/// Queues the mail with the PDF, as somebody wrote it or as the templates do; answers to whom.
fn queue(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    sender: &str,
    written: Option<&Letter>,
) -> Result<String, Error> {
    let today = catalog::today(act)?;
    let papers = letter::papers(act, id, today)?;
    let letter = match written {
        Some(letter) => letter.clone(),
        None => letter::letter(&papers)?,
    };
    if letter.recipients.is_empty() {
        return Err(Error::NoAddress(papers.supplier.name));
    }
    let to = letter.recipients.to_string();
    let attachment = Attachment {
        name: papers.file_name(),
        content_type: "application/pdf".into(),
        content: letter::pdf(&papers)?,
    };
    let mail = NewMail {
        record: Some(papers.order.record()),
        body_html: letter::html(&papers, &letter)?,
        recipients: letter.recipients.iter().cloned().collect(),
        sender: sender.to_owned(),
        reply_to: papers.reply_to(),
        subject: letter.subject,
        body_text: letter.text,
        attachments: vec![attachment],
        is_secret: false,
    };
    outbox::enqueue(act, mail)?;
    Ok(to)
}
