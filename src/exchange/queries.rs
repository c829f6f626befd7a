//! Reads files that were uploaded.

use diesel::prelude::*;

use super::Import;
use super::kept::{Outcome, of_json};
use crate::schema::{imports, users};
use crate::types::ImportId;

/// How many files the list shows.
const LATEST: i64 = 100;

/// One file.
pub fn import(conn: &mut PgConnection, id: ImportId) -> QueryResult<Import> {
    Import::query().filter(imports::id.eq(id)).first(conn)
}

/// What a file came to when it was read, if it is.
pub fn outcome(conn: &mut PgConnection, id: ImportId) -> QueryResult<Option<Outcome>> {
    let text: Option<String> = imports::table
        .find(id)
        .select(imports::outcome)
        .first(conn)?;
    text.as_deref().map(of_json).transpose()
}

/// What was not imported of a file from before there were rows, as CSV; empty of any other.
pub fn old_report(conn: &mut PgConnection, id: ImportId) -> QueryResult<String> {
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
