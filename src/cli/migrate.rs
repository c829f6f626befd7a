//! `backfill migrate`.

use std::process::ExitCode;

use backfill::db::migrate;
use clap::Args;

use super::database::Where;
use super::{Outcome, say};

/// Bring the database up to date
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Where,
}

impl Migrate {
    pub fn run(self) -> Outcome {
        let reached = self.database.reach()?;
        let mut conn = reached.db.connection()?;
        say(match migrate(&mut conn)? {
            0 => "The database was up to date.".to_owned(),
            1 => "1 migration was applied.".to_owned(),
            ran => format!("{ran} migrations were applied."),
        });
        Ok(ExitCode::SUCCESS)
    }
}
