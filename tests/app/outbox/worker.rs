use backfill::config::{Config, Database};
use backfill::db::Db;
use backfill::outbox::{MailState, NoServer, Worker};

use super::{mails, note_to, now, purchase_order, queue};
use crate::support::database::TestDatabase;
use crate::support::postman::run_due;
use crate::support::smtp::Inbox;

#[test]
fn the_worker_sends_what_waits_and_what_comes_until_it_is_stopped() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    queue(conn, purchase_order());

    let worker = start(&database, &inbox);
    inbox.wait_for(1);
    queue(conn, note_to("orders@hartmann.example"));
    inbox.wait_for(2);
    worker.stop();

    assert!(mails(conn).iter().all(|mail| mail.state == MailState::Sent));
    assert_eq!(inbox.letters().len(), 2);
    queue(conn, note_to("orders@hartmann.example"));
    assert_eq!(run_due(conn, &NoServer, now()), Ok(1));
}

#[test]
fn two_workers_send_each_mail_once() {
    let database = TestDatabase::create();
    let conn = &mut database.connect();
    let inbox = Inbox::start();
    for number in 0..20 {
        queue(conn, note_to(&format!("orders{number}@hartmann.example")));
    }

    let workers = [start(&database, &inbox), start(&database, &inbox)];
    inbox.wait_for(20);
    workers.into_iter().for_each(Worker::stop);

    let mut recipients: Vec<String> = inbox
        .letters()
        .into_iter()
        .flat_map(|letter| letter.recipients)
        .collect();
    recipients.sort();
    recipients.dedup();
    assert_eq!((inbox.letters().len(), recipients.len()), (20, 20));
}

fn start(database: &TestDatabase, inbox: &Inbox) -> Worker {
    let config = Config::from_vars(|name| match name {
        "DATABASE_URL" => Some(database.url()),
        "PUBLIC_URL" => Some("http://localhost".into()),
        "SESSION_KEY" => Some("for tests only ".repeat(8)),
        "SMTP_URL" => Some(inbox.url()),
        "MAIL_FROM" => Some("shop@example.com".into()),
        _ => None,
    })
    .expect("a configuration");
    let db = Db::connect(&Database::at(database.url(), 2)).expect("the database answers");
    Worker::start(db, &config)
}
