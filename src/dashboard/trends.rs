//! What moved in the last thirty days: three pictures, each with its numbers.

use chrono::{Days, NaiveDate};

use super::days::{DAYS, Day};
use super::lists;
use crate::types::dates;
use crate::web::chart::{Chart, Spot};

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Share {
    part: i64,
    whole: i64,
}

impl Share {
    pub const fn new(part: i64, whole: i64) -> Self {
        Self { part, whole }
    }

    /// Rounded down, so that 100 is all; `None`: of nothing.
    pub fn percent(self) -> Option<i64> {
        (self.whole > 0).then(|| self.part * 100 / self.whole)
    }

    /// `98 %`, or a dash.
    pub fn words(self) -> String {
        self.percent()
            .map_or_else(|| "\u{2013}".to_owned(), |percent| format!("{percent} %"))
    }
}

/// A figure of today, with the list it opens.
pub(super) struct Now {
    pub words: String,
    pub path: String,
    /// How it is drawn.
    pub class: &'static str,
}

/// A figure of a day, with the list it opens.
pub(super) struct Cell {
    pub words: String,
    pub path: String,
}

/// The figures of a day.
pub(super) struct Row {
    pub day: String,
    pub cells: Vec<Cell>,
}

pub(super) struct Trend {
    pub id: &'static str,
    pub title: &'static str,
    pub now: Vec<Now>,
    /// How today differs from the first day that is known, or what the figures mean.
    pub meaning: String,
    pub chart: Chart,
    /// The columns of its numbers, after the day.
    pub heads: &'static [&'static str],
    /// Its numbers, the latest day first.
    pub rows: Vec<Row>,
}

/// The days the dashboard looks back on; `None`: what a day was like is not known (yet).
pub(super) struct Past(Vec<(NaiveDate, Option<Day>)>);

impl Past {
    /// Of the days that were kept, and of today so far.
    pub fn new(kept: &[Day], today: Day) -> Self {
        let first = today.day - Days::new(DAYS - 1);
        let known = |day| {
            let mut known = kept.iter().chain([&today]);
            known.find(|known| known.day == day).copied()
        };
        let days = first.iter_days().take_while(|day| *day <= today.day);
        Self(days.map(|day| (day, known(day))).collect())
    }

    /// Lines filled from stock at once, of all the days.
    pub fn filled(&self) -> Share {
        self.sum(Day::filled)
    }

    pub fn trends(&self) -> [Trend; 3] {
        [self.queue(), self.fill_rate(), self.on_time()]
    }

    fn queue(&self) -> Trend {
        let waiting = self.each(|day| Some(day.waiting));
        let ready = self.each(|day| Some(day.ready));
        let now = |figures: &[Option<i64>]| figures.last().copied().flatten().unwrap_or(0);
        let (is_waiting, is_ready) = (now(&waiting), now(&ready));
        let said = |day: &Day| format!("{} waiting, {} ready", day.waiting, day.ready);
        let label = format!(
            "Orders of the last {DAYS} days: today {is_waiting} wait and {is_ready} are ready"
        );
        let chart = Chart::of_counts(label, &[("waiting", waiting), ("ready", ready)]);
        Trend {
            id: "queue-trend",
            title: "Orders waiting and ready",
            now: vec![
                Now {
                    words: format!("{is_waiting} waiting"),
                    path: lists::WAITING.into(),
                    class: "waiting",
                },
                Now {
                    words: format!("{is_ready} ready"),
                    path: lists::READY.into(),
                    class: "ready",
                },
            ],
            meaning: self.moved(),
            chart: chart.with_days(self.spots(said, lists::waited)),
            heads: &["Waiting", "Ready"],
            rows: self.rows(|day| {
                vec![
                    Cell::new(day.waiting, lists::waited(day.day)),
                    Cell::new(day.ready, lists::were_ready(day.day)),
                ]
            }),
        }
    }

    fn fill_rate(&self) -> Trend {
        let whole = self.filled().words();
        let label = format!("Fill rate of the last {DAYS} days, day by day: {whole} of all");
        let said = |day: &Day| of(day.filled(), "lines", "no order");
        let queued = |day| lists::queued(day, day);
        Trend {
            id: "fill-trend",
            title: "Fill rate",
            now: vec![Now {
                words: format!("{whole} at once"),
                path: self.not_filled(),
                class: "share",
            }],
            meaning:
                "Of the lines ordered that day, those that got all their units from stock at once. What did not opens with the figure."
                    .into(),
            chart: Chart::of_shares(label, &self.each(|day| day.filled().percent()))
                .with_days(self.spots(said, queued)),
            heads: &["Lines", "Not at once", "Fill rate"],
            rows: self.rows(|day| figures(day.filled(), lists::placed(day.day), &queued(day.day))),
        }
    }

