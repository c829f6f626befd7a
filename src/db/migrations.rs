//! The migrations, carried inside the program.

use diesel::dsl::{select, sql};
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::limited;
use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Brings the database up to date; returns how many migrations ran. The views of those who are limited
/// to some warehouses are made anew, of the tables as they are then.
///
/// # Errors
/// When a migration fails; its own transaction is rolled back.
pub fn migrate(conn: &mut PgConnection) -> Result<usize> {
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
    // Diesel's own question would create the table it asks, which a read may not.
    let asked = select(sql::<Bool>(
        "to_regclass('__diesel_schema_migrations') is not null",
    ));
    if !asked.get_result::<bool>(conn)? {
        return Ok(true);
    }
    let applied: Vec<String> =
        sql::<Text>("select version from __diesel_schema_migrations").load(conn)?;
    let carried = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|error| Error::Failure(format!("migration: {error}")))?;
    let is_behind = carried
        .iter()
        .any(|migration| !applied.contains(&migration.name().version().to_string()));
    Ok(is_behind || !limited::are_current(conn)?)
}
