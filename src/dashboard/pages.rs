//! The dashboard page.

use actix_web::get;
use actix_web::web::{Data, ServiceConfig};
use askama::Template;
use chrono::{DateTime, Utc};

use super::queries::{self, Age, Awaited, Due, Figures, Waiting};
use crate::catalog;
use crate::db::Db;
use crate::web::{Result, Shell, SignedIn, html};

#[derive(Template)]
#[template(path = "dashboard/show.html")]
struct Dashboard {
    shell: Shell,
    currency: String,
    now: DateTime<Utc>,
    figures: Figures,
    ages: Vec<Age>,
    waiting: Vec<Waiting>,
    awaited: Vec<Awaited>,
    due: Vec<Due>,
}

impl Dashboard {
    /// The longest bar of the ages.
    fn most_orders(&self) -> i64 {
        self.ages
            .iter()
            .map(|age| age.orders)
            .max()
            .unwrap_or(0)
            .max(1)
    }

    fn age_tone(&self, at: &usize) -> &'static str {
        match at {
            0 | 1 => "info",
            2 => "warn",
            _ => "bad",
        }
    }

    fn fill_rate(&self) -> String {
        self.figures
            .fill_rate()
            .map_or_else(|| "\u{2013}".to_owned(), |rate| format!("{rate} %"))
    }

    fn days_waited(&self, order: &Waiting) -> i64 {
        (self.now.date_naive() - order.placed_at.date_naive()).num_days()
    }

    /// In words; empty when it is not late.
    fn late(&self, order: &Due) -> String {
        match (self.now.date_naive() - order.due_on).num_days() {
            ..=0 => String::new(),
            1 => "1 day late".to_owned(),
            days => format!("{days} days late"),
        }
    }
}

#[get("/")]
async fn show(db: Data<Db>, _: SignedIn, shell: Shell) -> Result {
    let now = Utc::now();
    let page = db
        .read(move |conn| {
            Ok(Dashboard {
                shell,
                currency: catalog::company(conn)?.currency,
                now,
                figures: queries::figures(conn, now)?,
                ages: queries::ages(conn, now)?,
                waiting: queries::waiting_longest(conn)?,
                awaited: queries::most_awaited(conn)?,
                due: queries::due(conn)?,
            })
        })
        .await?;
    html::page(page)
}

/// The first page.
pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}
