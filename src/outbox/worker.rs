//! Sends what is due, on a thread of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::mailer::{self, Mailer, Refusal};
use super::{actions, message, queries};
use crate::config::Config;
use crate::db::{Absence, Act, Db, Who};
use crate::error::Result;
use crate::types::clock;

/// How often the worker looks for mail.
const LOOK: Duration = Duration::from_millis(500);
/// How long it leaves a database alone that did not answer.
const RECOVERY: Duration = Duration::from_secs(5);
/// How long stopping waits for a mail that is being handed over.
const GOODBYE: Duration = Duration::from_secs(5);

/// The running worker; ends when it is stopped or dropped.
pub struct Worker {
    stop: Sender<()>,
    ended: Receiver<()>,
}

impl Worker {
    /// Starts sending what is queued and what will be.
    pub fn start(db: Db, config: &Config) -> Self {
        let mailer = mailer::of(config);
        let (stop, told) = channel();
        let (ending, ended) = channel();
        thread::spawn(move || {
            run(&db, mailer.as_ref(), &told);
            drop(ending);
        });
        Self { stop, ended }
    }

    /// Ends the worker, after the mail it has in hand. A server that thinks too long is not waited
    /// for: the mail stays queued.
    pub fn stop(self) {
        drop(self.stop);
        if self.ended.recv_timeout(GOODBYE) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("a mail is still being handed over; unless it is taken it stays queued");
        }
    }
}

fn run(db: &Db, mailer: &dyn Mailer, told: &Receiver<()>) {
    let mut absence = Absence::of("the outbox");
    loop {
        let pause = match look(db, mailer) {
            Ok(found) => {
                absence.ends();
                if found { Duration::ZERO } else { LOOK }
            }
            Err(error) => {
                absence.begins(&error);
                RECOVERY
            }
        };
        if told.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

fn look(db: &Db, mailer: &dyn Mailer) -> Result<bool> {
    db.write_now(Who::BACKFILL, |act| Ok(run_one(act, mailer, clock::now())?))
}

/// Tries the mail whose turn it is; whether there was one.
///
/// Its row stays locked meanwhile, so that nobody else sends it; a program that dies here lets go of
/// it unchanged, which is: queued.
pub fn run_one(
    conn: &mut PgConnection,
    mailer: &dyn Mailer,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    conn.transaction(|conn| {
        let Some(mail) = queries::next_due(conn, now)? else {
            return Ok(false);
        };
        let attachments = queries::attachments(conn, mail.line.id)?;
        let outcome = message::compose(&mail, attachments, now)
            .map_err(Refusal::Never)
            .and_then(|message| mailer.deliver(&message));
        let id = mail.line.id;
        match &outcome {
            Ok(delivery) => tracing::info!(mail.id = %id, ?delivery, "a mail was handed over"),
            Err(_) => tracing::warn!(mail.id = %id, "a mail was not taken"),
        }
        let act = &mut Act::new(conn, Who::BACKFILL.at(now));
        actions::settle(act, &mail, outcome)?;
        Ok(true)
    })
}
