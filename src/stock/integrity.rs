//! Checks of the invariants, kept: when, by whom, and what was found.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::verify::Finding;
use crate::schema::{integrity_runs, users};
use crate::types::UserId;

/// Findings that are kept in words; all are counted.
const KEPT: usize = 200;

/// A check of everything that must always be true.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = integrity_runs)]
#[diesel(base_query = integrity_runs::table.left_join(users::table))]
pub struct IntegrityRun {
    pub at: DateTime<Utc>,
    /// Rows that were not as they must be.
    pub found: i32,
    findings: String,
    #[diesel(select_expression = users::name.nullable())]
    who: Option<String>,
}

impl IntegrityRun {
    /// Who asked for it.
    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("the command line")
    }

    /// The first rows that were not as they must be, in words.
    pub fn findings(&self) -> impl Iterator<Item = &str> {
        self.findings.lines()
    }
}

/// Keeps what a check found.
pub fn keep_run(
    conn: &mut PgConnection,
    findings: &[Finding],
    by: Option<UserId>,
) -> QueryResult<()> {
    let words: Vec<String> = findings
        .iter()
        .take(KEPT)
        .map(|finding| finding.to_string().replace('\n', " "))
        .collect();
    diesel::insert_into(integrity_runs::table)
        .values((
            integrity_runs::user_id.eq(by),
            integrity_runs::found.eq(i32::try_from(findings.len()).unwrap_or(i32::MAX)),
            integrity_runs::findings.eq(words.join("\n")),
        ))
        .execute(conn)?;
    Ok(())
}

/// The latest check.
pub fn last_run(conn: &mut PgConnection) -> QueryResult<Option<IntegrityRun>> {
    IntegrityRun::query()
        .order(integrity_runs::id.desc())
        .first(conn)
        .optional()
}
