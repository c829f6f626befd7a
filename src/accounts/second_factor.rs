//! The second factor of an account: turned on with a code, used at every sign-in, turned off with the
//! password.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use rand::RngExt;

use super::model::User;
use super::notice::{self, Notice, Via};
use super::origin::Origin;
use super::sessions;
use super::token::Token;
use super::totp::Phone;
use super::{Error, queries};
use crate::config::Config;
use crate::db::Act;
use crate::schema::{recovery_codes, sessions as rows, sign_in_rules, users};
use crate::types::{Event, SessionId, UserId};
use crate::web::Role;

/// Recovery codes that are given out together.
const CODES: usize = 10;
/// So long the code may be typed after the password.
const CODE_WITHIN: TimeDelta = TimeDelta::minutes(10);
/// Letters and digits that are not taken for each other.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// What somebody's second factor is.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = users)]
pub struct SecondFactor {
    /// Encrypted; none: they have no second factor.
    totp_sealed: Option<String>,
    /// Since when they have one.
    pub totp_since: Option<DateTime<Utc>>,
    totp_step: i64,
}

/// The second factor of somebody.
pub fn second_factor(conn: &mut PgConnection, user: UserId) -> QueryResult<SecondFactor> {
    SecondFactor::query().filter(users::id.eq(user)).first(conn)
}

/// Whether somebody of this role must have one.
pub fn is_needed(conn: &mut PgConnection, role: Role) -> QueryResult<bool> {
    let from: Option<Role> = sign_in_rules::table
        .select(sign_in_rules::second_factor_from)
        .first(conn)?;
    Ok(from.is_some_and(|from| role >= from))
}

/// Recovery codes somebody has left.
pub fn codes_left(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    recovery_codes::table
        .filter(recovery_codes::user_id.eq(user))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
}

/// Turns it on for somebody whose phone shows the right code; answers the recovery codes, which nobody
/// is shown again. Their other sessions end: they were begun with a password alone.
///
/// # Errors
/// [`Error::WrongCode`].
pub fn turn_on(
    act: &mut Act<'_>,
    (id, kept): (UserId, SessionId),
    (sealed, code): (&str, &str),
    via: Via<'_>,
) -> Result<Vec<String>, Error> {
    let at = act.at();
    let user = queries::user(act, id)?;
    let phone = Phone::unsealed(via.config, &user, sealed).ok_or(Error::WrongCode)?;
    let step = phone.step_of(code, 0, at).ok_or(Error::WrongCode)?;
    diesel::update(users::table.find(id))
        .set((
            users::totp_sealed.eq(sealed),
            users::totp_since.eq(at),
            users::totp_step.eq(step),
        ))
        .execute(act.conn())?;
    sessions::end_all(act, id, Some(kept))?;
    act.note(user.record(), &Event::SecondFactorOn)?;
    notice::tell(act, &user, Notice::SecondFactorOn, via)?;
    codes_anew(act, id)
}

/// Turns it off, and forgets the recovery codes.
pub fn turn_off(act: &mut Act<'_>, id: UserId, via: Via<'_>) -> Result<(), Error> {
    let user = queries::user(act, id)?;
    if user.totp_since.is_none() {
        return Ok(());
    }
    diesel::update(users::table.find(id))
        .set((
            users::totp_sealed.eq(None::<String>),
            users::totp_since.eq(None::<DateTime<Utc>>),
        ))
        .execute(act.conn())?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(id)))
        .execute(act.conn())?;
    act.note(user.record(), &Event::SecondFactorOff)?;
    notice::tell(act, &user, Notice::SecondFactorOff, via)
}

/// New recovery codes; those there were open nothing any more.
pub fn new_codes(act: &mut Act<'_>, id: UserId, via: Via<'_>) -> Result<Vec<String>, Error> {
    let user = queries::user(act, id)?;
    notice::tell(act, &user, Notice::RecoveryCodes, via)?;
    codes_anew(act, id)
}

fn codes_anew(act: &mut Act<'_>, user: UserId) -> Result<Vec<String>, Error> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user)))
        .execute(act.conn())?;
    let codes: Vec<String> = (0..CODES).map(|_| fresh_code()).collect();
    let rows: Vec<_> = codes
        .iter()
        .map(|code| {
            (
                recovery_codes::user_id.eq(user),
                recovery_codes::code_hash.eq(Token::sent(code).hash()),
            )
        })
        .collect();
    diesel::insert_into(recovery_codes::table)
        .values(rows)
        .execute(act.conn())?;
    Ok(codes)
}

/// Whose session waits for a code, if it still does.
pub fn who_waits(
    conn: &mut PgConnection,
    token: &Token,
    now: DateTime<Utc>,
) -> QueryResult<Option<User>> {
    User::query()
        .filter(users::disabled_at.is_null())
        .filter(
            users::id.eq_any(
                rows::table
                    .filter(rows::token_hash.eq(token.hash()))
                    .filter(rows::waits_for_code)
                    .filter(rows::ended_at.is_null())
                    .filter(rows::began_at.gt(now - CODE_WITHIN))
                    .select(rows::user_id),
            ),
        )
        .first(conn)
        .optional()
}

/// Whether a code is the one of somebody's phone, or one of their recovery codes; it is used with that.
pub fn use_code(
    act: &mut Act<'_>,
    config: &Config,
    user: &User,
    code: &str,
) -> Result<bool, Error> {
    let (at, id) = (act.at(), user.id);
    let factor: SecondFactor = SecondFactor::query()
        .filter(users::id.eq(id))
        .for_update()
        .first(act.conn())?;
    let phone = factor.totp_sealed.as_deref();
    let phone = phone.and_then(|sealed| Phone::unsealed(config, user, sealed));
    if let Some(step) = phone.and_then(|phone| phone.step_of(code, factor.totp_step, at)) {
        diesel::update(users::table.find(id))
            .set(users::totp_step.eq(step))
            .execute(act.conn())?;
        return Ok(true);
    }
    let typed = Token::sent(code.trim().to_lowercase());
    let unused = recovery_codes::table
        .filter(recovery_codes::user_id.eq(id))
        .filter(recovery_codes::code_hash.eq(typed.hash()))
        .filter(recovery_codes::used_at.is_null());
    let used = diesel::update(unused)
        .set(recovery_codes::used_at.eq(at))
        .execute(act.conn())?;
    if used > 0 {
        act.note(user.record(), &Event::RecoveryCodeUsed)?;
    }
    Ok(used > 0)
}

/// Opens the session that waited, under a new token.
pub fn open(act: &mut Act<'_>, waiting: &Token, from: &Origin) -> QueryResult<Token> {
    let token = Token::fresh();
    let at = act.at();
    let waits = rows::table.filter(rows::token_hash.eq(waiting.hash()));
    diesel::update(waits.filter(rows::waits_for_code))
        .set((
            rows::token_hash.eq(token.hash()),
            rows::waits_for_code.eq(false),
            rows::seen_at.eq(at),
            rows::address.eq(&from.address),
        ))
        .execute(act.conn())?;
    Ok(token)
}

/// 59 random bits, in three groups.
fn fresh_code() -> String {
    let mut random = rand::rng();
    let mut group = || -> String {
        let letters = (0..4).map(|_| LETTERS[random.random_range(0..LETTERS.len())]);
        letters.map(char::from).collect()
    };
    [group(), group(), group()].join("-")
}
