//! What is said of orders to which one thing was to be done together.

use diesel::prelude::*;

use crate::preparation::{Error, queries};
use crate::types::{OrderId, counted};

/// Orders that are named with the reason why they were refused.
const NAMED: usize = 3;

/// What is said of those it was done to.
pub(super) struct Said<'a> {
    /// What they are now: `in preparation`.
    pub done: &'a str,
    /// The sentence when it was done to none.
    pub nothing: &'a str,
}

impl Said<'_> {
    /// `2 orders are in preparation. SO-3: This order is on hold: Unpaid`
    pub fn of(
        &self,
        conn: &mut PgConnection,
        done: usize,
        refused: &[(OrderId, Error)],
    ) -> QueryResult<String> {
        let orders = counted(done, "order");
        let mut words = match done {
            0 => self.nothing.to_owned(),
            1 => format!("{orders} is {}.", self.done),
            _ => format!("{orders} are {}.", self.done),
        };
        let named = refused.iter().take(NAMED);
        let numbers = queries::numbers(conn, named.clone().map(|(order, _)| *order))?;
        for (order, why) in named {
            let number = numbers.get(order).map_or("", String::as_str);
            let why = why.to_string();
            let whose = match why.contains(number) {
                true => String::new(),
                false => format!("{number}: "),
            };
            words = format!("{words} {whose}{why}");
        }
        match refused.len().saturating_sub(NAMED) {
            0 => Ok(words),
            more => Ok(format!("{words} And {more} more were refused.")),
        }
    }
}
