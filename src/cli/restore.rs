//! `backfill restore`.

use std::fs::File;
use std::path::PathBuf;

use backfill::db::backup;
use clap::Args;

use super::database::Where;
use super::migrate::bring_up_to_date;
use super::verify::check;
use super::{Outcome, say};

/// Fill an empty database from a backup, bring it up to date, and check it
#[derive(Args)]
pub struct Restore {
    /// The file that `backfill backup` wrote
    file: PathBuf,
    #[command(flatten)]
    database: Where,
}

impl Restore {
    pub fn run(self) -> Outcome {
        // Before a server is made for nothing.
        File::open(&self.file)
            .map_err(|why| format!("{} cannot be read: {why}", self.file.display()))?;
        let reached = self.database.reach_or_make()?;
        backup::restore(&reached.url, &self.file)?;
        say(format_args!("Restored {}.", self.file.display()));
        bring_up_to_date(&reached.db)?;
        check(&reached.db)
    }
}
