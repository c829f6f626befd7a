//! A place in the queue, as rows have it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Timestamptz};

use crate::schema::demand;
use crate::stock::queue::QueueKey;
use crate::types::OrderId;

/// The columns of a [`QueueKey`]: of demand, and of what is kept of it.
#[derive(Debug, Queryable, Selectable, QueryableByName)]
#[diesel(table_name = demand)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct KeyRow {
    pub(super) order_id: OrderId,
    pinned_at: Option<DateTime<Utc>>,
    priority_rank: i16,
    required_by: NaiveDate,
    placed_at: DateTime<Utc>,
    line_number: i32,
}

/// They, in this order.
pub(super) type KeyColumns = (
    BigInt,
    Nullable<Timestamptz>,
    SmallInt,
    Date,
    Timestamptz,
    Integer,
);

impl KeyRow {
    pub(super) fn key(&self) -> QueueKey {
        QueueKey::new(
            self.pinned_at,
            self.priority_rank,
            self.required_by,
            self.placed_at,
            self.order_id,
            self.line_number,
        )
    }
}
