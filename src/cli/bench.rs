//! `backfill bench`: figures, measured on a server of its own.

use std::process::ExitCode;

use backfill::bench;
use backfill::db::cluster::{Cluster, Settings};
use backfill::db::{Db, migrate};
use clap::{Args, Subcommand};

use super::{Outcome, database, say};

/// Measure how fast it is: on a throwaway PostgreSQL of its own, or on an empty `DATABASE_URL`
#[derive(Subcommand)]
pub enum Bench {
    Allocation(Size),
}

/// Measure a reception that serves a backlog, against the same writes done bare
#[derive(Args)]
pub struct Size {
    /// Orders that wait.
    #[arg(long, default_value_t = 20_000)]
    orders: usize,
    /// One JSON object, and nothing else.
    #[arg(long)]
    json: bool,
}

impl Bench {
    pub fn run(self) -> Outcome {
        let Self::Allocation(size) = self;
        // Last, so that the server outlives the connections.
        let (db, _cluster) = reach()?;
        let figures = bench::allocation(&db, size.orders, &mut |what| {
            if !size.json {
                say(format_args!("  {what} ..."));
            }
        })?;
        say(serde_json::to_string_pretty(&figures)?);
        Ok(ExitCode::SUCCESS)
    }
}

fn reach() -> Result<(Db, Option<Cluster>), Box<dyn std::error::Error>> {
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
    let db = Db::counting(&url, 2)?;
    migrate(&mut *db.connection()?)?;
    Ok((db, cluster))
}
