//! What a change would do to each order, in the reader's words.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::outcome::LineChange;
use crate::schema::{customers, orders};
use crate::types::{OrderId, Quantity};

/// What a change would do to one order line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub order_id: OrderId,
    pub order_number: String,
    pub customer: String,
    pub to_ship: Quantity,
    /// Units reserved now.
    pub reserved_before: Quantity,
    /// Units reserved after.
    pub reserved: Quantity,
    /// When its last missing unit is expected now; `None`: reserved, or not on order.
    pub expected_before: Option<NaiveDate>,
    /// When it would be expected.
    pub expected: Option<NaiveDate>,
}

impl Effect {
    /// Whether the line would be worse off: fewer units, or as many and a later date or none.
    pub fn loses(&self) -> bool {
        let waits = |reserved: Quantity, date: Option<NaiveDate>| match date {
            Some(date) => date,
            None if reserved == self.to_ship => NaiveDate::MIN,
            None => NaiveDate::MAX,
        };
        let before = waits(self.reserved_before, self.expected_before);
        let after = waits(self.reserved, self.expected);
        self.reserved < self.reserved_before
            || self.reserved == self.reserved_before && after > before
    }

    /// How it stands now: `2 of 5, rest 12 Dec`.
    pub fn now(&self) -> String {
        self.stands(self.reserved_before, self.expected_before)
    }

    /// How it would stand.
    pub fn then(&self) -> String {
        self.stands(self.reserved, self.expected)
    }

    fn stands(&self, reserved: Quantity, date: Option<NaiveDate>) -> String {
        let units = format!("{reserved} of {}", self.to_ship);
        match date {
            _ if reserved == self.to_ship => "reserved".to_owned(),
            Some(date) => format!("{units}, rest {}", date.format("%-d %b")),
            None => format!("{units}, rest not on order"),
        }
    }

    /// `8 days later`, when it has a date before and after; else empty.
    pub fn moves(&self) -> String {
        let days = self.expected_before.zip(self.expected);
        let days = days.map_or(0, |(before, after)| (after - before).num_days());
        let counted = match days.abs() {
            1 => "1 day".to_owned(),
            many => format!("{many} days"),
        };
        match days {
            0 => String::new(),
            1.. => format!("{counted} later"),
            _ => format!("{counted} earlier"),
        }
    }
}

/// The effects of changes, losers first, then by order. Lines of which only units in parcels change
/// neither gain nor lose.
pub(super) fn of(conn: &mut PgConnection, changes: &[LineChange]) -> QueryResult<Vec<Effect>> {
    let names = names(conn, changes)?;
    let moved = changes.iter().filter(|change| change.moves());
    let mut effects: Vec<Effect> = moved
        .filter_map(|change| {
            let (number, customer) = names.get(&change.order)?;
            Some(Effect {
                order_id: change.order,
                order_number: number.clone(),
                customer: customer.clone(),
                to_ship: change.to_ship,
                reserved_before: change.reserved_before,
                reserved: change.reserved,
                expected_before: change.covered_before.map(|(_, date)| date),
                expected: change.covered_by.map(|(_, date)| date),
            })
        })
        .collect();
    effects.sort_by_key(|effect| (!effect.loses(), effect.order_id));
    Ok(effects)
}

fn names(
    conn: &mut PgConnection,
    changes: &[LineChange],
) -> QueryResult<HashMap<OrderId, (String, String)>> {
    let ids: BTreeSet<OrderId> = changes.iter().map(|change| change.order).collect();
    let rows: Vec<(OrderId, String, String)> = orders::table
        .inner_join(customers::table)
        .filter(orders::id.eq_any(ids))
        .select((orders::id, orders::number, customers::name))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, number, customer)| (id, (number, customer)))
        .collect())
}
