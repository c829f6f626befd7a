//! What each day left behind: kept once it is over, for the dashboard to look back on.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Timestamptz};

use crate::catalog;
use crate::db::Act;
use crate::error::Result;
use crate::purchasing::due_lines_sql;
use crate::sales::STOOD_SQL;
use crate::schema::{consignment_counts, figures_by_day};
use crate::types::Zone;

/// Days the dashboard looks back on, with today.
pub(super) const DAYS: u64 = 30;
/// With more orders in hand than this, one day is looked up at a time.
const MANY: i64 = 20_000;

/// The figures of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, HasQuery)]
#[diesel(table_name = figures_by_day)]
pub struct Day {
    pub day: NaiveDate,
    /// Orders with all that is left of them reserved in a warehouse, when the day ended.
    pub ready: i64,
    /// Orders with something missing in a warehouse, when the day ended.
    pub waiting: i64,
    /// Lines of the orders placed that day.
    pub lines: i64,
    /// Of these, lines that got all their units from stock the moment the order was placed.
    pub filled: i64,
    /// Lines of purchase orders that were due that day.
    pub due: i64,
    /// Of these, lines that had arrived whole by the end of the day.
    pub on_time: i64,
}

/// The days that are over, of those the dashboard looks back on, earliest first.
pub(super) fn kept(conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Vec<Day>> {
    Day::query()
        .filter(figures_by_day::day.ge(first_of(today)))
        .filter(figures_by_day::day.lt(today))
        .order(figures_by_day::day)
        .load(conn)
}

fn first_of(today: NaiveDate) -> NaiveDate {
    today - Days::new(DAYS - 1)
}

/// Keeps the figures of the days that are over and were not kept yet, as the books tell them: of
/// yesterday soon after midnight, and of all days in sight where Backfill is new or was away. The
/// latest days first; of a great shop one at a time, so that nothing else waits for it. Returns
/// how many were kept.
pub fn keep_days(act: &mut Act<'_>) -> Result<usize> {
    let zone = catalog::company(act)?.time_zone;
    let today = zone.day(act.at());
    let known: BTreeSet<NaiveDate> = kept(act, today)?.into_iter().map(|kept| kept.day).collect();
    let mut missing: Vec<NaiveDate> = first_of(today)
        .iter_days()
        .take_while(|day| *day < today)
        .filter(|day| !known.contains(day))
        .collect();
    if missing.len() > 1 && is_great(act)? {
        missing.drain(..missing.len() - 1);
    }
    if missing.is_empty() {
        return Ok(0);
    }
    Ok(look_up(act, zone, &missing)?)
}

fn is_great(conn: &mut PgConnection) -> QueryResult<bool> {
    let in_hand = consignment_counts::table.select(diesel::dsl::sql::<BigInt>(
        "coalesce(sum(consignments) filter (where state <> 'done'), 0)::int8",
    ));
    Ok(in_hand.first::<i64>(conn)? > MANY)
}

fn look_up(conn: &mut PgConnection, zone: Zone, days: &[NaiveDate]) -> QueryResult<usize> {
    let began: Vec<DateTime<Utc>> = days.iter().map(|day| zone.begin(*day)).collect();
    let ended: Vec<DateTime<Utc>> = days
        .iter()
        .map(|day| zone.begin(*day + Days::new(1)))
        .collect();
    let looked_up = include_str!("days.sql")
        .replace(":stood", STOOD_SQL)
        .replace(":due", &due_lines_sql());
    diesel::sql_query(looked_up)
        .bind::<Array<Date>, _>(days)
        .bind::<Array<Timestamptz>, _>(began)
        .bind::<Array<Timestamptz>, _>(ended)
        .execute(conn)
}
