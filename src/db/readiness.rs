//! Whether the database takes changes: asked beside the pool, at most once in a while, and answered in
//! time whatever the database does.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::dsl::{select, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use tokio::sync::watch;
use tokio::time::timeout;

use super::{is_newer, pending_migrations};
use crate::config::Secret;
use crate::error::Result;

/// An answer is given again for so long.
const FRESH: Duration = Duration::from_secs(1);
/// Whoever asks is answered within this.
const IN_TIME: Duration = Duration::from_millis(800);

/// What the database says, or that it says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Pages can be served, and what is done on them be kept.
    Ready,
    /// It cannot be reached, or does not answer in time.
    Away,
    /// It takes no changes: a standby, or a primary that stops.
    ReadOnly,
    /// It is to be migrated first.
    Older,
    /// It was migrated by a later program.
    Newer,
}

impl Verdict {
    /// In a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Ready => "ok",
            Self::Away => "the database does not answer",
            Self::ReadOnly => "the database takes no changes",
            Self::Older => "the database is older than the program",
            Self::Newer => "the database is newer than the program",
        }
    }
}

/// Asks, for everybody who wants to know; cheap to clone.
#[derive(Debug, Clone)]
pub struct Readiness {
    url: Secret,
    asking: Arc<AtomicBool>,
    last: watch::Sender<Option<(Instant, Verdict)>>,
}

impl Readiness {
    /// Of the database at an address.
    pub fn of(url: Secret) -> Self {
        Self {
            url,
            asking: Arc::default(),
            last: watch::Sender::default(),
        }
    }

    /// What it says now, or said a moment ago.
    pub async fn now(&self) -> Verdict {
        let mut told = self.last.subscribe();
        let last = *told.borrow_and_update();
        if let Some((_, verdict)) = last.filter(|(at, _)| at.elapsed() < FRESH) {
            return verdict;
        }
        if !self.asking.swap(true, Ordering::SeqCst) {
            let asks = self.clone();
            thread::spawn(move || asks.ask());
        }
        let said = timeout(IN_TIME, told.changed()).await;
        let said = said.is_ok().then(|| *told.borrow()).flatten();
        said.map_or(Verdict::Away, |(_, verdict)| verdict)
    }

    /// A connection of its own: that the pool is busy, or the database silent, holds up nobody else.
    fn ask(&self) {
        let verdict = look(self.url.reveal()).unwrap_or(Verdict::Away);
        self.asking.store(false, Ordering::SeqCst);
        self.last.send_replace(Some((Instant::now(), verdict)));
    }
}

fn look(url: &str) -> Result<Verdict, Box<dyn std::error::Error>> {
    let conn = &mut PgConnection::establish(url)?;
    if pending_migrations(conn)? {
        return Ok(Verdict::Older);
    }
    if is_newer(conn)? {
        return Ok(Verdict::Newer);
    }
    let refuses: bool = select(sql::<Bool>(
        "pg_is_in_recovery() or current_setting('transaction_read_only')::boolean",
    ))
    .get_result(conn)?;
    Ok(if refuses {
        Verdict::ReadOnly
    } else {
        Verdict::Ready
    })
}
