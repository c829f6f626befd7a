//! `backfill bench`: figures, measured on a server of its own.

use std::process::ExitCode;

use backfill::bench;
use backfill::config::{Config, ConfigErrors, Database};
use backfill::db::cluster::{Cluster, Settings};
use backfill::db::{Db, migrate};
use backfill::types::RequestKey;
use clap::{Args, Subcommand};

use super::{Outcome, database, say};

/// Measure how fast it is: on a throwaway PostgreSQL of its own, or on an empty `DATABASE_URL`
#[derive(Subcommand)]
pub enum Bench {
    /// Measure a reception that serves a backlog, against the same writes done bare
    Allocation(Backlog),
    /// Measure the pages people open all day, over HTTP
    Pages(Noted),
    /// Measure how many orders a second four people prepare, pick, pack and ship, and what a scan takes
    Preparation(Prepared),
    /// Measure how many orders a second come in from files
    Import(Size),
    /// Measure what a server keeps in memory when people have looked at pages
    Memory(Looked),
    /// Kill servers and the database while people work, and look whether anything is lost or done twice
    Storm(Lasting),
    /// Measure the memory of a server on which three people look at a file of so many orders each
    Previews(Large),
    /// Measure the lists of stock and movements over HTTP, counts, and files of levels
    Inventory(Stocked),
}

/// How much of it.
#[derive(Args)]
pub struct Size {
    /// How many orders.
    #[arg(long, default_value_t = 20_000)]
    orders: usize,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

/// How many leave.
#[derive(Args)]
pub struct Prepared {
    /// How many orders are prepared, picked, packed and shipped.
    #[arg(long, default_value_t = 5_000)]
    orders: usize,
    /// How many orders are in progress while somebody scans.
    #[arg(long, default_value_t = 20_000)]
    in_progress: usize,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

/// How large.
#[derive(Args)]
pub struct Large {
    /// How many orders each file holds.
    #[arg(long, default_value_t = 40_000)]
    orders: usize,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

/// How much of it, and how much is written down about it.
#[derive(Args)]
pub struct Noted {
    #[command(flatten)]
    size: Size,
    /// How many notes and tasks stand in the organizer.
    #[arg(long, default_value_t = 0)]
    notes: usize,
    /// How often each page is asked for.
    #[arg(long, default_value_t = 200)]
    requests: usize,
}

/// How much is looked at.
#[derive(Args)]
pub struct Looked {
    #[command(flatten)]
    size: Size,
    /// How many pages.
    #[arg(long, default_value_t = 200)]
    pages: usize,
}

/// How long.
#[derive(Args)]
pub struct Lasting {
    /// For so many seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

/// What waits.
#[derive(Args)]
pub struct Backlog {
    #[command(flatten)]
    size: Size,
    /// Of a hundred lines, how many ask for a kit of 2 to 4 products.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=100))]
    kits: u64,
}

/// How much lies there.
#[derive(Args)]
pub struct Stocked {
    /// How many products, at least 10.
    #[arg(long, default_value_t = 2_000)]
    products: usize,
    /// How often each of them moved in two years, at least 4 times.
    #[arg(long, default_value_t = 50)]
    movements: usize,
    /// How often each page is asked for.
    #[arg(long, default_value_t = 200)]
    requests: usize,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

impl Bench {
    const fn is_quiet(&self) -> bool {
        match self {
            Self::Allocation(backlog) => backlog.size.json,
            Self::Pages(noted) => noted.size.json,
            Self::Preparation(size) => size.json,
            Self::Import(size) => size.json,
            Self::Previews(large) => large.json,
            Self::Inventory(size) => size.json,
            Self::Memory(looked) => looked.size.json,
            Self::Storm(lasting) => lasting.json,
        }
    }

    /// A server for figures need not survive a crash, unless it is made to crash.
    fn settings(&self) -> Settings {
        match self {
            Self::Storm(_) => Settings::durable(),
            _ => Settings::throwaway()
                .set("shared_buffers", "512MB")
                .set("autovacuum", "off"),
        }
    }

    pub fn run(self) -> Outcome {
        let quiet = self.is_quiet();
        let mut tell = |what: &str| {
            if !quiet {
                say(format_args!("  {what} ..."));
            }
        };
        // Last, so that the server outlives the connections.
        let (db, url, _cluster) = reach(&self.settings())?;
        let figures = match &self {
            Self::Allocation(backlog) => {
                let waiting = (backlog.size.orders, backlog.kits);
                json(bench::allocation(&db, waiting, &mut tell)?)
            }
            Self::Pages(noted) => json(bench::pages(&db, config(&url)?, noted.into(), &mut tell)?),
            Self::Storm(lasting) => {
                let storm = bench::storm(&db, &url, lasting.seconds, &mut tell)?;
                let is_weathered = storm.is_weathered();
                say(json(storm)?);
                return Ok(ExitCode::from(u8::from(!is_weathered)));
            }
            Self::Memory(looked) => {
                let size = (looked.size.orders, looked.pages);
                json(bench::rest((&db, &url), size, &mut tell)?)
            }
            Self::Preparation(size) => {
                let many = (size.orders, size.in_progress);
                json(bench::preparation(&db, config(&url)?, many, &mut tell)?)
            }
            Self::Import(size) => json(bench::import(&db, size.orders, &mut tell)?),
            Self::Previews(large) => json(bench::previews((&db, &url), large.orders, &mut tell)?),
            Self::Inventory(size) => {
                let config = config(&url)?;
                json(bench::inventory(&db, config, size.into(), &mut tell)?)
            }
        };
        say(figures?);
        Ok(ExitCode::SUCCESS)
    }
}

impl From<&Noted> for bench::Busy {
    fn from(noted: &Noted) -> Self {
        Self {
            orders: noted.size.orders,
            notes: noted.notes,
            requests: noted.requests.max(1),
        }
    }
}

impl From<&Stocked> for bench::Size {
    fn from(size: &Stocked) -> Self {
        Self {
            products: size.products.max(10),
            each: size.movements.max(4),
            requests: size.requests.max(1),
        }
    }
}

fn json(figures: impl serde::Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&figures)
}

/// The configuration of a server that nobody else reaches.
fn config(url: &str) -> Result<Config, ConfigErrors> {
    Config::from_vars(|name| match name {
        "DATABASE_URL" => Some(url.to_owned()),
        "PUBLIC_URL" => Some("http://localhost".into()),
        "SESSION_KEY" => Some(RequestKey::fresh().to_string().repeat(4)),
        _ => None,
    })
}

fn reach(settings: &Settings) -> Result<(Db, String, Option<Cluster>), Box<dyn std::error::Error>> {
    let (url, cluster) = match database::given() {
        Some(url) => (url, None),
        None => {
            let cluster = Cluster::temporary(settings)?;
            (cluster.database(database::NAME)?, Some(cluster))
        }
    };
    let db = Db::counting(&Database::at(&*url, 8))?;
    migrate(&mut *db.connection()?)?;
    Ok((db, url, cluster))
}
