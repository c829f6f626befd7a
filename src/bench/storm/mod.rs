//! People at work on two servers while servers, processes and sessions of the database are killed: what was
//! acknowledged is there, once, and everything that must be true is.
//!
//! Whoever gets no answer sends the same again, with the same key, until there is one. So it must not matter
//! whether the first was lost before, in the middle, or after it was committed.

mod deeds;
mod faults;
mod oracle;
mod people;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use serde::Serialize;

use self::faults::Faults;
use self::oracle::Found;
use self::people::{Answers, Person};
use super::random::Random;
use super::servers::Servers;
use super::shop;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::stock;

const SERVERS: usize = 2;
const PEOPLE: u64 = 6;
/// What strikes lets people work for so long before.
const CALM: Duration = Duration::from_millis(1_500);
/// How long whoever waits for an answer may wait when nothing strikes any more.
const AFTERMATH: Duration = Duration::from_secs(60);

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Storm {
    pub seconds: u64,
    /// What was done by people and acknowledged to them.
    pub acknowledged: usize,
    /// Of these, what is not there.
    pub lost: usize,
    /// What is there more than once.
    pub twice: usize,
    /// What people still had no answer for when the storm was over for long.
    pub unanswered: usize,
    /// How often something was killed, by what it was.
    pub faults: Faults,
    /// How requests were answered.
    pub answers: Answers,
    /// The longest time in which nobody was served, in milliseconds.
    pub longest_gap_ms: u64,
    /// Rows that are not as they must be.
    pub findings: usize,
}

impl Storm {
    /// Whether it did no harm.
    pub fn is_weathered(&self) -> bool {
        self.lost + self.twice + self.unanswered + self.findings + self.answers.failures() == 0
    }
}

/// Serves the empty, migrated database at `url`, which `db` reaches too, by processes of this program for so
/// many seconds.
///
/// # Errors
/// When the servers cannot be started or the database does not answer; none is expected.
pub fn storm(db: &Db, url: &str, seconds: u64, tell: &mut dyn FnMut(&str)) -> Result<Storm> {
    shop::hire(&mut *db.connection()?)?;
    let servers = Servers::start(url, SERVERS)?;
    let goods = deeds::prepare(db)?;
    tell("a storm");
    let is_over = AtomicBool::new(false);
    let ends = Instant::now() + Duration::from_secs(seconds);
    let (faults, people) = thread::scope(|scope| {
        let people: Vec<_> = (0..PEOPLE)
            .map(|number| {
                let (servers, goods, is_over) = (&servers, &goods, &is_over);
                scope.spawn(move || Person::at_work(number, servers, goods, is_over, AFTERMATH))
            })
            .collect();
        let faults = faults::strike(db, &servers, &mut Random::new(7), || {
            thread::sleep(CALM);
            Instant::now() < ends
        });
        is_over.store(true, Ordering::SeqCst);
        let people = people.into_iter().map(|person| person.join().map_err(died));
        (faults, people.collect::<Result<Vec<_>>>())
    });
    tell("what is there");
    let people = people?.into_iter().collect::<Result<Vec<_>>>()?;
    let work = people::added_up(people);
    let Found { lost, twice } = db
        .unhurried()
        .read_now(|conn| oracle::compare(conn, &work.done))?;
    Ok(Storm {
        seconds,
        acknowledged: work.done.len(),
        lost,
        twice,
        unanswered: work.unanswered,
        faults: faults?,
        longest_gap_ms: work.longest_gap_ms(),
        answers: work.answers,
        findings: findings(db)?,
    })
}

fn findings(db: &Db) -> Result<usize> {
    db.read_now(|conn: &mut PgConnection| Ok(stock::verify(conn)?.len()))
}

fn died(_: Box<dyn std::any::Any + Send>) -> Error {
    Error::Failure("somebody at work died".into())
}
