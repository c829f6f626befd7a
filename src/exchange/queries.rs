//! Reads files that were uploaded.

use diesel::prelude::*;

use super::Import;
use crate::schema::{imports, users};
use crate::types::ImportId;

/// How many files the list shows.
const LATEST: i64 = 100;

/// One file.
pub fn import(conn: &mut PgConnection, id: ImportId) -> QueryResult<Import> {
    Import::query().filter(imports::id.eq(id)).first(conn)
}

/// What a file holds; nothing when nothing more can be done with it.
pub fn content(conn: &mut PgConnection, id: ImportId) -> QueryResult<Vec<u8>> {
    imports::table.find(id).select(imports::content).first(conn)
}

/// What was not imported of a file, as CSV.
pub fn left_out(conn: &mut PgConnection, id: ImportId) -> QueryResult<String> {
    imports::table
        .find(id)
        .select(imports::left_out)
        .first(conn)
}

/// The latest files with who uploaded them, newest first.
pub fn latest(conn: &mut PgConnection) -> QueryResult<Vec<(Import, Option<String>)>> {
    imports::table
        .left_join(users::table)
        .order(imports::id.desc())
        .limit(LATEST)
        .select((Import::as_select(), users::name.nullable()))
        .load(conn)
}
