//! Orders that come in files, through the real import: read, kept, looked at and confirmed.

use std::fmt::Write;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::Serialize;

use super::memory;
use super::random::{Random, Zipf};
use crate::db::{Db, Who};
use crate::error::Result;
use crate::exchange::imports::orders::{Choices, Destination};
use crate::exchange::{self, Upload};
use crate::schema::{demand, orders, warehouses};
use crate::stock::Consent;

/// Orders of one file: what a busy shop exports at a time.
const OF_A_FILE: usize = 10_000;

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Import {
    /// Orders that came.
    pub orders: i64,
    /// Their lines.
    pub lines: i64,
    /// Files they came in.
    pub files: usize,
    /// Statements of the last file, whatever its size.
    pub statements: usize,
    /// From the first byte read to the last order placed.
    pub seconds: f64,
    /// `orders / seconds`.
    pub orders_per_second: f64,
    /// The same for the last file alone, when all others wait already.
    pub orders_per_second_at_the_end: f64,
    /// The most memory this process had, files and all, in MiB.
    pub peak_rss_mb: u64,
}

/// Imports so many orders into an empty, migrated database: each file is kept and confirmed, as by
/// hand, in a transaction each. Everything waits; nothing is in stock.
///
/// # Errors
/// Those of the actions; none is expected.
pub fn import(db: &Db, wanted: usize, tell: &mut dyn FnMut(&str)) -> Result<Import> {
    let opened: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let to = db.write_now(Who::BACKFILL, |act| {
        Ok(diesel::insert_into(warehouses::table)
            .values((warehouses::code.eq("BENCH"), warehouses::name.eq("Bench")))
            .returning(warehouses::id)
            .get_result(act.conn())?)
    })?;
    let (zipf, mut random) = (Zipf::over((wanted / 20).max(50)), Random::new(1));
    let (mut seconds, mut last, mut statements, mut files) = (0.0, 0.0, 0, 0);
    for first in (0..wanted).step_by(OF_A_FILE) {
        let many = OF_A_FILE.min(wanted - first);
        let upload = Upload {
            file_name: format!("orders-{first}.csv"),
            content: file(first, many, opened, &zipf, &mut random).into(),
            to: Destination {
                warehouse: Some(to),
                channel: "bench".into(),
            },
            choices: Choices::default(),
        };
        let (sent, started) = (db.statements(), Instant::now());
        let kept = db.write_now(Who::BACKFILL, |act| Ok(exchange::keep(act, &upload)?.id))?;
        db.write_now(Who::BACKFILL, |act| {
            Ok(exchange::confirm(act, kept, &Consent::ToAll)?)
        })?;
        let took = started.elapsed().as_secs_f64();
        seconds += took;
        last = many as f64 / took;
        statements = db.statements() - sent;
        files += 1;
        if files % 10 == 0 {
            // What autovacuum does beside a shop at work.
            diesel::sql_query("analyze").execute(&mut *db.connection()?)?;
            tell(&format!("{} of {wanted} orders imported", first + many));
        }
    }
    let (orders, lines) = db.read_now(|conn| {
        Ok((
            orders::table.count().get_result::<i64>(conn)?,
            demand::table.count().get_result(conn)?,
        ))
    })?;
    Ok(Import {
        orders,
        lines,
        files,
        statements,
        seconds,
        orders_per_second: orders as f64 / seconds,
        orders_per_second_at_the_end: last,
        peak_rss_mb: memory::peak_mb(),
    })
}

/// A file of orders of 1 to 3 lines, skewed over the products, by customers of whom many come again.
fn file(
    first: usize,
    many: usize,
    opened: DateTime<Utc>,
    zipf: &Zipf,
    random: &mut Random,
) -> String {
    let mut file =
        String::from("order,placed_at,customer,customer_name,sku,product,quantity,price\n");
    for number in first..first + many {
        let placed = opened + TimeDelta::seconds(i64::try_from(number).unwrap_or(i64::MAX));
        let placed = placed.format("%Y-%m-%d %H:%M:%S");
        let customer = random.below(1 + number as u64 / 4);
        for _ in 0..=random.below(3) {
            let (product, units) = (zipf.draw(random), 1 + random.below(5));
            // Writing to a text does not fail.
            let _ = writeln!(
                file,
                "B-{number},{placed},C-{customer},Customer {customer},P{product},Product {product},\
                 {units},9.90"
            );
        }
    }
    file
}
