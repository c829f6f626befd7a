//! `backfill serve`: the production entry.

use std::net::TcpListener;
use std::process::ExitCode;

use backfill::app::Parts;
use backfill::config::Config;
use backfill::db::Db;
use backfill::server;
use clap::Args;

use super::database::{refuse_pending, settle};
use super::{Outcome, say};

/// Serve; all configuration comes from the environment
#[derive(Args)]
pub struct Serve {}

impl Serve {
    pub fn run(self) -> Outcome {
        let config = Config::from_env()?;
        let db = Db::connect(&config.database)
            .map_err(|error| format!("the database cannot be reached: {error}"))?;
        refuse_pending(&db)?;
        settle(&db)?;
        let listener = TcpListener::bind(config.bind)
            .map_err(|error| format!("nothing can listen on {}: {error}", config.bind))?;

        say(format_args!(
            "Backfill listens on http://{} and is found at {}",
            listener.local_addr()?,
            config.public_url
        ));
        server::run(Parts::new(config, db), listener)?;
        Ok(ExitCode::SUCCESS)
    }
}
