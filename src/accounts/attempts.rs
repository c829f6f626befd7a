//! Slows down guessing: failed attempts are counted per account and address, and per address.
//!
//! An attempt counts as failed from the moment it begins, until [`forget`] clears it; so a
//! thousand attempts made at once are counted like a thousand made one after the other.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};

use crate::schema::sign_in_attempts;

/// How long a failed attempt counts.
pub const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// As many attempts of an address may fail on one account.
pub const PER_ACCOUNT: i64 = 5;
/// As many attempts of an address may fail on all accounts.
pub const PER_ADDRESS: i64 = 20;

/// Whether a password is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is.
    Try,
    /// Not before this time.
    Wait(DateTime<Utc>),
}

/// Begins an attempt at `now`, unless too many failed.
pub fn begin(
    conn: &mut PgConnection,
    account: &str,
    address: &str,
    now: DateTime<Utc>,
) -> QueryResult<Answer> {
    let account = stored(account);
    // Attempts from one address take turns, so that the count is true.
    diesel::sql_query("select pg_advisory_xact_lock($1, hashtext($2))")
        .bind::<Integer, _>(LOCK)
        .bind::<Text, _>(address)
        .execute(conn)?;
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::attempted_at.le(now - WINDOW)))
        .execute(conn)?;

    let by_address = sign_in_attempts::table
        .filter(sign_in_attempts::address.eq(address))
        .order(sign_in_attempts::attempted_at.desc())
        .select(sign_in_attempts::attempted_at);
    let on_account = by_address
        .filter(sign_in_attempts::account.eq(&account))
        .offset(PER_ACCOUNT - 1)
        .first::<DateTime<Utc>>(conn)
        .optional()?;
    let on_all = by_address
        .offset(PER_ADDRESS - 1)
        .first::<DateTime<Utc>>(conn)
        .optional()?;
    if let Some(decisive) = on_account.max(on_all) {
        return Ok(Answer::Wait(decisive + WINDOW));
    }

    diesel::insert_into(sign_in_attempts::table)
        .values((
            sign_in_attempts::account.eq(&account),
            sign_in_attempts::address.eq(address),
            sign_in_attempts::attempted_at.eq(now),
        ))
        .execute(conn)?;
    Ok(Answer::Try)
}

/// After a success: the failures of this address on this account are forgiven. Those on other
/// accounts are not, or an account of one's own would buy guesses at all others.
pub fn forget(conn: &mut PgConnection, account: &str, address: &str) -> QueryResult<()> {
    diesel::delete(
        sign_in_attempts::table
            .filter(sign_in_attempts::account.eq(stored(account)))
            .filter(sign_in_attempts::address.eq(address)),
    )
    .execute(conn)?;
    Ok(())
}

/// How long to wait, in words.
pub fn sentence(until: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = ((until - now).num_seconds().max(1) + 59) / 60;
    let plural = if minutes == 1 { "" } else { "s" };
    format!("Too many attempts failed. Try again in {minutes} minute{plural}.")
}

const LOCK: i32 = 0x7369_676e;

/// The account as typed, no longer than any address is.
fn stored(account: &str) -> String {
    account
        .chars()
        .filter(|letter| *letter != '\0')
        .take(254)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::clock;

    #[test]
    fn the_wait_is_told_in_whole_minutes() {
        let now = clock::now();

        assert!(sentence(now + TimeDelta::seconds(61), now).ends_with("2 minutes."));
        assert!(sentence(now + TimeDelta::seconds(60), now).ends_with("1 minute."));
        assert!(sentence(now, now).ends_with("1 minute."));
    }
}
