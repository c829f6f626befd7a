//! `backfill verify`.

use std::process::ExitCode;

use backfill::db::{Db, Who};
use backfill::stock;
use clap::Args;

use super::database::Where;
use super::{Outcome, say};

/// Check everything that must always be true, and name each row that is not
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    database: Where,
}

impl Verify {
    pub fn run(self) -> Outcome {
        let reached = self.database.reach_current()?;
        check(&reached.db)
    }
}

/// Checks, says what was found, and keeps it for the page of the administrators.
///
/// # Errors
/// When the database does not answer.
pub fn check(db: &Db) -> Outcome {
    let findings = db.read_now(|conn| Ok(stock::verify(conn)?))?;
    db.write_now(Who::BACKFILL, |act| {
        Ok(stock::keep_run(act, &findings, None)?)
    })?;
    for finding in &findings {
        say(finding);
    }
    if findings.is_empty() {
        say("Everything that must be true is.");
        return Ok(ExitCode::SUCCESS);
    }
    say(format_args!(
        "{} rows are not as they must be.",
        findings.len()
    ));
    Ok(ExitCode::FAILURE)
}
