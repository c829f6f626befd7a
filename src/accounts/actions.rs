//! Changing accounts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::error::Error;
use super::model::{NewUser, OrganizerMail, User, UserChange};
use super::notice::{self, Notice, Via};
use super::password::NewPassword;
use super::{queries, sessions};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::{password_links, users};
use crate::types::{Event, RecordRef, SessionId, UserId};
use crate::web::Role;

/// Makes an account.
///
/// # Errors
/// [`Error::EmailTaken`].
pub fn create(act: &mut Act<'_>, new: &NewUser) -> Result<User, Error> {
    let user: User = diesel::insert_into(users::table)
        .values((
            users::email.eq(new.email.as_str()),
            users::name.eq(&new.name),
            users::role.eq(new.role),
            users::password_hash.eq(&new.password_hash),
            users::created_at.eq(act.at()),
        ))
        .returning(User::as_returning())
        .get_result(act.conn())
        .on_constraint("users_email_key", Error::EmailTaken)?;
    let role = new.role.label().to_owned();
    note(act, user.id, &Event::AccountCreated { role })?;
    Ok(user)
}

/// Says when somebody gets the mails of the organizer.
pub fn choose_mail(act: &mut Act<'_>, id: UserId, mail: OrganizerMail) -> Result<(), Error> {
    diesel::update(users::table.find(id))
        .set(users::organizer_mail.eq(mail))
        .execute(act.conn())?;
    Ok(())
}

/// Gives an account another address, name or role; another role ends its sessions. Its owner is told.
///
/// # Errors
/// [`Error::EmailTaken`], [`Error::LastAdmin`].
pub fn update(
    act: &mut Act<'_>,
    id: UserId,
    change: &UserChange,
    via: Via<'_>,
) -> Result<User, Error> {
    let before = locked(act, id)?;
    if change.role != Role::Admin {
        keep_an_admin(act, &before)?;
    }
    let after: User = diesel::update(users::table.find(id))
        .set((
            users::email.eq(change.email.as_str()),
            users::name.eq(&change.name),
            users::role.eq(change.role),
        ))
        .returning(User::as_returning())
        .get_result(act.conn())
        .on_constraint("users_email_key", Error::EmailTaken)?;
    if after.role != before.role {
        sessions::end_all(act, id, None)?;
    }
    for event in changes(&before, &after) {
        note(act, id, &event)?;
    }
    for notice in notices(&before, &after) {
        notice::tell(act, &after, notice, via)?;
    }
    Ok(after)
}

/// Gives an account another password, ends its sessions but for one that is kept, makes strangers of the
/// browsers it signed in with, and tells its owner.
///
/// # Errors
/// [`Error::SamePassword`]; when there is no such account.
pub fn set_password(
    act: &mut Act<'_>,
    id: UserId,
    password: &NewPassword,
    kept: Option<SessionId>,
    via: Via<'_>,
) -> Result<(), Error> {
    let was: String = users::table
        .find(id)
        .select(users::password_hash)
        .first(act.conn())?;
    if password.is(&was) {
        return Err(Error::SamePassword);
    }
    diesel::update(users::table.find(id))
        .set(users::password_hash.eq(password.hash()?))
        .execute(act.conn())?;
    sessions::end_all(act, id, kept)?;
    sessions::forget_browsers(act, id)?;
    let links = password_links::table.filter(password_links::user_id.eq(id));
    diesel::update(links.filter(password_links::used_at.is_null()))
        .set(password_links::used_at.eq(act.at()))
        .execute(act.conn())?;
    note(act, id, &Event::PasswordChanged)?;
    let user = queries::user(act, id)?;
    notice::tell(act, &user, Notice::Password, via)
}

/// Locks somebody out, at once.
///
/// # Errors
/// [`Error::LastAdmin`].
pub fn disable(act: &mut Act<'_>, id: UserId) -> Result<(), Error> {
    let user = locked(act, id)?;
    if user.is_disabled() {
        return Ok(());
    }
    keep_an_admin(act, &user)?;
    diesel::update(users::table.find(id))
        .set(users::disabled_at.eq(act.at()))
        .execute(act.conn())?;
    sessions::end_all(act, id, None)?;
    note(act, id, &Event::Disabled)
}

/// Lets somebody in again, with the password they had.
///
/// # Errors
/// When there is no such account.
pub fn enable(act: &mut Act<'_>, id: UserId) -> Result<(), Error> {
    if !locked(act, id)?.is_disabled() {
        return Ok(());
    }
    diesel::update(users::table.find(id))
        .set(users::disabled_at.eq(None::<DateTime<Utc>>))
        .execute(act.conn())?;
    note(act, id, &Event::Enabled)
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

fn changes(before: &User, after: &User) -> impl Iterator<Item = Event> {
    let differ = |was: &str, now: &str| (was != now).then(|| (was.to_owned(), now.to_owned()));
    let name = differ(&before.name, &after.name).map(|(was, now)| Event::NameChanged { was, now });
    let email =
        differ(&before.email, &after.email).map(|(was, now)| Event::EmailChanged { was, now });
    let role = differ(before.role.label(), after.role.label())
        .map(|(was, now)| Event::RoleChanged { was, now });
    [name, email, role].into_iter().flatten()
}

/// What of it the owner is told.
fn notices<'a>(before: &'a User, after: &'a User) -> impl Iterator<Item = Notice<'a>> {
    let email = (before.email != after.email).then_some(Notice::Email {
        was: &before.email,
        now: &after.email,
    });
    let role = (before.role != after.role).then_some(Notice::Role {
        was: before.role,
        now: after.role,
    });
    email.into_iter().chain(role)
}

fn note(act: &mut Act<'_>, id: UserId, event: &Event) -> Result<(), Error> {
    Ok(act.note(RecordRef::User(id), event)?)
}
