//! Files of levels: read and kept, looked at, confirmed.

use std::fmt::Write;

use serde::Serialize;

use super::stocked::Stocked;
use super::timed;
use crate::db::{Db, Who};
use crate::error::Result;
use crate::exchange;
use crate::stock::Consent;

/// What was measured of a file.
#[derive(Debug, Clone, Serialize)]
pub struct LevelsTime {
    /// Lines, each of which changes two levels.
    pub levels: usize,
    /// Until it is kept.
    pub read_seconds: f64,
    /// What it would change, once more.
    pub preview_seconds: f64,
    pub confirm_seconds: f64,
    /// All three.
    pub seconds: f64,
    /// Statements of all three, whatever its size.
    pub statements: usize,
}

/// A file of a tenth of the products, then one of all of them.
pub fn files(db: &Db, stocked: &Stocked, tell: &mut dyn FnMut(&str)) -> Result<Vec<LevelsTime>> {
    let all = stocked.products.len();
    let mut files = Vec::new();
    for (levels, warning) in [((all / 10).max(1), 21), (all, 31)] {
        tell(&format!("a file of {levels} levels"));
        files.push(import(db, levels, warning)?);
    }
    Ok(files)
}

fn import(db: &Db, levels: usize, warning: usize) -> Result<LevelsTime> {
    let file = file(levels, warning);
    let keep = || {
        db.write_now(Who::BACKFILL, |act| {
            Ok(exchange::keep_stock_file(act, "levels.csv", file.as_bytes())?.id)
        })
    };
    let (kept, read_seconds, reading) = timed(db, keep)?;
    let preview = || db.read_now(|conn| Ok(exchange::preview_stock_file(conn, kept)?.mark()));
    let (seen, preview_seconds, previewing) = timed(db, preview)?;
    let confirm = || {
        db.write_now(Who::BACKFILL, |act| {
            Ok(exchange::apply_stock_file(
                act,
                kept,
                &seen,
                &Consent::To(String::new()),
            )?)
        })
    };
    let (_, confirm_seconds, confirming) = timed(db, confirm)?;
    Ok(LevelsTime {
        levels,
        read_seconds,
        preview_seconds,
        confirm_seconds,
        seconds: read_seconds + preview_seconds + confirm_seconds,
        statements: reading + previewing + confirming,
    })
}

/// Levels of its own for each product in one of the warehouses.
fn file(levels: usize, warning: usize) -> String {
    let mut file = String::from("sku,warehouse,warning_level,ideal_level\n");
    for product in 0..levels {
        let warehouse = ["MAIN", "EAST", "WEST", "BINS"][product % 4];
        let ideal = warning + 50 + product % 7;
        // Writing to a text does not fail.
        let _ = writeln!(file, "P{product},{warehouse},{warning},{ideal}");
    }
    file
}
