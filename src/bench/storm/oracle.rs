//! What was acknowledged, against what is there.

use std::collections::HashMap;

use diesel::prelude::*;

use super::deeds::Mark;
use crate::schema::{movements, orders};

/// What the comparison found.
pub(super) struct Found {
    /// Acknowledged, and not there.
    pub(super) lost: usize,
    /// There more than once, acknowledged or not.
    pub(super) twice: usize,
}

/// Looks for each.
pub(super) fn compare(conn: &mut PgConnection, done: &[Mark]) -> crate::error::Result<Found> {
    let orders: Vec<String> = orders::table
        .select(orders::external_reference)
        .load(conn)?;
    let found: Vec<String> = movements::table.select(movements::note).load(conn)?;
    let (orders, found) = (counted(orders), counted(found));
    let is_lost = |mark: &&Mark| match mark {
        Mark::Placed(key) => !orders.contains_key(key),
        Mark::Found(key) => !found.contains_key(key),
    };
    let twice = |all: &HashMap<String, usize>| all.values().filter(|times| **times > 1).count();
    Ok(Found {
        lost: done.iter().filter(is_lost).count(),
        twice: twice(&orders) + twice(&found),
    })
}

fn counted(keys: Vec<String>) -> HashMap<String, usize> {
    let mut counts = HashMap::with_capacity(keys.len());
    for key in keys.into_iter().filter(|key| !key.is_empty()) {
        *counts.entry(key).or_default() += 1;
    }
    counts
}
