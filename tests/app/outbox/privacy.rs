use backfill::outbox::{MailState, Smtp};
use mailin::AuthMechanism;

use super::{now, purchase_order, queue, the_mail};
use crate::support::database::TestDatabase;
use crate::support::postman::run_due;
use crate::support::smtp::{Inbox, Manners};

#[test]
fn a_private_server_is_signed_in_to_with_either_mechanism() {
    for mechanism in [AuthMechanism::Plain, AuthMechanism::Login] {
        let database = TestDatabase::create();
        let conn = &mut database.connect();
        let inbox = private(mechanism);
        queue(conn, purchase_order());

        let smtp = Smtp::at(&inbox.private_url("shop%40example.com:p%20%2Fw"));
        run_due(conn, &smtp, now()).expect("the database works");

        let mail = the_mail(conn);
        assert_eq!(mail.state, MailState::Sent, "{mail:?}");
        assert_eq!(inbox.letters().len(), 1);
    }
}

#[test]
fn a_wrong_password_condemns_no_mail() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = private(AuthMechanism::Plain);
    queue(conn, purchase_order());

    let smtp = Smtp::at(&inbox.private_url("shop%40example.com:guessed"));
    run_due(conn, &smtp, now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!(mail.state, MailState::Queued);
    assert!(
        mail.trouble()
            .contains("does not let Backfill sign in: 535"),
        "{mail:?}"
    );
    assert!(inbox.letters().is_empty());
}

#[test]
fn a_server_signed_by_an_authority_nobody_knows_gets_nothing() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = private(AuthMechanism::Plain);
    queue(conn, purchase_order());

    let trusting_the_usual = inbox
        .private_url("shop%40example.com:p%20%2Fw")
        .split("&ca=")
        .next()
        .map(Smtp::at)
        .expect("an address");
    run_due(conn, &trusting_the_usual, now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!(mail.state, MailState::Queued);
    assert!(mail.trouble().contains("certificate"), "{mail:?}");
    assert!(inbox.letters().is_empty());
}

#[test]
fn a_server_that_offers_no_privacy_gets_nothing_when_it_is_required() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    queue(conn, purchase_order());

    let smtp = Smtp::at(&format!("{}?tls=required", inbox.url()));
    run_due(conn, &smtp, now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!(mail.state, MailState::Queued);
    assert!(mail.trouble().contains("STARTTLS"), "{mail:?}");
    assert!(inbox.letters().is_empty());
}

fn private(mechanism: AuthMechanism) -> Inbox {
    Inbox::with(Manners {
        login: Some((mechanism, "shop@example.com", "p /w")),
        starttls: true,
        ..Manners::default()
    })
}
