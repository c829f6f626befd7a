//! A request sent twice acts once.

use diesel::prelude::*;

use crate::error::Result;
use crate::schema::handled_requests;
use crate::types::RequestKey;

/// Runs `act` unless a request with this key was handled before; returns the path of the page
/// that answers, which is the first answer again when the request is a repetition.
///
/// A repetition that arrives while the first is still at work waits for it: both insert the same
/// key. The key is kept only if `act` succeeds, as it is part of the same transaction.
///
/// # Errors
/// Those of `act`.
pub fn once<E: From<diesel::result::Error>>(
    conn: &mut PgConnection,
    key: &RequestKey,
    act: impl FnOnce(&mut PgConnection) -> Result<String, E>,
) -> Result<String, E> {
    let first = diesel::insert_into(handled_requests::table)
        .values((
            handled_requests::key.eq(key.as_str()),
            handled_requests::answer_path.eq(""),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    if first == 0 {
        return Ok(handled_requests::table
            .find(key.as_str())
            .select(handled_requests::answer_path)
            .first(conn)?);
    }
    let answer = act(conn)?;
    diesel::update(handled_requests::table.find(key.as_str()))
        .set(handled_requests::answer_path.eq(&answer))
        .execute(conn)?;
    Ok(answer)
}
