//! One reception of 70% of what everybody waits for, through the real action, against its floor.

use std::time::Instant;

use diesel::prelude::*;
use serde::Serialize;

use super::backlog::{self, Backlog, Purchase, Waiting};
use super::floor::{self, Before};
use super::memory;
use super::stats::median;
use crate::db::{Act, Db, Who};
use crate::error::{Error, Result};
use crate::purchasing;
use crate::schema::{demand, orders};

/// One purchase order of everything.
const PURCHASE: Purchase = Purchase {
    tenths: 7,
    products: usize::MAX,
};
/// How often each is measured; the median counts.
const TIMES: usize = 5;

/// What was measured. Times in milliseconds, medians of five, the four taken in turn, each in a
/// transaction that is rolled back.
#[derive(Debug, Clone, Serialize)]
pub struct Allocation {
    /// Orders that wait.
    pub orders: i64,
    /// Lines of a hundred that were sold as kits of 2 to 4 products.
    pub kits: u64,
    /// Their lines; of kits, those of the parts.
    pub lines: i64,
    /// Lines whose reservation or date the reception changed.
    pub lines_changed: usize,
    /// Statements of the reception, whatever its size.
    pub statements: usize,
    pub settle_ms: f64,
    /// The same writes of demand, reservation entries and consignments, bare.
    pub floor_ms: f64,
    /// `settle_ms / floor_ms`.
    pub ratio: f64,
    /// The same allocation as one plain statement per table on bare copies of those tables: primary keys
    /// only, no ledger.
    pub raw_ms: f64,
    /// `settle_ms / raw_ms`.
    pub raw_ratio: f64,
    /// The rows of demand alone.
    pub update_floor_ms: f64,
    /// The most memory this process had.
    pub peak_rss_mb: u64,
}

/// Fills an empty, migrated database with waiting orders, so many lines of a hundred kits, and
/// measures. `tell` hears what is being done.
///
/// # Errors
/// Those of the actions; none is expected.
pub fn allocation(
    db: &Db,
    (orders, kits): (usize, u64),
    tell: &mut dyn FnMut(&str),
) -> Result<Allocation> {
    let conn: &mut PgConnection = &mut *db.connection()?;
    let waiting = Waiting { orders, kits };
    let backlog = backlog::fill(conn, waiting, &PURCHASE, tell)?;
    let (orders, lines) = (
        orders::table.count().get_result(conn)?,
        demand::table.count().get_result(conn)?,
    );
    let before = Before::read(conn)?;
    let mut writes = None;
    rolled_back(conn, |conn| {
        receive(conn, &backlog)?;
        writes = Some(before.differences(conn)?);
        Ok(())
    })?;
    drop(before);
    let writes = writes.ok_or_else(|| Error::Failure("the reception wrote nothing".into()))?;

    floor::make_bare(conn)?;
    let (mut settle, mut floor, mut raw, mut update) = (vec![], vec![], vec![], vec![]);
    let mut statements = 0;
    for time in 1..=TIMES {
        tell(&format!("measuring, {time} of {TIMES}"));
        let sent = db.statements();
        settle.push(rolled_back(conn, |conn| receive(conn, &backlog))?);
        // Without the beginning and the end of the transaction.
        statements = (db.statements() - sent).saturating_sub(2);
        floor.push(rolled_back(conn, |conn| Ok(writes.write(conn)?))?);
        raw.push(rolled_back(conn, |conn| Ok(writes.write_raw(conn)?))?);
        update.push(rolled_back(conn, |conn| {
            writes.update_demand(conn)?;
            Ok(())
        })?);
        diesel::sql_query("vacuum").execute(conn)?;
    }
    let (settle_ms, floor_ms, raw_ms) = (median(&settle), median(&floor), median(&raw));
    Ok(Allocation {
        orders,
        kits,
        lines,
        lines_changed: writes.lines(),
        statements,
        settle_ms,
        floor_ms,
        ratio: settle_ms / floor_ms,
        raw_ms,
        raw_ratio: settle_ms / raw_ms,
        update_floor_ms: median(&update),
        peak_rss_mb: memory::peak_mb(),
    })
}

fn receive(conn: &mut PgConnection, backlog: &Backlog) -> Result<()> {
    for (purchase, delivery) in &backlog.arriving {
        let act = &mut Act::new(conn, Who::BACKFILL);
        purchasing::receive(act, *purchase, delivery)?;
    }
    Ok(())
}

/// Does it, takes it back, and tells how many milliseconds it took, without the taking back.
fn rolled_back(
    conn: &mut PgConnection,
    act: impl FnOnce(&mut PgConnection) -> Result<()>,
) -> Result<f64> {
    let mut took = Ok(0.0);
    let undone = conn.transaction::<(), diesel::result::Error, _>(|conn| {
        let started = Instant::now();
        took = act(conn).map(|()| started.elapsed().as_secs_f64() * 1_000.0);
        Err(diesel::result::Error::RollbackTransaction)
    });
    match undone {
        Err(diesel::result::Error::RollbackTransaction) | Ok(()) => took,
        Err(error) => Err(error.into()),
    }
}
