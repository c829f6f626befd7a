//! Orders as they stood once: what the figures of days that are over were made of.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::sql_types::{Bool, Timestamptz};

use super::narrow::Condition;
use crate::types::{Zone, text_enum};

/// What each order still open at an instant wanted from each warehouse then, and what of it was
/// missing: rows of `order_id`, `warehouse_id`, `to_ship` and `missing`, for a row `e` whose `ended` is
/// that instant. Without orders on hold or in a parcel of the warehouse then. Units given up since
/// count as if nobody had ordered them.
pub const STOOD_SQL: &str = include_str!("stood.sql");

text_enum! {
    /// How an order stood in a warehouse when a day ended.
    Stood {
        /// Something was missing.
        Waiting = "waiting", "waited";
        /// All that was left of it was reserved.
        Ready = "ready", "were ready";
    }
}

impl Stood {
    const fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "w.missing > 0",
            Self::Ready => "w.missing = 0",
        }
    }
}

/// From where a list is seen.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Whose days are meant.
    pub zone: Zone,
    /// The day it was there when looking began.
    pub today: NaiveDate,
}

impl Seen {
    pub fn from(zone: Zone) -> Self {
        let today = zone.today();
        Self { zone, today }
    }

    pub(super) fn begin_of(self, day: NaiveDate) -> DateTime<Utc> {
        self.zone.begin(day)
    }

    pub(super) fn end_of(self, day: NaiveDate) -> DateTime<Utc> {
        self.zone.begin(day + Days::new(1))
    }
}

/// Orders that stood so at an instant.
pub(super) fn stood(how: Stood, ended: DateTime<Utc>) -> Condition<'static> {
    let those = format!(
        "::timestamptz)) as e (ended) cross join lateral ({STOOD_SQL}) w where {})",
        how.condition()
    );
    Box::new(
        sql::<Bool>("orders.id in (select w.order_id from (values (")
            .bind::<Timestamptz, _>(ended)
            .sql(&those),
    )
}

/// Orders of which a line did not get all its units the moment they were placed.
pub(super) fn was_queued() -> SqlLiteral<Bool> {
    sql("exists (select from order_lines l
         where l.order_id = orders.id and not l.is_kit and l.ordered is distinct from (
           select sum(r.change) from reservation_entries r join decisions d on d.id = r.decision_id
           where r.order_line_id = l.id and d.cause = 'order_placed') offset 0)")
}
