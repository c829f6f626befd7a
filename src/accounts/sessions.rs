//! Sessions: begun with a password, kept as rows, ended for good.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::error::Error;
use super::model::{Credentials, User};
use super::notice::{self, Notice, Via};
use super::origin::Origin;
use super::token::Token;
use super::{origin, queries};
use crate::db::{Act, Trace, announce};
use crate::schema::{sessions, sign_in_browsers, sign_in_rules, users};
use crate::types::{Event, RecordRef, SessionId, UserId};
use crate::web::Role;

/// Rows are kept for so long after they were last seen.
const KEPT: TimeDelta = TimeDelta::days(180);

/// How people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = sign_in_rules, treat_none_as_null = true)]
pub struct SignInRules {
    /// Hours after which one that nobody uses ends.
    pub idle_hours: i32,
    /// Days after which every one ends.
    pub longest_days: i32,
    /// Whoever has this role or a higher one needs a second factor; none: nobody does.
    pub second_factor_from: Option<Role>,
}

/// A session that counts.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: SessionId,
    pub began_at: DateTime<Utc>,
    /// When somebody last asked for something by hand, to the minute.
    pub seen_at: DateTime<Utc>,
    pub address: String,
    /// What the browser calls itself; may be empty.
    pub browser: String,
}

impl Session {
    /// Browser and system, as far as it says.
    pub fn program(&self) -> String {
        origin::program(&self.browser).unwrap_or_else(|| match self.browser.is_empty() {
            true => "Unknown".to_owned(),
            false => self.browser.chars().take(60).collect(),
        })
    }
}

/// How people sign in.
pub fn sign_in_rules(conn: &mut PgConnection) -> QueryResult<SignInRules> {
    SignInRules::query().first(conn)
}

/// Begins a session of somebody whose password was right, unless that password was changed or the
/// account disabled since it was looked at. It opens nothing before a code, where one is asked for.
pub fn begin(act: &mut Act<'_>, of: &Credentials, from: &Origin) -> QueryResult<Option<Token>> {
    let still = users::table
        .filter(users::id.eq(of.id))
        .filter(users::password_hash.eq(&of.password_hash))
        .filter(users::disabled_at.is_null());
    let still: Option<UserId> = still
        .select(users::id)
        .for_share()
        .first(act.conn())
        .optional()?;
    if still.is_none() {
        return Ok(None);
    }
    let token = Token::fresh();
    let at = act.at();
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.hash()),
            sessions::user_id.eq(of.id),
            sessions::began_at.eq(at),
            sessions::seen_at.eq(at),
            sessions::address.eq(&from.address),
            sessions::browser.eq(shortened(&from.browser)),
            sessions::waits_for_code.eq(of.totp_since.is_some()),
        ))
        .execute(act.conn())?;
    Ok(Some(token))
}

/// Keeps in the trail that somebody signed in.
pub fn trace_sign_in(act: &mut Act<'_>, user: UserId, from: &Origin) -> QueryResult<()> {
    act.trace(&Trace {
        event: &Event::SignedIn,
        record: Some(RecordRef::User(user)),
        address: &from.address,
    })
}

/// Remembers that a browser signed in as somebody, so that strangers' failures do not hold it up. What it
/// carries is kept where somebody signed in with it before, and is new otherwise. The owner is told of a
/// browser that is new to the account, unless it is the first of all.
pub fn remember_browser(
    act: &mut Act<'_>,
    user: UserId,
    carried: Option<Token>,
    via: Via<'_>,
) -> Result<Token, Error> {
    let at = act.at();
    let carried = carried.map(|token| {
        let same = sign_in_browsers::table.filter(sign_in_browsers::token_hash.eq(token.hash()));
        let is_known = diesel::select(diesel::dsl::exists(same)).get_result(act.conn())?;
        QueryResult::Ok(Some(token).filter(|_| is_known))
    });
    let browser = carried.transpose()?.flatten().unwrap_or_else(Token::fresh);
    let known = sign_in_browsers::table.find((user, browser.hash()));
    let again = diesel::update(known)
        .set(sign_in_browsers::signed_in_at.eq(at))
        .execute(act.conn())?;
    if again == 0 {
        diesel::insert_into(sign_in_browsers::table)
            .values((
                sign_in_browsers::user_id.eq(user),
                sign_in_browsers::token_hash.eq(browser.hash()),
                sign_in_browsers::signed_in_at.eq(at),
            ))
            .on_conflict_do_nothing()
            .execute(act.conn())?;
        let user = queries::user(act, user)?;
        if signed_in_before(act, &user)? {
            notice::tell(act, &user, Notice::Browser, via)?;
        }
    }
    Ok(browser)
}

