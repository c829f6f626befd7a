//! The pages of purchasing.

mod decide;
mod letter;
mod lines;
mod of_product;
mod order;
mod orders;
mod receiving;
mod receptions;
mod replenishment;
mod reversal;
mod sums;

use std::fmt::Display;

use actix_web::web::ServiceConfig;
use chrono::NaiveDate;

use crate::types::{counted, dates};

pub fn routes(config: &mut ServiceConfig) {
    replenishment::routes(config);
    orders::routes(config);
    of_product::routes(config);
    order::routes(config);
    sums::routes(config);
    lines::routes(config);
    decide::routes(config);
    letter::routes(config);
    receiving::routes(config);
    receptions::routes(config);
    reversal::routes(config);
}

/// In words; empty if there is none.
fn day(date: Option<NaiveDate>) -> String {
    date.as_ref().map_or_else(String::new, dates::day)
}

/// The text of what may be missing.
fn shown(value: Option<impl Display>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
