use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use backfill::db::{Act, Who};
use backfill::outbox::{self, Delivery, MailState, Mailer, NoServer, Refusal, Smtp};
use chrono::TimeDelta;
use diesel::PgConnection;
use lettre::Message;

use super::{note_to, now, purchase_order, queue, the_mail};
use crate::support::database::TestDatabase;
use crate::support::postman::run_due;
use crate::support::smtp::{Dying, Inbox, Manners, nobody};

#[test]
fn a_refused_recipient_is_shown_with_the_words_of_the_server() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::with(Manners {
        refuses: vec![("gone@hartmann.example", 550, "Nobody of that name")],
        ..Manners::default()
    });
    let smtp = Smtp::at(&inbox.url());
    queue(conn, note_to("gone@hartmann.example"));

    run_due(conn, &smtp, now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Failed, 1));
    assert_eq!(
        mail.trouble(),
        "The mail server refused it: 550 Nobody of that name"
    );
    assert_eq!(run_due(conn, &smtp, now() + TimeDelta::days(1)), Ok(0));
    assert!(inbox.letters().is_empty());
}

#[test]
fn a_server_that_wants_it_later_gets_it_later() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::with(Manners {
        refuses: vec![("busy@hartmann.example", 451, "Greylisted, come back")],
        ..Manners::default()
    });
    queue(conn, note_to("busy@hartmann.example"));

    run_due(conn, &Smtp::at(&inbox.url()), now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Queued, 1));
    assert!(
        mail.trouble().contains("451 Greylisted, come back"),
        "{mail:?}"
    );
}

#[test]
fn while_the_server_is_down_the_waits_grow_until_the_mail_is_given_up() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let smtp = Smtp::at(&format!("smtp://{}", nobody()));
    queue(conn, purchase_order());
    let mut clock = now();
    let mut waits = Vec::new();

    while run_due(conn, &smtp, clock).expect("the database works") == 1 {
        let mail = the_mail(conn);
        if mail.state == MailState::Failed {
            break;
        }
        let early = mail.next_try_at - TimeDelta::milliseconds(1);
        assert_eq!(run_due(conn, &smtp, early), Ok(0));
        waits.push((mail.next_try_at - clock).num_minutes());
        clock = mail.next_try_at;
    }

    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 240]);
    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Failed, 10));
    assert!(mail.trouble().contains("cannot be reached"), "{mail:?}");
}

#[test]
fn a_server_that_comes_back_gets_what_waited() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let address = nobody();
    let smtp = Smtp::at(&format!("smtp://{address}"));
    queue(conn, purchase_order());
    run_due(conn, &smtp, now()).expect("the database works");
    assert_eq!(the_mail(conn).state, MailState::Queued);

    let inbox = Inbox::start_at(address);
    run_due(conn, &smtp, now() + TimeDelta::minutes(1)).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Sent, 2));
    assert_eq!(mail.last_error, None);
    assert_eq!(inbox.letters().len(), 1);
}

#[test]
fn a_server_that_dies_in_the_middle_gets_the_same_mail_again_and_it_is_sent_once() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let dying = Dying::start();
    let smtp = Smtp::at(&dying.url());
    queue(conn, note_to("orders@hartmann.example"));

    run_due(conn, &smtp, now()).expect("the database works");

    let (address, head) = dying.bury();
    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Queued, 1));
    assert_eq!(mail.sent_at, None);

    let inbox = Inbox::start_at(address);
    let later = now() + TimeDelta::minutes(1);
    let tried = [later, later].map(|at| run_due(conn, &smtp, at).expect("the database works"));

    assert_eq!(tried, [1, 0]);
    assert_eq!(the_mail(conn).state, MailState::Sent);
    let letters = inbox.letters();
    assert_eq!(letters.len(), 1);
    assert!(
        head.contains(&letters[0].message_id),
        "{head}\n{letters:#?}"
    );
}

#[test]
fn a_program_that_dies_while_it_sends_leaves_the_mail_queued() {
    let database = TestDatabase::create();
    queue(&mut database.connect(), purchase_order());
    let mut of_the_dead = database.connect();

    let died = catch_unwind(AssertUnwindSafe(|| run_due(&mut of_the_dead, &Dies, now())));
    drop(of_the_dead);

    assert!(died.is_err());
    let conn = &mut database.connect();
    let mail = the_mail(conn);
    assert_eq!((mail.state, mail.tries), (MailState::Queued, 0));
    let inbox = Inbox::start();
    assert_eq!(run_due(conn, &Smtp::at(&inbox.url()), now()), Ok(1));
    assert_eq!(inbox.letters().len(), 1);
}

#[test]
fn nobody_else_touches_a_mail_while_it_is_being_sent() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    queue(conn, purchase_order());
    let meanwhile = Meanwhile(Mutex::new(database.connect()));

    let tried = run_due(conn, &meanwhile, now());

    assert_eq!(tried, Ok(1));
    assert_eq!(the_mail(conn).state, MailState::Sent);
}

#[test]
fn a_mail_that_can_never_be_written_fails_in_words() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let mut mail = purchase_order();
    mail.attachments[0].content_type = "no kind at all".into();
    queue(conn, mail);

    run_due(conn, &NoServer, now()).expect("the database works");

    let mail = the_mail(conn);
    assert_eq!(mail.state, MailState::Failed);
    assert_eq!(
        mail.trouble(),
        "The kind of K\u{f6}rbe PO-000031.pdf is not understood."
    );
}

/// The program ends while the server thinks.
struct Dies;

impl Mailer for Dies {
    fn deliver(&self, _: &Message) -> Result<Delivery, Refusal> {
        panic!("killed")
    }
}

/// While a mail is handed over, another worker and a person want it too.
struct Meanwhile(Mutex<PgConnection>);

impl Mailer for Meanwhile {
    fn deliver(&self, _: &Message) -> Result<Delivery, Refusal> {
        let mut other = self.0.lock().expect("nobody else is here");
        assert_eq!(run_due(&mut other, &Dies, now()), Ok(0));
        let mail = the_mail(&mut other).id;
        let again = outbox::send_again(&mut Act::new(&mut other, Who::BACKFILL), mail);
        assert_eq!(again, Err(outbox::Error::BeingSent));
        Ok(Delivery::Accepted)
    }
}
