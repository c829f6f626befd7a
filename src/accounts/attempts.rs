//! Slows down guessing: the more attempts failed, the longer the next one waits. Nobody is locked out.
//!
//! Failures count per account over all addresses, and per address over all accounts. A browser that
//! signed in to the account before is counted for itself: strangers' failures do not hold it up.
//! While passwords are being checked their attempts do not count yet, so that several people can sign
//! in at the same moment; once some failed, every attempt counts from its beginning.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Integer, Nullable, Text, Timestamptz};

use super::token::Token;
use crate::db::{Act, Trace, sql};
use crate::schema::{sign_in_attempts, sign_in_browsers, users};
use crate::types::Event;

/// How long a failed attempt counts.
pub const WINDOW: TimeDelta = TimeDelta::hours(24);
/// A password is checked by then, or its attempt failed.
const CHECKED: TimeDelta = TimeDelta::minutes(1);
/// As many are checked at once before any failed.
const AT_ONCE: i64 = 12;
/// Nobody waits longer.
const LONGEST: i64 = 15 * 60;

/// How much failure is forgiven.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// So many may fail.
    free: i64,
    /// From then on the wait doubles with every so many.
    doubles_every: u32,
}

const OF_ACCOUNT: Patience = Patience {
    free: 5,
    doubles_every: 1,
};
/// A whole office may stand behind one.
const OF_ADDRESS: Patience = Patience {
    free: 30,
    doubles_every: 5,
};

/// Somebody who says they are the owner of an account.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// As typed.
    pub account: String,
    pub address: String,
    /// The hash of what the browser carries; `None`: nothing.
    pub browser: Option<Vec<u8>>,
}

impl Attempt {
    /// By a browser that carries `token`, if it carries any.
    pub fn new(account: &str, address: impl Into<String>, token: Option<&Token>) -> Self {
        // No longer than any address is.
        let legible = account.chars().filter(|letter| *letter != '\0');
        Self {
            account: legible.take(254).collect(),
            address: address.into(),
            browser: token.map(Token::hash),
        }
    }
}

/// Whether a password is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is; the number is for [`fail`].
    Try(i64),
    /// Not before this time.
    Wait(DateTime<Utc>),
}

/// What counts against an attempt, in one way.
#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Against {
    #[diesel(sql_type = Text)]
    way: String,
    #[diesel(sql_type = BigInt)]
    failed: i64,
    #[diesel(sql_type = BigInt)]
    checked: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    last: Option<DateTime<Utc>>,
}

impl Against {
    /// A browser that is known is counted for itself, another one with its account and address.
    fn counts(&self, is_known: bool) -> bool {
        (self.way == "browser") == is_known
    }

    /// When the next attempt may be made; `None`: now.
    fn wait(&self) -> Option<DateTime<Utc>> {
        let patience = match self.way.as_str() {
            "address" => OF_ADDRESS,
            _ => OF_ACCOUNT,
        };
        let counted = match self.failed < patience.free {
            true => self.failed + (self.checked - AT_ONCE + 1).max(0),
            false => self.failed + self.checked,
        };
        Some(self.last? + delay(patience, counted)?)
    }
}

/// How long the attempt after `failed` others waits; `None`: not at all.
fn delay(patience: Patience, failed: i64) -> Option<TimeDelta> {
    let over = u32::try_from(failed - patience.free).ok()?;
    let seconds = 1_i64.checked_shl(over / patience.doubles_every);
    let seconds = seconds.filter(|seconds| (1..LONGEST).contains(seconds));
    Some(TimeDelta::seconds(seconds.unwrap_or(LONGEST)))
}

/// Begins an attempt at `now`, unless it has to wait.
pub fn begin(
    conn: &mut PgConnection,
    attempt: &Attempt,
    now: DateTime<Utc>,
) -> QueryResult<Answer> {
    // Attempts on one account, and from one address, take turns, so that the counts are true.
    for (lock, on) in [(ACCOUNTS, &attempt.account), (ADDRESSES, &attempt.address)] {
        diesel::sql_query("select pg_advisory_xact_lock($1, hashtext($2))")
            .bind::<Integer, _>(lock)
            .bind::<Text, _>(on)
            .execute(conn)?;
    }
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::attempted_at.le(now - WINDOW)))
        .execute(conn)?;

    let known = known_browser(conn, attempt)?;
    let against = against(conn, attempt, now)?;
    let counting = against.iter().filter(|each| each.counts(known.is_some()));
    let wait = counting.filter_map(Against::wait).max();
    if let Some(until) = wait.filter(|until| *until > now) {
        return Ok(Answer::Wait(until));
    }

    let id = diesel::insert_into(sign_in_attempts::table)
        .values((
            sign_in_attempts::account.eq(&attempt.account),
            sign_in_attempts::address.eq(&attempt.address),
            sign_in_attempts::browser_hash.eq(known),
            sign_in_attempts::attempted_at.eq(now),
        ))
        .returning(sign_in_attempts::id)
        .get_result(conn)?;
    Ok(Answer::Try(id))
}

