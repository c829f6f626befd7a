//! Dates that moved, and that nobody told the customer yet.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz};

use super::list::{OrderFilter, OrderListed};
use super::narrow::{Search, filtered};
use super::past::Seen;
use crate::db::sql;
use crate::schema::{customers, orders};
use crate::stock::CauseKind;
use crate::types::{OrderId, OrderLineId, Sku};

/// A line that waits for another day than its customer thinks of.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Moved {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    pub line: OrderLineId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    /// The customer was never told a day, as the units lay here.
    #[diesel(sql_type = Bool)]
    pub lay_here: bool,
    /// What the customer was told last, or the first day there was; `None`: that no day is known.
    #[diesel(sql_type = Nullable<Date>)]
    pub was_on: Option<NaiveDate>,
    /// `None`: it is not on order.
    #[diesel(sql_type = Nullable<Date>)]
    pub now_on: Option<NaiveDate>,
    /// `None`: nobody told the customer.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub told_at: Option<DateTime<Utc>>,
    /// Of the last decision about its date.
    #[diesel(sql_type = Text)]
    pub cause: CauseKind,
    /// More about it; may be empty.
    #[diesel(sql_type = Text)]
    pub reason: String,
    /// The day before the last decision.
    #[diesel(sql_type = Nullable<Date>)]
    pub last_on: Option<NaiveDate>,
}

/// Which lines moved; see `moved.sql`.
fn with_moved(text: &str) -> String {
    text.replace(":moved", include_str!("moved.sql"))
}

/// Of these orders, what their customers are to be told, in one statement; by line number.
pub fn moves_of(
    conn: &mut PgConnection,
    of: &[OrderId],
    today: NaiveDate,
) -> QueryResult<HashMap<OrderId, Vec<Moved>>> {
    let rows: Vec<Moved> = sql!(
        with_moved(include_str!("moves.sql")),
        today: Date = today,
        orders: Array<BigInt> = of,
    )
    .load(conn)?;
    let mut by_order: HashMap<OrderId, Vec<Moved>> = HashMap::new();
    for moved in rows {
        by_order.entry(moved.order_id).or_default().push(moved);
    }
    Ok(by_order)
}

/// The orders of which a line moved, as a condition on `orders.id`; a table `today (day)` and
/// conditions on `d`, a row of demand, go before and behind.
pub(super) fn untold() -> String {
    with_moved(include_str!("untold.sql"))
}

/// Which orders are written to: those a filter leaves, or those of them that were chosen.
#[derive(Debug, Clone)]
pub struct ToWrite {
    pub filter: OrderFilter,
    /// Empty: all.
    pub chosen: Vec<OrderId>,
    /// Those that came in after it.
    pub after: Option<OrderId>,
    pub seen: Seen,
}

impl ToWrite {
    fn found<'a>(
        &'a self,
        conn: &mut PgConnection,
    ) -> QueryResult<crate::db::Listing<'a, OrderListed>> {
        let search = Search::of(conn, &self.filter)?;
        let mut query = filtered(&self.filter, search, self.seen);
        if !self.chosen.is_empty() {
            query = query.filter(orders::id.eq_any(&self.chosen));
        }
        if let Some(after) = self.after {
            query = query.filter(orders::id.gt(after));
        }
        Ok(query.order(orders::id))
    }

    /// The first `most` of them that have an address, oldest first.
    pub fn with_address(&self, conn: &mut PgConnection, most: usize) -> QueryResult<Vec<OrderId>> {
        let has_one = orders::email.ne("").or(customers::email.ne(""));
        let found = self.found(conn)?.filter(has_one);
        let found = found.limit(i64::try_from(most).unwrap_or(i64::MAX));
        Ok(found
            .load(conn)?
            .into_iter()
            .map(|order| order.id)
            .collect())
    }

    /// The first `most` of those that have none.
    pub fn without_address(
        &self,
        conn: &mut PgConnection,
        most: usize,
    ) -> QueryResult<Vec<OrderListed>> {
        let has_none = orders::email.eq("").and(customers::email.eq(""));
        let found = self.found(conn)?.filter(has_none);
        found
            .limit(i64::try_from(most).unwrap_or(i64::MAX))
            .load(conn)
    }
}