    fn on_time(&self) -> Trend {
        let whole = self.sum(Day::on_time).words();
        let label = format!(
            "Deliveries of suppliers on time in the last {DAYS} days, day by day: {whole} of all"
        );
        let said = |day: &Day| of(day.on_time(), "lines", "nothing due");
        let (first, last) = self.period();
        let missed = |day| lists::missed(day, day);
        Trend {
            id: "on-time-trend",
            title: "Suppliers on time",
            now: vec![Now {
                words: format!("{whole} on time"),
                // Today counts tomorrow.
                path: lists::missed(first, last - Days::new(1)),
                class: "share",
            }],
            meaning: "Of the purchase order lines due that day, those that had arrived whole by its end. Today counts tomorrow.".into(),
            chart: Chart::of_shares(label, &self.each(|day| day.on_time().percent()))
                .with_days(self.spots(said, missed)),
            heads: &["Lines due", "Missed", "On time"],
            rows: self.rows(|day| figures(day.on_time(), lists::due(day.day), &missed(day.day))),
        }
    }

    /// The list of what was not filled at once, of all the days.
    pub fn not_filled(&self) -> String {
        let (first, last) = self.period();
        lists::queued(first, last)
    }

    /// The first day and today.
    fn period(&self) -> (NaiveDate, NaiveDate) {
        let (first, last) = (&self.0[0].0, &self.0[self.0.len() - 1].0);
        (*first, *last)
    }

    /// `12 more wait than on 27 Oct.`
    fn moved(&self) -> String {
        let mut known = self.0.iter().filter_map(|(_, day)| *day);
        let (Some(first), Some(last)) = (known.next(), known.next_back()) else {
            return "Days that are over are looked up a little later.".into();
        };
        let day = dates::short_day(&first.day);
        match last.waiting - first.waiting {
            0 => format!("As many wait as on {day}."),
            more @ 1.. => format!("{more} more wait than on {day}."),
            fewer => format!("{} fewer wait than on {day}.", -fewer),
        }
    }

    fn each(&self, figure: impl Fn(&Day) -> Option<i64>) -> Vec<Option<i64>> {
        let figure = |(_, day): &(NaiveDate, Option<Day>)| day.as_ref().and_then(&figure);
        self.0.iter().map(figure).collect()
    }

    fn sum(&self, share: impl Fn(&Day) -> Share) -> Share {
        let shares = self
            .0
            .iter()
            .filter_map(|(_, day)| day.as_ref().map(&share));
        shares.fold(Share::default(), |sum, each| {
            Share::new(sum.part + each.part, sum.whole + each.whole)
        })
    }

    /// Each day in words, with the list it opens.
    fn spots(
        &self,
        words: impl Fn(&Day) -> String,
        path: impl Fn(NaiveDate) -> String,
    ) -> Vec<Spot> {
        let spot = |(day, known): &(NaiveDate, Option<Day>)| {
            let words = known.as_ref().map(&words);
            Spot {
                day: dates::short_day(day),
                path: words.as_ref().map(|_| path(*day)),
                words: words.unwrap_or_else(|| "not known".to_owned()),
            }
        };
        self.0.iter().map(spot).collect()
    }

    fn rows(&self, cells: impl Fn(&Day) -> Vec<Cell>) -> Vec<Row> {
        let known = self.0.iter().rev().filter_map(|(_, day)| day.as_ref());
        let row = |day: &Day| Row {
            day: dates::day(&day.day),
            cells: cells(day),
        };
        known.map(row).collect()
    }
}

impl Cell {
    fn new(figure: impl ToString, path: String) -> Self {
        Self {
            words: figure.to_string(),
            path,
        }
    }
}

impl Day {
    const fn filled(&self) -> Share {
        Share::new(self.filled, self.lines)
    }

    const fn on_time(&self) -> Share {
        Share::new(self.on_time, self.due)
    }
}

/// `98 %, 120 of 122 lines`
fn of(share: Share, what: &str, nothing: &str) -> String {
    match share.percent() {
        Some(percent) => format!("{percent} %, {} of {} {what}", share.part, share.whole),
        None => nothing.to_owned(),
    }
}

/// All, and those that were not so, which open with the share as well.
fn figures(share: Share, all: String, others: &str) -> Vec<Cell> {
    vec![
        Cell::new(share.whole, all),
        Cell::new(share.whole - share.part, others.to_owned()),
        Cell::new(share.words(), others.to_owned()),
    ]
}
