//! Transfers: the list, one of them, and what becomes of its goods.

mod arrivals;
mod decide;
mod edit;
mod ending;
mod list;
mod new;
mod proposals;
mod scan;
mod sending;
mod show;

use actix_web::web::ServiceConfig;
use chrono::NaiveDate;

use crate::types::dates;

pub fn routes(config: &mut ServiceConfig) {
    list::routes(config);
    new::routes(config);
    proposals::routes(config);
    show::routes(config);
    arrivals::routes(config);
    scan::routes(config);
    edit::routes(config);
    sending::routes(config);
    ending::routes(config);
    decide::routes(config);
}

/// In words; empty if there is none.
fn day(date: Option<NaiveDate>) -> String {
    date.as_ref().map_or_else(String::new, dates::day)
}

/// As a box has it; empty if there is none.
fn typed_day(date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, |day| day.to_string())
}
