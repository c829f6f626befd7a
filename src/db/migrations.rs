//! The migrations, carried inside the program.

use diesel::dsl::{select, sql};
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Untyped};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::limited;
use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Who migrates a database; others wait.
const MIGRATES: i64 = 0x6d69_6772_6174_6573;

/// Brings the database up to date; returns how many migrations ran. The views of those who are limited
/// to some warehouses are made anew, of the tables as they are then. One program does so at a time:
/// another one waits, and finds it done.
///
/// # Errors
/// When a migration fails; its own transaction is rolled back.
pub fn migrate(conn: &mut PgConnection) -> Result<usize> {
    if !pending_migrations(conn)? {
        return Ok(0);
    }
    select(sql::<Untyped>(&format!("pg_advisory_lock({MIGRATES})"))).execute(conn)?;
    let ran = migrate_alone(conn);
    select(sql::<Untyped>(&format!("pg_advisory_unlock({MIGRATES})"))).execute(conn)?;
    ran
}

fn migrate_alone(conn: &mut PgConnection) -> Result<usize> {
    if !pending_migrations(conn)? {
        return Ok(0);
    }
    limited::remove(conn)?;
    let ran = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| Error::Failure(format!("migration: {error}")))?
        .len();
    conn.transaction(limited::create)?;
    Ok(ran)
}

/// Whether the database is older than the program.
///
/// # Errors
/// When the database cannot be asked.
pub fn pending_migrations(conn: &mut PgConnection) -> Result<bool> {
    if !was_migrated(conn)? {
        return Ok(true);
    }
    let applied = applied(conn)?;
    let is_behind = carried()?.iter().any(|carried| !applied.contains(carried));
    Ok(is_behind || !limited::are_current(conn)?)
}

/// Whether it is a database of Backfill's, of whatever age.
pub(super) fn was_migrated(conn: &mut PgConnection) -> QueryResult<bool> {
    // Diesel's own question would create the table it asks, which a read may not.
    select(sql::<Bool>(
        "to_regclass('__diesel_schema_migrations') is not null",
    ))
    .get_result(conn)
}

/// Whether the database was brought up to date by a later program than this one, which would not
/// understand it.
///
/// # Errors
/// When the database cannot be asked, or was never migrated.
pub fn is_newer(conn: &mut PgConnection) -> Result<bool> {
    Ok(!are_known(&applied(conn)?)?)
}

/// Whether this program carries all of these.
pub(super) fn are_known(versions: &[String]) -> Result<bool> {
    let carried = carried()?;
    Ok(versions.iter().all(|version| carried.contains(version)))
}

fn applied(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    sql::<Text>("select version from __diesel_schema_migrations").load(conn)
}

fn carried() -> Result<Vec<String>> {
    let carried = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|error| Error::Failure(format!("migration: {error}")))?;
    let versions = carried.iter().map(|each| each.name().version().to_string());
    Ok(versions.collect())
}
