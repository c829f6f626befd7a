//! `backfill migrate`.

use std::process::ExitCode;

use backfill::db::{Db, migrate};
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
        bring_up_to_date(&reached.db)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Migrates, and says how far that went.
///
/// # Errors
/// When a migration fails.
pub fn bring_up_to_date(db: &Db) -> backfill::error::Result<()> {
    let mut conn = db.connection()?;
    say(match migrate(&mut conn)? {
        0 => "The database was up to date.".to_owned(),
        1 => "1 migration was applied.".to_owned(),
        ran => format!("{ran} migrations were applied."),
    });
    Ok(())
}
