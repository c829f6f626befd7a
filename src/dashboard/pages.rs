//! The dashboard page.

use std::sync::Arc;

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::queries::{Age, Due, Waiting};
use super::reading::{Reading, Readings};
use super::trends::Past;
use crate::db::Db;
use crate::stock::When;
use crate::types::clock;
use crate::web::{Result, Shell, SignedIn, html};

#[derive(Template)]
#[template(path = "dashboard/show.html")]
struct Dashboard {
    shell: Shell,
    now: DateTime<Utc>,
    read: Arc<Reading>,
    past: Past,
}

/// Waiting orders of one age, in all currencies.
struct Aged<'a> {
    label: &'a str,
    orders: i64,
    /// `489.36 GBP, 20.00 EUR`
    worth: String,
}

impl Dashboard {
    fn new(shell: Shell, now: DateTime<Utc>, read: Arc<Reading>) -> Self {
        let today = read.figures.so_far(read.zone.day(read.at));
        Self {
            past: Past::new(&read.days, today),
            shell,
            now,
            read,
        }
    }

    fn ages(&self) -> Vec<Aged<'_>> {
        let same_age = |one: &Age, next: &Age| one.label == next.label;
        let ages = self.read.ages.chunk_by(same_age);
        ages.map(|of_age| Aged {
            label: &of_age[0].label,
            orders: of_age.iter().map(|age| age.orders).sum(),
            worth: self.worth(of_age),
        })
        .collect()
    }

    fn worth(&self, of_age: &[Age]) -> String {
        let each = of_age.iter().map(|age| {
            let currency = age.currency.as_ref().unwrap_or(&self.read.currency);
            format!("{} {currency}", age.value)
        });
        each.collect::<Vec<_>>().join(", ")
    }

    /// The longest bar of the ages.
    fn most_orders(&self) -> i64 {
        let ages = self.ages().into_iter();
        ages.map(|age| age.orders).max().unwrap_or(0).max(1)
    }

    fn age_tone(&self, at: &usize) -> &'static str {
        match at {
            0 | 1 => "info",
            2 => "warn",
            _ => "bad",
        }
    }

    /// When the figures were read, if that was not just now.
    fn read_at(&self) -> Option<String> {
        let old = self.now - self.read.at > TimeDelta::seconds(5);
        old.then(|| {
            self.read
                .zone
                .wall(self.read.at)
                .format("%H:%M")
                .to_string()
        })
    }

    fn today(&self) -> NaiveDate {
        self.read.zone.day(self.now)
    }

    fn days_waited(&self, order: &Waiting) -> i64 {
        let placed_on = self.read.zone.day(order.placed_at);
        (self.today() - placed_on).num_days()
    }

    fn due(&self, order: &Due) -> When {
        When::seen(Some(order.due_on), self.today())
    }

    fn expected(&self, order: &Waiting) -> When {
        When::of_all(order.first_expected_on, order.expected_on, self.today())
    }
}

#[get("/")]
async fn show(db: Db, readings: Data<Readings>, _: SignedIn, shell: Shell) -> Result {
    let read = readings.now(&db).await?;
    let now = clock::now();
    html::page(Dashboard::new(shell, now, read))
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}
