//! What the server does by itself, now and then, on a thread of its own.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::accounts;
use crate::config::Config;
use crate::dashboard;
use crate::db::{Db, Who, forget_requests};
use crate::organizer;
use crate::stock;

/// How long it rests between two rounds.
const REST: Duration = Duration::from_secs(30);

/// The running thread; ends when this is dropped.
pub struct Housekeeping {
    _stop: Sender<()>,
}

impl Housekeeping {
    pub fn start(db: Db, config: Config) -> Self {
        let (stop, told) = channel();
        thread::spawn(move || run(&db, &config, &told));
        Self { _stop: stop }
    }
}

fn run(db: &Db, config: &Config, told: &Receiver<()>) {
    loop {
        let counted = db.write_now(Who::BACKFILL, |act| Ok(stock::add_up_counts(act)?));
        if let Err(error) = counted {
            tracing::warn!(%error, "the counts of the tabs could not be added up");
        }
        let forgotten = db.write_now(Who::BACKFILL, |act| Ok(forget_requests(act)?));
        if let Err(error) = forgotten {
            tracing::warn!(%error, "old requests could not be forgotten");
        }
        let forgotten = db.write_now(Who::BACKFILL, |act| {
            accounts::forget_links(act)?;
            Ok(accounts::forget_sessions(act)?)
        });
        if let Err(error) = forgotten {
            tracing::warn!(%error, "old sessions could not be forgotten");
        }
        if let Err(error) = db.write_now(Who::BACKFILL, dashboard::keep_days) {
            tracing::warn!(%error, "the figures of the days that are over could not be kept");
        }
        let told_by_mail = db.write_now(Who::BACKFILL, |act| {
            organizer::tell_what_is_due(act, config)
        });
        if let Err(error) = told_by_mail {
            tracing::warn!(%error, "nobody could be told of what is due");
        }
        if told.recv_timeout(REST) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}
