//! What the dashboard shows, read as often as its reading allows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::days::{self, Day};
use super::queries::{self, Age, Awaited, Due, Figures, Waiting};
use crate::catalog;
use crate::db::Db;
use crate::error::Result;
use crate::types::{Limit, Zone, clock};

/// A reading that took longer is shown again while the next is made.
const QUICK: Duration = Duration::from_millis(50);
/// At most one part in so many of the time goes into slow readings.
const SHARE: u32 = 20;

/// Everything the dashboard shows, of one moment.
#[derive(Debug)]
pub(super) struct Reading {
    /// When it was read.
    pub(super) at: DateTime<Utc>,
    /// Where the company tells the time.
    pub(super) zone: Zone,
    /// The currency of the company.
    pub(super) currency: String,
    pub(super) figures: Figures,
    /// The days that are over, earliest first.
    pub(super) days: Vec<Day>,
    pub(super) ages: Vec<Age>,
    pub(super) waiting: Vec<Waiting>,
    pub(super) awaited: Vec<Awaited>,
    pub(super) due: Vec<Due>,
}

impl Reading {
    fn read(conn: &mut PgConnection) -> Result<Self> {
        let (at, company) = (clock::now(), catalog::company(conn)?);
        let zone = company.time_zone;
        let today = zone.day(at);
        Ok(Self {
            at,
            zone,
            currency: company.currency,
            figures: queries::figures(conn, today, zone)?,
            days: days::kept(conn, today)?,
            ages: queries::ages(conn, today, zone)?,
            waiting: queries::waiting_longest(conn)?,
            awaited: queries::most_awaited(conn)?,
            due: queries::due(conn)?,
        })
    }
}

/// The last reading, for all who look at the dashboard and see the same warehouses. Cheap to clone.
/// Where all orders are counted in a moment, every look counts them anew; where there are a million,
/// everybody sees the last reading, and one of them lets the next be made.
#[derive(Clone, Default)]
pub struct Readings(Arc<Mutex<HashMap<Limit, Last>>>);

#[derive(Default)]
struct Last {
    reading: Option<Arc<Reading>>,
    took: Duration,
    ended: Option<Instant>,
    next_begun: bool,
}

impl Last {
    fn is_slow(&self) -> bool {
        self.took > QUICK
    }

    fn is_due(&self) -> bool {
        let rests = self.took.saturating_mul(SHARE);
        !self.next_begun && self.ended.is_none_or(|ended| ended.elapsed() > rests)
    }
}

impl Readings {
    /// What to show now.
    pub(super) async fn now(&self, db: &Db) -> Result<Arc<Reading>> {
        let (known, is_due) = self.of(db.limit(), |last| {
            let known = last.reading.clone().filter(|_| last.is_slow());
            let is_due = known.is_some() && last.is_due();
            last.next_begun |= is_due;
            (known, is_due)
        });
        if is_due {
            let (readings, db) = (self.clone(), db.clone());
            thread::spawn(move || readings.read_behind(&db));
        }
        match known {
            Some(known) => Ok(known),
            None => {
                let begun = Instant::now();
                let reading = db.read(Reading::read).await?;
                Ok(self.keep(db.limit(), reading, begun))
            }
        }
    }

    fn read_behind(self, db: &Db) {
        let begun = Instant::now();
        match db.read_now(Reading::read) {
            Ok(reading) => _ = self.keep(db.limit(), reading, begun),
            Err(error) => tracing::warn!(%error, "the dashboard could not be read"),
        }
        self.of(db.limit(), |last| last.next_begun = false);
    }

    fn keep(&self, limit: &Limit, reading: Reading, begun: Instant) -> Arc<Reading> {
        let reading = Arc::new(reading);
        self.of(limit, |last| {
            last.reading = Some(Arc::clone(&reading));
            last.took = begun.elapsed();
            last.ended = Some(Instant::now());
        });
        reading
    }

    /// The last of those who see the same.
    fn of<T>(&self, limit: &Limit, look: impl FnOnce(&mut Last) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        look(all.entry(limit.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::WarehouseId;

    fn last(took: u64, ended_ago: u64) -> Last {
        Last {
            took: Duration::from_secs(took),
            ended: Instant::now().checked_sub(Duration::from_secs(ended_ago)),
            ..Last::default()
        }
    }

    #[test]
    fn a_slow_reading_rests_twenty_times_as_long_as_it_took() {
        assert!(Last::default().is_due());
        assert!(!last(3, 59).is_due());
        assert!(last(3, 61).is_due());
        let begun = Last {
            next_begun: true,
            ..last(3, 61)
        };
        assert!(!begun.is_due(), "one at a time");
    }

    #[test]
    fn each_is_shown_the_reading_of_those_who_see_the_same() {
        let (readings, all) = (Readings::default(), Limit::default());
        let some = Limit::to(vec![WarehouseId::unwritten(1)]);

        readings.of(&all, |last| last.took = Duration::from_secs(3));

        assert!(readings.of(&all, |last| last.is_slow()));
        assert!(!readings.of(&some, |last| last.is_slow()));
    }

    #[test]
    fn what_is_read_in_a_moment_is_read_at_every_look() {
        assert!(!last(0, 0).is_slow());
        assert!(last(1, 0).is_slow());
    }
}
