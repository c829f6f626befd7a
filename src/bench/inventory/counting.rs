//! Counts of which every line differs: begun, scanned, reviewed and applied.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde::Serialize;

use super::stocked::Stocked;
use super::timed;
use crate::bench::client::Client;
use crate::db::{Db, Who, sql};
use crate::error::Result;
use crate::inventory::{
    self, Applying, Count, CountLine, CountScope, Found, NewCount, preview_count,
};
use crate::schema::count_lines;
use crate::types::{CountId, Quantity, clock};

/// Lines of the largest count.
const MOST: usize = 10_000;
/// At most so many lines, and at most a tenth of them, are scanned one by one; the others are written
/// together.
const SCANNED: i64 = 100;

/// What was measured of a count.
#[derive(Debug, Clone, Serialize)]
pub struct CountTime {
    /// Lines, each of which differs.
    pub lines: i64,
    /// Whether they lie in bins.
    pub in_bins: bool,
    pub begin_seconds: f64,
    /// One scan, on the average.
    pub scan_ms: f64,
    /// The page on which it is looked at before it is applied.
    pub review_ms: f64,
    /// Which orders gain and which lose by it.
    pub effects_seconds: f64,
    pub apply_seconds: f64,
    /// Statements of applying it, whatever its size.
    pub apply_statements: usize,
    /// Of beginning it.
    pub begin_statements: usize,
    /// Of its page.
    pub review_statements: usize,
}

/// Counts without bins and in bins, each time a small part first.
pub fn counts(
    db: &Db,
    client: &Client,
    stocked: &Stocked,
    tell: &mut dyn FnMut(&str),
) -> Result<Vec<CountTime>> {
    let most = MOST.min(stocked.products.len());
    let mut counts = Vec::new();
    // A product lies in two or three bins.
    for (in_bins, most) in [(false, most), (true, most * 2 / 5)] {
        for products in [(most / 10).max(1), most] {
            tell(&format!("a count of {products} products"));
            counts.push(count(db, client, &scope(stocked, in_bins, products))?);
        }
    }
    Ok(counts)
}

/// So many products of the warehouse with bins, or of one without.
fn scope(stocked: &Stocked, in_bins: bool, products: usize) -> CountScope {
    CountScope {
        products: stocked.products[..products].to_vec(),
        none_too: true,
        ..CountScope::all_of(match in_bins {
            true => stocked.with_bins,
            false => stocked.plain,
        })
    }
}

fn count(db: &Db, client: &Client, scope: &CountScope) -> Result<CountTime> {
    let new = NewCount {
        scope: scope.clone(),
        asked: "Some products".into(),
        blind: false,
    };
    let by_hand = Who::BACKFILL;
    let begin = || db.write_now(by_hand, |act| Ok(inventory::begin_count(act, &new)?));
    let (count, begin_seconds, begin_statements) = timed(db, begin)?;
    let (lines, in_bins, scan_ms) = scan(db, &count)?;
    diesel::sql_query("analyze").execute(&mut *db.connection()?)?;
    let review = format!("{}/review", count.path());
    client.get(&review)?;
    let (page, _, review_statements) = timed(db, || client.get(&review))?;
    let preview = || db.read_now(|conn| Ok(preview_count(conn, count.id, clock::now())?));
    let (_, effects_seconds, _) = timed(db, preview)?;
    let how = Applying {
        doubtful_too: false,
    };
    let apply = || {
        db.write_now(by_hand, |act| {
            Ok(inventory::apply_count(act, count.id, how)?)
        })
    };
    let (_, apply_seconds, apply_statements) = timed(db, apply)?;
    Ok(CountTime {
        lines,
        in_bins,
        begin_seconds,
        scan_ms,
        review_ms: page.ms,
        effects_seconds,
        apply_seconds,
        apply_statements,
        begin_statements,
        review_statements,
    })
}

/// Finds one unit more than the books say, or two; a unit fewer of every second line that has some.
/// Answers with the number of lines, whether they lie in bins, and what one scan took.
fn scan(db: &Db, count: &Count) -> Result<(i64, bool, f64)> {
    let (all, some) = db.read_now(|conn| {
        let lines = count_lines::table.filter(count_lines::count_id.eq(count.id));
        let all: i64 = lines.count().get_result(conn)?;
        let some: Vec<CountLine> = CountLine::query()
            .filter(count_lines::count_id.eq(count.id))
            .order(count_lines::id)
            .limit((all / 10).clamp(1, SCANNED))
            .load(conn)?;
        Ok((all, some))
    })?;
    let (_, seconds, _) = timed(db, || {
        for line in &some {
            let found = Found {
                product: line.product_id,
                bin: line.location_id,
                // More than the past brings to any place.
                units: Quantity::new(1_000),
                adds: false,
            };
            db.write_now(Who::BACKFILL, |act| {
                Ok(inventory::scan(act, count.id, &found)?)
            })?;
        }
        Ok(())
    })?;
    scan_rest(&mut *db.connection()?, count.id)?;
    let in_bins = some.iter().any(|line| line.location_id.is_some());
    Ok((all, in_bins, seconds * 1_000.0 / some.len() as f64))
}

/// What single scans would write of the lines that nobody counted yet.
fn scan_rest(conn: &mut PgConnection, count: CountId) -> QueryResult<usize> {
    sql!(
        "with books as (
           select c.id, coalesce(case when c.location_id is null then l.on_hand else b.quantity end, 0) as units,
             coalesce((select max(m.id) from movements m where m.product_id = c.product_id), 0) as latest
           from count_lines c
           left join levels l on l.warehouse_id = c.warehouse_id and l.product_id = c.product_id
           left join bin_contents b on b.location_id = c.location_id and b.product_id = c.product_id
           where c.count_id = :count and c.counted is null
         ), found as (
           select id, units, latest, units + case when id % 2 = 0 and units > 0 then -1 else 1 + id % 2 end as counted
           from books
         ), kept as (
           insert into count_scans (count_line_id, round, units, adds, counted, books, at)
           select id, 1, counted, false, counted, units, now() from found
         )
         update count_lines c set counted = f.counted, books = f.units, first_books = f.units,
           latest_movement = f.latest, counted_at = now()
         from found f where f.id = c.id",
        count: BigInt = count,
    )
    .execute(conn)
}
