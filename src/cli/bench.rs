//! `backfill bench`: figures, measured on a server of its own.

use std::process::ExitCode;

use backfill::bench;
use backfill::config::{Config, ConfigErrors};
use backfill::db::cluster::{Cluster, Settings};
use backfill::db::{Db, migrate};
use backfill::types::RequestKey;
use clap::{Args, Subcommand};

use super::{Outcome, database, say};

/// Measure how fast it is: on a throwaway PostgreSQL of its own, or on an empty `DATABASE_URL`
#[derive(Subcommand)]
pub enum Bench {
    /// Measure a reception that serves a backlog, against the same writes done bare
    Allocation(Size),
    /// Measure the pages people open all day, over HTTP
    Pages(Size),
    /// Measure how many orders a second come in from files
    Import(Size),
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

impl Bench {
    pub fn run(self) -> Outcome {
        let (Self::Allocation(size) | Self::Pages(size) | Self::Import(size)) = &self;
        let orders = size.orders;
        let mut tell = |what: &str| {
            if !size.json {
                say(format_args!("  {what} ..."));
            }
        };
        // Last, so that the server outlives the connections.
        let (db, url, _cluster) = reach()?;
        let figures = match &self {
            Self::Allocation(_) => json(bench::allocation(&db, orders, &mut tell)?),
            Self::Pages(_) => json(bench::pages(&db, config(&url)?, orders, &mut tell)?),
            Self::Import(_) => json(bench::import(&db, orders, &mut tell)?),
        };
        say(figures?);
        Ok(ExitCode::SUCCESS)
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

fn reach() -> Result<(Db, String, Option<Cluster>), Box<dyn std::error::Error>> {
    let (url, cluster) = match database::given() {
        Some(url) => (url, None),
        None => {
            let settings = Settings::throwaway()
                .set("shared_buffers", "512MB")
                .set("autovacuum", "off");
            let cluster = Cluster::temporary(&settings)?;
            (cluster.database(database::NAME)?, Some(cluster))
        }
    };
    let db = Db::counting(&url, 8)?;
    migrate(&mut *db.connection()?)?;
    Ok((db, url, cluster))
}