/// Whether somebody signed in to an account before the session that was begun just now. Of an account
/// that is older than sessions are kept nobody knows, and it is taken for one that was used.
fn signed_in_before(act: &mut Act<'_>, user: &User) -> QueryResult<bool> {
    let begun: i64 = sessions::table
        .filter(sessions::user_id.eq(user.id))
        .filter(sessions::waits_for_code.eq(false))
        .count()
        .get_result(act.conn())?;
    Ok(begun > 1 || user.created_at < act.at() - KEPT)
}

/// The sessions of somebody that count, the one used last first.
pub fn sessions_of(
    conn: &mut PgConnection,
    user: UserId,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Session>> {
    let rules = sign_in_rules(conn)?;
    let idle = TimeDelta::hours(i64::from(rules.idle_hours));
    let longest = TimeDelta::days(i64::from(rules.longest_days));
    Session::query()
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::waits_for_code.eq(false))
        .filter(sessions::seen_at.gt(now - idle))
        .filter(sessions::began_at.gt(now - longest))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .load(conn)
}

/// Ends one session of somebody; one that ended already stays so.
///
/// # Errors
/// [`diesel::NotFound`] when it is not theirs.
pub fn end(act: &mut Act<'_>, user: UserId, id: SessionId) -> Result<(), Error> {
    let of_user = sessions::table.filter(sessions::user_id.eq(user));
    let _: SessionId = of_user
        .filter(sessions::id.eq(id))
        .select(sessions::id)
        .first(act.conn())?;
    end_where(act, user, |session| session == id)
}

/// Ends every session of somebody, but for one that is kept.
pub fn end_all(act: &mut Act<'_>, user: UserId, but: Option<SessionId>) -> Result<(), Error> {
    end_where(act, user, |session| Some(session) != but)
}

/// The browsers somebody signed in with are strangers from now on.
pub fn forget_browsers(act: &mut Act<'_>, user: UserId) -> Result<(), Error> {
    diesel::delete(sign_in_browsers::table.filter(sign_in_browsers::user_id.eq(user)))
        .execute(act.conn())?;
    Ok(())
}

/// Changes how people sign in, and what becomes of sessions under way.
pub fn set_sign_in_rules(act: &mut Act<'_>, rules: &SignInRules) -> QueryResult<()> {
    diesel::update(sign_in_rules::table)
        .set(rules)
        .execute(act.conn())?;
    Ok(())
}

/// Forgets sessions that ended long ago, and browsers that were not used for a year.
pub fn forget_sessions(act: &mut Act<'_>) -> QueryResult<()> {
    let at = act.at();
    diesel::delete(sessions::table.filter(sessions::seen_at.lt(at - KEPT))).execute(act.conn())?;
    let unused = sign_in_browsers::signed_in_at.lt(at - TimeDelta::days(365));
    diesel::delete(sign_in_browsers::table.filter(unused)).execute(act.conn())?;
    Ok(())
}

fn end_where(
    act: &mut Act<'_>,
    user: UserId,
    ends: impl Fn(SessionId) -> bool,
) -> Result<(), Error> {
    let open = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::ended_at.is_null());
    let open: Vec<SessionId> = open
        .select(sessions::id)
        .order(sessions::id)
        .for_update()
        .load(act.conn())?;
    let ended: Vec<SessionId> = open.into_iter().filter(|id| ends(*id)).collect();
    let at = act.at();
    diesel::update(sessions::table.filter(sessions::id.eq_any(&ended)))
        .set(sessions::ended_at.eq(at))
        .execute(act.conn())?;
    let topics: Vec<String> = ended.iter().map(|id| format!("session:{id}")).collect();
    Ok(announce(act, &topics)?)
}

fn shortened(browser: &str) -> String {
    browser
        .chars()
        .filter(|c| !c.is_control())
        .take(300)
        .collect()
}
