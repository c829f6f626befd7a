use backfill::db::{Act, Who, history};
use backfill::outbox::{self, MailState, NewMail, NoServer, Smtp};
use backfill::web::telling;
use diesel::prelude::*;
use diesel::result::Error as DieselError;

use super::{mails, note_to, now, purchase_order, queue, record, the_mail};
use crate::support::database::TestDatabase;
use crate::support::postman::run_due;
use crate::support::smtp::Inbox;

#[test]
fn a_mail_is_sent_once_and_marked() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    let smtp = Smtp::at(&inbox.url());
    queue(conn, purchase_order());

    let first = run_due(conn, &smtp, now()).expect("the database works");
    let second = run_due(conn, &smtp, now()).expect("the database works");

    assert_eq!((first, second), (1, 0));
    assert_eq!(inbox.letters().len(), 1);
    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Sent, 1));
    assert!(mail.sent_at.is_some());
    let history = history::of(conn, record()).expect("the history can be read");
    assert_eq!(telling::what(&history[0].event), "E-mail sent");
}

#[test]
fn a_mail_arrives_as_it_was_written() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    queue(conn, purchase_order());

    run_due(conn, &Smtp::at(&inbox.url()), now()).expect("the database works");

    let letter = inbox.letters().remove(0);
    let recipients = ["orders@hartmann.example", "office@hartmann.example"];
    assert_eq!(letter.recipients, recipients);
    assert_eq!(letter.to, recipients);
    assert_eq!(letter.from, "shop@example.com");
    assert_eq!(letter.reply_to.as_deref(), Some("buyer@example.com"));
    assert!(letter.message_id.ends_with("@example.com"), "{letter:#?}");
    assert_eq!(
        letter.subject,
        "Bestellung PO-000031 \u{2013} 12 K\u{f6}rbe"
    );
    assert_eq!(
        letter.text.trim_end(),
        "Guten Tag,\n\nzw\u{f6}lf K\u{f6}rbe bitte.\n.\nGru\u{df}"
    );
    assert_eq!(
        letter.html.trim_end(),
        "<p>zw\u{f6}lf <b>K\u{f6}rbe</b> bitte</p>"
    );
    assert_eq!(letter.attachments.len(), 1);
    let pdf = &letter.attachments[0];
    assert_eq!(pdf.name, "K\u{f6}rbe PO-000031.pdf");
    assert_eq!(pdf.content_type, "application/pdf");
    assert_eq!(pdf.content, b"%PDF-1.7\n\x00\xff\n.\n");
}

#[test]
fn a_plain_mail_has_one_part() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    queue(conn, note_to("orders@hartmann.example"));

    run_due(conn, &Smtp::at(&inbox.url()), now()).expect("the database works");

    let letter = inbox.letters().remove(0);
    assert_eq!(
        (letter.text.trim_end(), letter.html.as_str()),
        ("Hello", "")
    );
    assert!(letter.attachments.is_empty());
}

#[test]
fn a_mail_whose_reason_is_taken_back_never_leaves() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();

    let taken_back = conn.transaction::<(), DieselError, _>(|conn| {
        queue(conn, purchase_order());
        Err(DieselError::RollbackTransaction)
    });

    assert_eq!(taken_back, Err(DieselError::RollbackTransaction));
    assert_eq!(run_due(conn, &NoServer, now()), Ok(0));
    assert!(mails(conn).is_empty());
}

#[test]
fn a_mail_to_nobody_is_refused() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();

    let refused = outbox::enqueue(
        &mut Act::new(conn, Who::BACKFILL),
        NewMail {
            recipients: vec![],
            ..purchase_order()
        },
    );

    assert_eq!(refused, Err(outbox::Error::NoRecipient));
}

#[test]
fn whoever_is_named_twice_gets_it_once_and_a_subject_is_one_line() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();

    queue(
        conn,
        NewMail {
            subject: "Urgent\r\nBcc: everybody@example.com".into(),
            ..note_to("orders@hartmann.example, Orders@Hartmann.example")
        },
    );

    let mail = the_mail(conn);
    assert_eq!(mail.recipients, "orders@hartmann.example");
    assert_eq!(mail.subject, "Urgent Bcc: everybody@example.com");
}

#[test]
fn without_a_mail_server_mails_are_kept_and_not_called_sent() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    queue(conn, purchase_order());

    let tried = run_due(conn, &NoServer, now());

    assert_eq!(tried, Ok(1));
    let mail = the_mail(conn);
    assert_eq!(
        (mail.state, mail.tries, mail.sent_at),
        (MailState::Kept, 0, None)
    );
}
