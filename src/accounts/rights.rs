//! Where somebody may do more than their role, or less; admins never may less.

use diesel::prelude::*;

use super::error::Error;
use crate::db::Act;
use crate::schema::{user_rights, users};
use crate::types::{Event, RecordRef, UserId};
use crate::web::{Right, Rights};

/// Where the rights of somebody differ from those of the role.
pub fn rights_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Rights> {
    let rows: Vec<(String, bool)> = user_rights::table
        .filter(user_rights::user_id.eq(user))
        .select((user_rights::name, user_rights::is_given))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(name, is_given)| {
        let right: Right = name.parse().ok()?;
        Some((right, is_given))
    });
    Ok(known.collect())
}

/// Gives and takes rights, from the next request on.
///
/// # Errors
/// When there is no such account.
pub fn set_rights(act: &mut Act<'_>, user: UserId, rights: &Rights) -> Result<(), Error> {
    let of_user = users::table.find(user).select(users::id);
    let _: UserId = of_user.for_no_key_update().first(act.conn())?;
    let was = rights_of(act, user)?;
    if was == *rights {
        return Ok(());
    }
    diesel::delete(user_rights::table.filter(user_rights::user_id.eq(user))).execute(act.conn())?;
    let rows: Vec<_> = rights
        .iter()
        .map(|(right, is_given)| {
            (
                user_rights::user_id.eq(user),
                user_rights::name.eq(right.as_str()),
                user_rights::is_given.eq(is_given),
            )
        })
        .collect();
    diesel::insert_into(user_rights::table)
        .values(rows)
        .execute(act.conn())?;
    let (was, now) = (was.in_words(), rights.in_words());
    let changed = (RecordRef::User(user), Event::RightsChanged { was, now });
    act.trace_each(std::slice::from_ref(&changed))?;
    Ok(act.note(changed.0, &changed.1)?)
}
