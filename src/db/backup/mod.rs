//! The database in a file: written and read back by PostgreSQL's own `pg_dump` and `pg_restore`.
//!
//! Promises: a file is whole or not there, only its owner may read it, and none is overwritten
//! unasked; a database is restored wholly or stays empty, and by any role that owns it; no password
//! stands where other people of the machine see it.
//!
//! Refuses what it cannot do with one sentence that says what to do about it ([`Error`]).

mod address;
mod error;
mod part;
mod tool;

use std::path::Path;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::migrations;
use address::Address;
use part::Part;
use tool::Tool;

pub use error::Error;

/// Copies the whole database at `url` into `file`, as it is at this moment, while everybody goes on
/// working; gives back how many bytes that took.
///
/// # Errors
/// When there is such a file already, unless it may be replaced; when it cannot be written.
pub fn back_up(url: &str, file: &Path, may_replace: bool) -> Result<u64, Error> {
    let mut conn = PgConnection::establish(url)?;
    if !migrations::was_migrated(&mut conn)? {
        return Err(Error::NotOurs);
    }
    let tool = tool_for(&mut conn, url)?;
    let part = Part::of(file, may_replace)?;
    tool.dump(part.path())?;
    part.finish()
}

/// Fills the empty database at `url` from `file`. What it was made by may be older than this program:
/// then it is to be migrated.
///
/// # Errors
/// When the file is not one of ours, is damaged, or was made by a later program; when the database is
/// not empty. It is empty then as before.
pub fn restore(url: &str, file: &Path) -> Result<(), Error> {
    let mut conn = PgConnection::establish(url)?;
    let tool = tool_for(&mut conn, url)?;
    if !migrations::are_known(&tool.migrations_in(file)?)? {
        return Err(Error::Newer(file.to_owned()));
    }
    refuse_filled(&mut conn)?;
    tool.restore(file)?;
    // What PostgreSQL knows of its tables, to ask them well, is not in the file.
    diesel::sql_query("analyze").execute(&mut conn)?;
    Ok(())
}

fn tool_for(conn: &mut PgConnection, url: &str) -> Result<Tool, Error> {
    let version = sql::<Integer>("current_setting('server_version_num')::integer / 10000");
    let version: i32 = diesel::select(version).get_result(conn)?;
    Tool::find(version.unsigned_abs(), Address::parse(url)?)
}

/// What belongs to an extension may be there: on many a server only its owner can add one.
fn refuse_filled(conn: &mut PgConnection) -> Result<(), Error> {
    let ours = sql::<BigInt>(
        "(select count(*) from pg_class
          where relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            and relnamespace in (select oid from pg_namespace
                                 where nspname <> 'information_schema' and nspname !~ '^pg_')
            and not exists (select from pg_depend
                            where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'))",
    );
    match diesel::select(ours).get_result::<i64>(conn)? {
        0 => Ok(()),
        _ => Err(Error::NotEmpty),
    }
}
