//! Changing accounts.

use diesel::prelude::*;

use super::error::Error;
use super::model::{NewUser, User, UserChange};
use super::queries;
use crate::db::history;
use crate::error::OnConstraint;
use crate::schema::users;
use crate::types::{RecordRef, UserId};
use crate::web::Role;

/// Makes an account.
///
/// # Errors
/// [`Error::EmailTaken`].
pub fn create(conn: &mut PgConnection, new: &NewUser, by: Option<UserId>) -> Result<User, Error> {
    let user: User = diesel::insert_into(users::table)
        .values((
            users::email.eq(new.email.as_str()),
            users::name.eq(&new.name),
            users::role.eq(new.role),
            users::password_hash.eq(&new.password_hash),
        ))
        .returning(User::as_returning())
        .get_result(conn)
        .on_constraint("users_email_key", Error::EmailTaken)?;
    note(conn, user.id, by, "Created", new.role.label())?;
    Ok(user)
}

/// Gives an account another address, name or role; another role ends its sessions.
///
/// # Errors
/// [`Error::EmailTaken`], [`Error::LastAdmin`].
pub fn update(
    conn: &mut PgConnection,
    id: UserId,
    change: &UserChange,
    by: Option<UserId>,
) -> Result<User, Error> {
    let before = locked(conn, id)?;
    if change.role != Role::Admin {
        keep_an_admin(conn, &before)?;
    }
    let epochs = i32::from(change.role != before.role);
    let after: User = diesel::update(users::table.find(id))
        .set((
            users::email.eq(change.email.as_str()),
            users::name.eq(&change.name),
            users::role.eq(change.role),
            users::session_epoch.eq(users::session_epoch + epochs),
        ))
        .returning(User::as_returning())
        .get_result(conn)
        .on_constraint("users_email_key", Error::EmailTaken)?;
    for (what, from, to) in [
        ("Name changed", before.name.as_str(), after.name.as_str()),
        (
            "E-mail changed",
            before.email.as_str(),
            after.email.as_str(),
        ),
        ("Role changed", before.role.label(), after.role.label()),
    ] {
        if from != to {
            note(conn, id, by, what, &format!("{from} \u{2192} {to}"))?;
        }
    }
    Ok(after)
}

/// Gives an account another password and ends its sessions; returns the epoch for a new one.
///
/// # Errors
/// When there is no such account.
pub fn set_password(
    conn: &mut PgConnection,
    id: UserId,
    hash: &str,
    by: Option<UserId>,
) -> Result<i32, Error> {
    let epoch = diesel::update(users::table.find(id))
        .set((
            users::password_hash.eq(hash),
            users::session_epoch.eq(users::session_epoch + 1),
        ))
        .returning(users::session_epoch)
        .get_result(conn)?;
    note(conn, id, by, "Password changed", "")?;
    Ok(epoch)
}

/// Locks somebody out, at once.
///
/// # Errors
/// [`Error::LastAdmin`].
pub fn disable(conn: &mut PgConnection, id: UserId, by: Option<UserId>) -> Result<(), Error> {
    let user = locked(conn, id)?;
    if user.is_disabled() {
        return Ok(());
    }
    keep_an_admin(conn, &user)?;
    diesel::update(users::table.find(id))
        .set((
            users::disabled_at.eq(diesel::dsl::now),
            users::session_epoch.eq(users::session_epoch + 1),
        ))
        .execute(conn)?;
    note(conn, id, by, "Disabled", "")
}

/// Lets somebody in again, with the password they had.
///
/// # Errors
/// When there is no such account.
pub fn enable(conn: &mut PgConnection, id: UserId, by: Option<UserId>) -> Result<(), Error> {
    if !locked(conn, id)?.is_disabled() {
        return Ok(());
    }
    diesel::update(users::table.find(id))
        .set(users::disabled_at.eq(None::<chrono::DateTime<chrono::Utc>>))
        .execute(conn)?;
    note(conn, id, by, "Enabled", "")
}

/// The account as nobody else changes it now. All admins are locked with it, in the order of
/// their ids, so that two of them cannot remove each other at once.
fn locked(conn: &mut PgConnection, id: UserId) -> Result<User, Error> {
    users::table
        .filter(users::id.eq(id).or(users::role.eq(Role::Admin)))
        .order(users::id)
        .select(users::id)
        .for_update()
        .load::<UserId>(conn)?;
    Ok(queries::user(conn, id)?)
}

fn keep_an_admin(conn: &mut PgConnection, user: &User) -> Result<(), Error> {
    if !user.is_acting_admin() {
        return Ok(());
    }
    let others: i64 = users::table
        .filter(users::role.eq(Role::Admin))
        .filter(users::disabled_at.is_null())
        .filter(users::id.ne(user.id))
        .count()
        .get_result(conn)?;
    if others == 0 {
        return Err(Error::LastAdmin);
    }
    Ok(())
}

fn note(
    conn: &mut PgConnection,
    id: UserId,
    by: Option<UserId>,
    what: &str,
    detail: &str,
) -> Result<(), Error> {
    Ok(history::note(conn, RecordRef::User(id), by, what, detail)?)
}
