//! Mail that must not get lost, must not go twice, and tells what became of it.

mod again;
mod delivery;
mod pages;
mod privacy;
mod trouble;
mod worker;

use backfill::db::{Act, Who};
use backfill::outbox::{self, Attachment, MailLine, NewMail};
use backfill::types::{Email, MailId, RecordRef};
use chrono::{DateTime, SubsecRound, Utc};
use diesel::PgConnection;

/// A mail to a supplier, with everything a mail may have.
fn purchase_order() -> NewMail {
    NewMail {
        record: Some(record()),
        recipients: emails("orders@hartmann.example, office@hartmann.example"),
        sender: "Shop <shop@example.com>".into(),
        reply_to: emails("buyer@example.com").pop(),
        subject: "Bestellung PO-000031 \u{2013} 12 K\u{f6}rbe".into(),
        body_text: "Guten Tag,\n\nzw\u{f6}lf K\u{f6}rbe bitte.\n.\nGru\u{df}".into(),
        body_html: "<p>zw\u{f6}lf <b>K\u{f6}rbe</b> bitte</p>".into(),
        attachments: vec![Attachment {
            name: "K\u{f6}rbe PO-000031.pdf".into(),
            content_type: "application/pdf".into(),
            content: b"%PDF-1.7\n\x00\xff\n.\n".to_vec(),
        }],
        is_secret: false,
    }
}

/// The same in plain text, to one address.
fn note_to(recipient: &str) -> NewMail {
    NewMail {
        record: Some(record()),
        recipients: emails(recipient),
        sender: "shop@example.com".into(),
        subject: "A note".into(),
        body_text: "Hello".into(),
        ..NewMail::default()
    }
}

fn queue(conn: &mut PgConnection, mail: NewMail) -> MailId {
    outbox::enqueue(&mut Act::new(conn, Who::BACKFILL), mail).expect("the mail is queued")
}

/// The mails queued here, newest first.
fn mails(conn: &mut PgConnection) -> Vec<MailLine> {
    outbox::of_record(conn, record()).expect("the mails can be read")
}

/// The only one.
#[track_caller]
fn the_mail(conn: &mut PgConnection) -> MailLine {
    let mut mails = mails(conn);
    assert_eq!(mails.len(), 1, "{mails:#?}");
    mails.remove(0)
}

fn record() -> RecordRef {
    RecordRef::PurchaseOrder("31".parse().expect("an id"))
}

fn emails(list: &str) -> Vec<Email> {
    Email::parse_list(list).expect("addresses")
}

/// As precise as the database.
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
