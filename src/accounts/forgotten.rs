//! Passwords that were forgotten: a link by mail, which opens once.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::letter::{self, OPENS};
use super::model::User;
use super::notice::Via;
use super::password::NewPassword;
use super::token::Token;
use super::{Error, actions};
use crate::config::Config;
use crate::db::Act;
use crate::outbox;
use crate::schema::{password_links, users};
use crate::types::UserId;

/// Links for one account in an hour.
const PER_ACCOUNT: i64 = 3;
/// Requests of one address in an hour.
const PER_ADDRESS: i64 = 20;

/// Sends a link to whose account it is, unless there is none or too many were asked for: whoever asks
/// is told the same.
///
/// # Errors
/// Those of the database and of the template.
pub fn ask_for_link(
    act: &mut Act<'_>,
    config: &Config,
    email: &str,
    address: &str,
) -> crate::error::Result<()> {
    let at = act.at();
    let user = User::query()
        .filter(users::email.eq(email))
        .filter(users::disabled_at.is_null())
        .for_no_key_update()
        .first(act.conn())
        .optional()?;
    let lately =
        password_links::table.filter(password_links::asked_at.gt(at - TimeDelta::hours(1)));
    let from_address: i64 = lately
        .filter(password_links::address.eq(address))
        .count()
        .get_result(act.conn())?;
    let for_account: i64 = lately
        .filter(password_links::user_id.eq(user.as_ref().map(|user| user.id)))
        .count()
        .get_result(act.conn())?;
    if from_address >= PER_ADDRESS || for_account >= PER_ACCOUNT {
        return Ok(());
    }
    let token = Token::fresh();
    diesel::insert_into(password_links::table)
        .values((
            password_links::user_id.eq(user.as_ref().map(|user| user.id)),
            password_links::token_hash.eq(token.hash()),
            password_links::address.eq(address),
            password_links::asked_at.eq(at),
        ))
        .execute(act.conn())?;
    match user {
        Some(user) => {
            let mail = letter::with_link(act, config, &user, &token)?;
            outbox::enqueue(act, mail)?;
            Ok(())
        }
        None => Ok(()),
    }
}

/// Whose password a link changes; none: it opens nothing any more.
pub fn owner_of_link(
    conn: &mut PgConnection,
    token: &Token,
    now: DateTime<Utc>,
) -> QueryResult<Option<User>> {
    let opens = password_links::table
        .filter(password_links::token_hash.eq(token.hash()))
        .filter(password_links::used_at.is_null())
        .filter(password_links::asked_at.gt(now - OPENS))
        .select(password_links::user_id);
    let id: Option<Option<UserId>> = opens.first(conn).optional()?;
    let Some(id) = id.flatten() else {
        return Ok(None);
    };
    User::query()
        .filter(users::id.eq(id))
        .filter(users::disabled_at.is_null())
        .first(conn)
        .optional()
}

/// Changes the password of whose link it is, and ends all sessions and all links of theirs.
///
/// # Errors
/// [`Error::LinkIsOver`], [`Error::SamePassword`].
pub fn use_link(
    act: &mut Act<'_>,
    token: &Token,
    password: &NewPassword,
    via: Via<'_>,
) -> Result<(), Error> {
    let at = act.at();
    password_links::table
        .filter(password_links::token_hash.eq(token.hash()))
        .select(password_links::id)
        .for_update()
        .first::<i64>(act.conn())
        .optional()?;
    let user = owner_of_link(act, token, at)?.ok_or(Error::LinkIsOver)?;
    actions::set_password(&mut act.of(user.id), user.id, password, None, via)
}

/// Forgets what was asked for long ago.
pub fn forget_links(act: &mut Act<'_>) -> QueryResult<()> {
    let old = password_links::asked_at.lt(act.at() - TimeDelta::days(2));
    diesel::delete(password_links::table.filter(old)).execute(act.conn())?;
    Ok(())
}
