//! Stock at its size: the lists people look up all day, counts, and files of levels.

mod counting;
mod levels;
mod lists;
mod stocked;

use std::time::Instant;

use diesel::prelude::*;
use serde::Serialize;

pub use counting::CountTime;
pub use levels::LevelsTime;

use super::client::Client;
use super::memory;
use super::pages::{PageTime, measure, serve};
use super::shop::LOGIN;
use crate::config::Config;
use crate::db::Db;
use crate::error::Result;

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub products: usize,
    /// Movements of each product in the past.
    pub each: usize,
    /// Requests for each page.
    pub requests: usize,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Inventory {
    pub products: i64,
    /// Products in a warehouse.
    pub levels: i64,
    pub movements: i64,
    /// Bins of the one warehouse that has some.
    pub bins: i64,
    /// Order lines that stand in a queue.
    pub lines: i64,
    /// What filling took.
    pub fill_seconds: f64,
    /// Requests for each page.
    pub requests: usize,
    pub pages: Vec<PageTime>,
    /// Counts of which every line differs: without bins, then with bins, a small one, then a large one.
    pub counts: Vec<CountTime>,
    /// Files of levels: a small one, then a large one.
    pub files: Vec<LevelsTime>,
    /// The most memory this process had since the database was filled, in MiB.
    pub peak_rss_mb: u64,
}

/// Fills an empty, migrated database with a shop that has a past, serves it, asks for its pages, counts
/// what lies there, and imports levels.
///
/// # Errors
/// Those of the actions and of the server; none is expected.
pub fn inventory(
    db: &Db,
    config: Config,
    size: Size,
    tell: &mut dyn FnMut(&str),
) -> Result<Inventory> {
    let started = Instant::now();
    let stocked = stocked::open(&mut *db.connection()?, size, tell)?;
    let fill_seconds = started.elapsed().as_secs_f64();
    memory::forget_peak();
    let client = Client::sign_in(serve(db, config)?, LOGIN.0, LOGIN.1)?;
    let mut pages = Vec::new();
    for (page, path) in lists::paths(db, &client, &stocked)? {
        tell(&page);
        pages.push(measure(db, &client, (page, &path), size.requests)?);
    }
    let there = Inventory::there(db)?;
    Ok(Inventory {
        fill_seconds,
        requests: size.requests,
        pages,
        counts: counting::counts(db, &client, &stocked, tell)?,
        files: levels::files(db, &stocked, tell)?,
        peak_rss_mb: memory::peak_mb(),
        ..there
    })
}

impl Inventory {
    /// How much there is, and nothing measured.
    fn there(db: &Db) -> Result<Self> {
        use crate::schema::{demand, levels, locations, movements, products};
        db.read_now(|conn| {
            Ok(Self {
                products: products::table.count().get_result(conn)?,
                levels: levels::table.count().get_result(conn)?,
                movements: movements::table.count().get_result(conn)?,
                bins: locations::table.count().get_result(conn)?,
                lines: demand::table.count().get_result(conn)?,
                fill_seconds: 0.0,
                requests: 0,
                pages: Vec::new(),
                counts: Vec::new(),
                files: Vec::new(),
                peak_rss_mb: 0,
            })
        })
    }
}

/// What something took, in seconds, and how many statements it sent.
fn timed<T>(db: &Db, act: impl FnOnce() -> Result<T>) -> Result<(T, f64, usize)> {
    let (sent, started) = (db.statements(), Instant::now());
    let done = act()?;
    let took = started.elapsed().as_secs_f64();
    Ok((done, took, db.statements() - sent))
}
