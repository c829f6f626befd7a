use backfill::db::Act;
use backfill::outbox::{self, MailState, NoServer, Smtp};
use backfill::schema::users;
use backfill::types::UserId;
use diesel::prelude::*;

use super::{mails, note_to, now, purchase_order, queue, the_mail};
use crate::support::database::TestDatabase;
use crate::support::postman::run_due;
use crate::support::smtp::{Inbox, Manners};

#[test]
fn a_mail_that_failed_is_sent_again() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let strict = Inbox::with(Manners {
        refuses: vec![("orders@hartmann.example", 550, "Not today")],
        ..Manners::default()
    });
    let mail = queue(conn, note_to("orders@hartmann.example"));
    run_due(conn, &Smtp::at(&strict.url()), now()).expect("the database works");
    assert_eq!(the_mail(conn).state, MailState::Failed);

    let user = buyer(conn);
    let again = outbox::send_again(&mut Act::new(conn, user), mail);
    let lenient = Inbox::start();
    run_due(conn, &Smtp::at(&lenient.url()), now()).expect("the database works");

    assert_eq!(again, Ok(mail));
    assert_eq!(the_mail(conn).state, MailState::Sent);
    assert_eq!(lenient.letters().len(), 1);
}

#[test]
fn what_was_kept_goes_out_once_there_is_a_mail_server() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let mail = queue(conn, purchase_order());
    run_due(conn, &NoServer, now()).expect("the database works");

    let user = buyer(conn);
    outbox::send_again(&mut Act::new(conn, user), mail).expect("it is queued again");
    let inbox = Inbox::start();
    run_due(conn, &Smtp::at(&inbox.url()), now()).expect("the database works");

    assert_eq!(the_mail(conn).state, MailState::Sent);
    assert_eq!(inbox.letters()[0].attachments.len(), 1);
}

#[test]
fn of_a_mail_that_was_sent_a_copy_goes_out_and_the_first_stays_as_it_was() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    let smtp = Smtp::at(&inbox.url());
    let first = queue(conn, purchase_order());
    run_due(conn, &smtp, now()).expect("the database works");
    let sent_at = the_mail(conn).sent_at;

    let user = buyer(conn);
    let second = outbox::send_again(&mut Act::new(conn, user), first).expect("a copy is queued");
    run_due(conn, &smtp, now()).expect("the database works");

    assert_ne!(first, second);
    let [copy, original] = &mails(conn)[..] else {
        panic!("a mail and its copy");
    };
    assert_eq!((original.id, original.sent_at), (first, sent_at));
    assert_eq!((copy.id, copy.state), (second, MailState::Sent));
    let letters = inbox.letters();
    assert_eq!(letters[0].attachments, letters[1].attachments);
    assert_ne!(letters[0].message_id, letters[1].message_id);
}

#[test]
fn there_is_nothing_to_send_again_where_there_is_no_mail() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let user = buyer(conn);

    let again = outbox::send_again(&mut Act::new(conn, user), "404".parse().expect("an id"));

    assert_eq!(again, Err(outbox::Error::Db(diesel::NotFound)));
}

fn buyer(conn: &mut PgConnection) -> UserId {
    diesel::insert_into(users::table)
        .values((
            users::email.eq("buyer@example.com"),
            users::name.eq("Buyer"),
            users::role.eq("manager"),
            users::password_hash.eq("none"),
        ))
        .returning(users::id)
        .get_result(conn)
        .expect("a buyer")
}
