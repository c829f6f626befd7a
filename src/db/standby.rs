//! A standby that lists are read from, unless it lags behind what the reader has seen or done.

use std::fmt;
use std::str::FromStr;

use diesel::dsl::{select, sql};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, PooledConnection};
use diesel::sql_types::{Bool, Text};

use super::pool::Pool;

/// How far the log of the primary was written when somebody changed something: whoever did reads
/// nothing older than this. The least is what everybody has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Seen(u64);

impl FromStr for Seen {
    type Err = ();

    /// As PostgreSQL writes it: `16/B374D848`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (high, low) = text.split_once('/').ok_or(())?;
        let part = |text: &str| u32::from_str_radix(text, 16).map(u64::from).map_err(|_| ());
        Ok(Self(part(high)? << 32 | part(low)?))
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}/{:X}", self.0 >> 32, self.0 & u64::from(u32::MAX))
    }
}

/// How far the log is written now. Of the primary.
pub(super) fn position(conn: &mut PgConnection) -> QueryResult<String> {
    select(sql::<Text>("pg_current_wal_insert_lsn()::text")).get_result(conn)
}

/// A connection to the standby, if one is free and shows all of this and nothing older than a minute; it is
/// never waited for.
pub(super) fn caught_up(
    pool: &Pool,
    seen: Seen,
) -> Option<PooledConnection<ConnectionManager<PgConnection>>> {
    let mut conn = pool.try_get()?;
    let shows = select(
        sql::<Bool>("coalesce(pg_last_wal_replay_lsn(), '0/0') >= ")
            .bind::<Text, _>(seen.to_string())
            .sql(
                "::pg_lsn and coalesce(pg_last_xact_replay_timestamp() > now() - interval '1 minute', true)",
            ),
    );
    let shows: bool = shows.get_result(&mut *conn).ok()?;
    shows.then_some(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_log_is_read_as_postgresql_writes_it() {
        let seen: Seen = "16/B374D848".parse().expect("it is one");

        assert_eq!(seen.to_string(), "16/B374D848");
        assert!(seen > "15/FFFFFFFF".parse().expect("it is one"));
        assert_eq!(Seen::default().to_string(), "0/0");
        for none in ["", "16", "16/", "x/1", "1/1/1", "1/123456789", "'; drop"] {
            assert_eq!(none.parse::<Seen>(), Err(()), "{none}");
        }
    }
}
