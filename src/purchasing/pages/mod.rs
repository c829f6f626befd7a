//! The pages of purchasing.

mod decide;
mod letter;
mod lines;
mod order;
mod orders;
mod receptions;
mod replenishment;
mod reversal;
mod weighing;

use actix_web::web::ServiceConfig;
use chrono::{NaiveDate, Utc};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    replenishment::routes(config);
    orders::routes(config);
    order::routes(config);
    lines::routes(config);
    decide::routes(config);
    letter::routes(config);
    receptions::routes(config);
    reversal::routes(config);
    weighing::routes(config);
}

fn today() -> NaiveDate {
    Utc::now().date_naive()
}

/// `1 order`, `3 orders`.
fn counted(count: impl Into<i64>, one: &str) -> String {
    match count.into() {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}
