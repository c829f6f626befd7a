//! The way to PostgreSQL, and how long one may be under way.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use super::Secret;
use crate::types::check_encryption;

/// The way to PostgreSQL.
#[derive(Debug, Clone)]
pub struct Database {
    /// `DATABASE_URL`: a PostgreSQL address. Required. `?sslmode=..` needs the feature `database-tls`.
    pub url: Secret,
    /// `DATABASE_DIRECT_URL`: the same database without a pooler before it, where live updates listen;
    /// `DATABASE_URL` if not set.
    pub direct_url: Option<Secret>,
    /// `DATABASE_READ_URL`: a standby that lists are read from when it has caught up with the reader; none
    /// if not set.
    pub read_url: Option<Secret>,
    /// `DATABASE_POOL`: most connections to it; 16 if not set.
    pub pool: u32,
    /// `DATABASE_PREPARED`: `off` behind a pooler that gives each transaction another connection and
    /// knows no prepared statements.
    pub prepares: bool,
    /// How long a transaction may take.
    pub times: Times,
}

/// How long the transactions of requests may take; none: as long as they like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// `PAGE_SECONDS`: what only reads; 5 if not set.
    pub page: Option<Duration>,
    /// `ACTION_SECONDS`: what writes; 15 if not set.
    pub action: Option<Duration>,
    /// `IMPORT_SECONDS`: what reads or places a whole file; 600 if not set.
    pub import: Option<Duration>,
}

impl Database {
    /// One at an address, whose transactions may take as long as they like: for commands and tests.
    pub fn at(url: impl Into<String>, pool: u32) -> Self {
        Self {
            url: Secret::new(url),
            direct_url: None,
            read_url: None,
            pool,
            prepares: true,
            times: Times::default(),
        }
    }

    /// Where what belongs to one connection for long finds the database: live updates.
    pub fn direct(&self) -> &Secret {
        self.direct_url.as_ref().unwrap_or(&self.url)
    }

    /// The same without its pooler, for the few who hold a connection; none: there is no pooler.
    pub fn directly(&self) -> Option<Self> {
        let url = self.direct_url.clone()?;
        Some(Self {
            url,
            read_url: None,
            pool: 2,
            prepares: true,
            ..self.clone()
        })
    }

    /// Reads its variables through `var`; says in `wrong` what is missing or bad.
    pub(super) fn from_vars(
        var: &impl Fn(&str) -> Option<String>,
        wrong: &mut Vec<String>,
    ) -> Self {
        let url = var("DATABASE_URL").unwrap_or_default();
        if url.is_empty() {
            wrong.push("DATABASE_URL is missing: postgres://user:password@host/database".into());
        }
        let direct_url = var("DATABASE_DIRECT_URL");
        let read_url = var("DATABASE_READ_URL");
        let urls = [
            ("DATABASE_URL", Some(&url)),
            ("DATABASE_DIRECT_URL", direct_url.as_ref()),
            ("DATABASE_READ_URL", read_url.as_ref()),
        ];
        for (name, url) in urls {
            let Some(url) = url.filter(|url| !url.is_empty()) else {
                continue;
            };
            if !url.starts_with("postgres") {
                wrong.push(format!("{name} must begin with postgres://"));
            }
            if let Err(why) = check_encryption(url) {
                wrong.push(format!("{name} {why}"));
            }
        }
        let prepared = var("DATABASE_PREPARED").unwrap_or_else(|| "on".into());
        if !["on", "off"].contains(&prepared.as_str()) {
            wrong.push(format!(
                "DATABASE_PREPARED must be on or off, not {prepared}"
            ));
        }
        let mut seconds = |name: &str, usual: u64| {
            let seconds = number(var, name, usual, 1..=86_400, wrong);
            Some(Duration::from_secs(seconds))
        };
        let times = Times {
            page: seconds("PAGE_SECONDS", 5),
            action: seconds("ACTION_SECONDS", 15),
            import: seconds("IMPORT_SECONDS", 600),
        };
        Self {
            url: Secret::new(in_time(&url)),
            direct_url: direct_url.map(|url| Secret::new(in_time(&url))),
            read_url: read_url.map(|url| Secret::new(in_time(&url))),
            pool: number(var, "DATABASE_POOL", 16, 2..=500, wrong),
            prepares: prepared == "on",
            times,
        }
    }
}

/// How soon a host that does not answer is known to be gone, unless the address says so itself.
const IN_TIME: [(&str, &str); 3] = [
    ("connect_timeout", "2"),
    ("tcp_user_timeout", "10000"),
    ("keepalives_idle", "10"),
];

/// The same address, of which no connection waits for minutes where nobody answers any more.
fn in_time(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in IN_TIME {
        if !url.contains(&format!("{name}=")) {
            let mark = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{mark}{name}={value}");
        }
    }
    url
}

/// The number that was set, the usual one, or that and a complaint.
pub(super) fn number<T: FromStr + PartialOrd + Display>(
    var: &impl Fn(&str) -> Option<String>,
    name: &str,
    usual: T,
    allowed: RangeInclusive<T>,
    wrong: &mut Vec<String>,
) -> T {
    let Some(set) = var(name) else {
        return usual;
    };
    match set.parse().ok().filter(|number| allowed.contains(number)) {
        Some(number) => number,
        None => {
            let (least, most) = (allowed.start(), allowed.end());
            wrong.push(format!(
                "{name} must be a number from {least} to {most}, not {set}"
            ));
            usual
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pooler_and_times_are_settings() {
        let set = |name: &str| match name {
            "DATABASE_URL" => Some("postgres://pooler/shop".to_owned()),
            "DATABASE_DIRECT_URL" => Some("postgres://primary/shop".to_owned()),
            "DATABASE_PREPARED" => Some("off".to_owned()),
            "ACTION_SECONDS" => Some("30".to_owned()),
            _ => None,
        };
        let mut wrong = vec![];

        let database = Database::from_vars(&set, &mut wrong);

        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(
            database.direct().reveal(),
            "postgres://primary/shop?connect_timeout=2&tcp_user_timeout=10000&keepalives_idle=10"
        );
        assert!(!database.prepares);
        assert_eq!(database.times.page, Some(Duration::from_secs(5)));
        assert_eq!(database.times.action, Some(Duration::from_secs(30)));
        assert_eq!(database.pool, 16);
    }

    #[test]
    fn an_address_that_says_how_long_it_waits_is_left_so() {
        let said = in_time("postgres://a,b/shop?connect_timeout=9&target_session_attrs=read-write");

        assert_eq!(said.matches("connect_timeout").count(), 1);
        assert!(
            said.ends_with("read-write&tcp_user_timeout=10000&keepalives_idle=10"),
            "{said}"
        );
    }

    #[test]
    fn what_is_wrong_with_them_is_said_of_each() {
        let set = |name: &str| match name {
            "DATABASE_DIRECT_URL" => Some("mysql://primary".to_owned()),
            "DATABASE_PREPARED" => Some("perhaps".to_owned()),
            "PAGE_SECONDS" => Some("0".to_owned()),
            "DATABASE_POOL" => Some("many".to_owned()),
            _ => None,
        };
        let mut wrong = vec![];

        Database::from_vars(&set, &mut wrong);

        let said = wrong.join("\n");
        for name in [
            "DATABASE_URL is missing",
            "DATABASE_DIRECT_URL must begin",
            "DATABASE_PREPARED must be on or off, not perhaps",
            "PAGE_SECONDS must be a number from 1 to 86400, not 0",
            "DATABASE_POOL must be a number from 2 to 500, not many",
        ] {
            assert!(said.contains(name), "{name} in {said}");
        }
    }
}
