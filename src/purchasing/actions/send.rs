//! Sending a purchase order: from then on what it orders is on its way.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::{expect, in_words, lines_of, lock, may_become, tell};
use crate::db::{Act, Who};
use crate::outbox::{self, Attachment, NewMail};
use crate::purchasing::letter::{self, Letter, Papers};
use crate::purchasing::{Error, PurchaseOrder, Status};
use crate::schema::purchase_orders;
use crate::types::{PurchaseOrderId, UserId};

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
        /// The mail.
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
/// [`Error::CannotBe`] when it is no draft, [`Error::NoLines`], [`Error::NoAddress`],
/// [`Error::Changed`].
pub fn send(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    how: &Sending,
    by: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<PurchaseOrder, Error> {
    let order = lock(conn, id)?;
    may_become(&order, Status::Sent, "sent")?;
    if let Sending::Edited { version, .. } = how
        && *version != order.version
    {
        return Err(Error::Changed(order.number));
    }
    let lines = lines_of(conn, &order)?;
    if lines.is_empty() {
        return Err(Error::NoLines(order.number));
    }
    let order: PurchaseOrder = diesel::update(purchase_orders::table.find(id))
        .set((
            purchase_orders::status.eq(Status::Sent),
            purchase_orders::sent_at.eq(at),
            purchase_orders::version.eq(order.version + 1),
        ))
        .returning(PurchaseOrder::as_returning())
        .get_result(conn)?;
    expect(conn, &order, &lines, by, at)?;
    let who = by.map_or(Who::BACKFILL, Who::from).at(at);
    let told = match how {
        Sending::WithoutMail => "without e-mail".to_owned(),
        Sending::Mail { sender } => {
            let papers = letter::papers(conn, id)?;
            let letter = letter::letter(&papers)?;
            queue(conn, &papers, sender, letter, who)?
        }
        Sending::Edited { sender, letter, .. } => {
            let papers = letter::papers(conn, id)?;
            queue(conn, &papers, sender, letter.clone(), who)?
        }
    };
    tell(
        conn,
        &order,
        by,
        "Sent",
        &format!("{}, {told}", in_words(&lines)),
    )?;
    Ok(order)
}

/// Queues the mail with the PDF; answers to whom.
fn queue(
    conn: &mut PgConnection,
    papers: &Papers,
    sender: &str,
    letter: Letter,
    who: Who,
) -> Result<String, Error> {
    if letter.recipients.is_empty() {
        return Err(Error::NoAddress(papers.supplier.name.clone()));
    }
    let to = letter.recipients.to_string();
    let attachment = Attachment {
        name: papers.file_name(),
        content_type: "application/pdf".into(),
        content: letter::pdf(papers)?,
    };
    let mail = NewMail {
        record: Some(papers.order.record()),
        body_html: letter::html(papers, &letter)?,
        recipients: letter.recipients.iter().cloned().collect(),
        sender: sender.to_owned(),
        reply_to: papers.reply_to(),
        subject: letter.subject,
        body_text: letter.text,
        attachments: vec![attachment],
    };
    outbox::enqueue(&mut Act::new(conn, who), mail)?;
    Ok(format!("to {to}"))
}