/// The password was wrong.
pub fn fail(act: &mut Act<'_>, id: i64, attempt: &Attempt) -> QueryResult<()> {
    let at = act.at();
    diesel::update(sign_in_attempts::table.find(id))
        .set(sign_in_attempts::failed_at.eq(at))
        .execute(act.conn())?;
    let account = attempt.account.clone();
    act.trace(&Trace {
        event: &Event::SignInFailed { account },
        record: None,
        address: &attempt.address,
    })
}

/// It was right: the failures of this address, and of this browser, on this account are forgiven. Those
/// on other accounts are not, or an account of one's own would buy guesses at all others.
pub fn forget(conn: &mut PgConnection, attempt: &Attempt) -> QueryResult<()> {
    let here = sign_in_attempts::address.eq(&attempt.address);
    let by_browser = sign_in_attempts::browser_hash.eq(&attempt.browser);
    diesel::delete(
        sign_in_attempts::table
            .filter(sign_in_attempts::account.eq(&attempt.account))
            .filter(here.or(by_browser.assume_not_null())),
    )
    .execute(conn)?;
    Ok(())
}

/// How long to wait, in words.
pub fn sentence(until: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (until - now).num_seconds().max(0) + 1;
    let (many, unit) = match seconds {
        ..=90 => (seconds, "second"),
        _ => ((seconds + 59) / 60, "minute"),
    };
    let wait = crate::types::counted(many, unit);
    format!("Too many attempts failed. Try again in {wait}.")
}

const ACCOUNTS: i32 = 0x7369_676e;
const ADDRESSES: i32 = 0x7369_676f;

/// The hash of the browser, where it signed in to the account before.
fn known_browser(conn: &mut PgConnection, attempt: &Attempt) -> QueryResult<Option<Vec<u8>>> {
    let Some(browser) = &attempt.browser else {
        return Ok(None);
    };
    sign_in_browsers::table
        .inner_join(users::table)
        .filter(users::email.eq(&attempt.account))
        .filter(sign_in_browsers::token_hash.eq(browser))
        .select(sign_in_browsers::token_hash)
        .first(conn)
        .optional()
}

/// What counts against an attempt, in each of its three ways.
fn against(
    conn: &mut PgConnection,
    attempt: &Attempt,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Against>> {
    sql!(
        "select way, count(*) filter (where failed) as failed,
           count(*) filter (where not failed) as checked, max(attempted_at) as last
         from (
           select a.way, a.attempted_at, a.failed_at is not null or a.attempted_at < :overdue as failed
           from (
             select 'browser' as way, attempted_at, failed_at from sign_in_attempts
             where account = :account and browser_hash = :browser
             union all
             select 'account', attempted_at, failed_at from sign_in_attempts
             where account = :account and browser_hash is null
             union all
             select 'address', attempted_at, failed_at from sign_in_attempts
             where address = :address and browser_hash is null
           ) a
         ) attempts group by way",
        account: Text = &attempt.account,
        address: Text = &attempt.address,
        browser: Nullable<Binary> = attempt.browser.as_deref(),
        overdue: Timestamptz = now - CHECKED,
    )
    .load(conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::clock;

    #[test]
    fn the_wait_is_told_in_seconds_or_in_whole_minutes() {
        let now = clock::now();

        assert!(sentence(now + TimeDelta::seconds(61), now).ends_with("62 seconds."));
        assert!(sentence(now + TimeDelta::seconds(119), now).ends_with("2 minutes."));
        assert!(sentence(now, now).ends_with("1 second."));
    }

    #[test]
    fn the_wait_doubles_and_ends_at_a_quarter_of_an_hour() {
        let waits = |patience, failed| delay(patience, failed).map(|wait| wait.num_seconds());

        assert_eq!(waits(OF_ACCOUNT, 4), None);
        assert_eq!(waits(OF_ACCOUNT, 5), Some(1));
        assert_eq!(waits(OF_ACCOUNT, 8), Some(8));
        assert_eq!(waits(OF_ACCOUNT, 14), Some(512));
        assert_eq!(waits(OF_ACCOUNT, 15), Some(900));
        assert_eq!(waits(OF_ACCOUNT, 5_000), Some(900));
        assert_eq!(waits(OF_ADDRESS, 29), None);
        assert_eq!(waits(OF_ADDRESS, 34), Some(1));
        assert_eq!(waits(OF_ADDRESS, 40), Some(4));
    }
}
