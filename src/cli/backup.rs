//! `backfill backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use backfill::db::backup;
use clap::Args;

use super::database::Where;
use super::{Outcome, say};

/// Write the whole database to a file, while everybody goes on working
#[derive(Args)]
pub struct Backup {
    /// The file to write
    file: PathBuf,
    /// Replace it if it is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    database: Where,
}

impl Backup {
    pub fn run(self) -> Outcome {
        let reached = self.database.reach()?;
        let bytes = backup::back_up(&reached.url, &self.file, self.force)?;
        say(format_args!(
            "Wrote {}, {:.1} MB. Keep SESSION_KEY with it: second factors are encrypted with that.",
            self.file.display(),
            bytes as f64 / 1e6
        ));
        Ok(ExitCode::SUCCESS)
    }
}
