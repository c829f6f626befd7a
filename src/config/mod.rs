//! Every environment variable, parsed once into one struct.

mod checks;
mod database;
mod secret;

use std::net::SocketAddr;
use std::time::Duration;

use self::checks::{LEAST_BITS, bits, check_mail_server, is_address};
pub use self::database::{Database, Times};
pub use self::secret::Secret;

/// How this Backfill runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_*`, `PAGE_SECONDS`, `ACTION_SECONDS`, `IMPORT_SECONDS`: the way to PostgreSQL.
    pub database: Database,
    /// `BIND`: address and port to listen on; `127.0.0.1:8080` if not set.
    pub bind: SocketAddr,
    /// `PUBLIC_URL`: where browsers find it, such as `https://backfill.example.com`. Required.
    /// Cookies are marked secure when it begins with `https`.
    pub public_url: String,
    /// `SESSION_KEY`: at least 64 characters that sign the session cookie. Required.
    pub session_key: Secret,
    /// `SMTP_URL`: the mail server, such as `smtp://user:password@mail.example.com:587?tls=required`
    /// (STARTTLS), `smtps://...`, or `smtp://localhost:25` (not encrypted). User and password are
    /// percent-encoded; `ca=/path/to/ca.pem` trusts a private authority instead of the system's.
    /// Without it mails are kept readable under `/mails` and not sent.
    pub smtp_url: Option<Secret>,
    /// `MAIL_FROM`: sender of all mail; `backfill@localhost` if not set. Required with `SMTP_URL`.
    pub mail_from: String,
    /// `FORM_SECONDS`: how long a form may take to arrive, a file twenty times as long; 30 if not set.
    pub form_time: Duration,
    /// `TRUST_PROXY`: `1` when a reverse proxy sets `X-Forwarded-For`.
    pub trust_proxy: bool,
}

/// Every variable that is missing or wrong, a sentence each.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration is not complete:\n  {}", .0.join("\n  "))]
pub struct ConfigErrors(pub Vec<String>);

impl Config {
    /// What becomes of a mail that was queued, to end a sentence with.
    pub const fn fate_of_mail(&self) -> &'static str {
        match self.smtp_url {
            Some(_) => "is on its way",
            None => "waits under Mails: no mail server is configured",
        }
    }

    /// Reads the environment.
    ///
    /// # Errors
    /// All missing and bad variables together.
    pub fn from_env() -> Result<Self, ConfigErrors> {
        Self::from_vars(|name| std::env::var(name).ok())
    }

    /// Reads variables through `var`: the environment, or a test's own.
    ///
    /// # Errors
    /// All missing and bad variables together.
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigErrors> {
        let mut wrong = Vec::new();
        let var = |name: &str| var(name).filter(|value| !value.trim().is_empty());
        let database = Database::from_vars(&var, &mut wrong);
        let mut required = |name: &str, what: &str| {
            var(name).unwrap_or_else(|| {
                wrong.push(format!("{name} is missing: {what}"));
                String::new()
            })
        };
        let public_url = required("PUBLIC_URL", "https://the.address.people.type");
        let session_key = required("SESSION_KEY", "64 or more random characters");

        if !public_url.is_empty() && !is_address(&public_url) {
            wrong.push(format!(
                "PUBLIC_URL is no address such as https://backfill.example.com: {public_url}"
            ));
        }
        if !session_key.is_empty() && session_key.len() < 64 {
            wrong.push(format!(
                "SESSION_KEY has {} characters, it needs 64",
                session_key.len()
            ));
        } else if !session_key.is_empty() && bits(&session_key) < LEAST_BITS {
            wrong.push("SESSION_KEY repeats itself: take 64 random characters".into());
        }
        let bind = var("BIND").unwrap_or_else(|| "127.0.0.1:8080".into());
        let bind = bind.parse().unwrap_or_else(|_| {
            wrong.push(format!("BIND is not an address and port: {bind}"));
            SocketAddr::from(([127, 0, 0, 1], 8080))
        });
        let smtp_url = var("SMTP_URL");
        if let Some(url) = &smtp_url
            && let Err(why) = check_mail_server(url)
        {
            wrong.push(format!("SMTP_URL {why}"));
        }
        let mail_from = var("MAIL_FROM");
        if smtp_url.is_some() && mail_from.is_none() {
            wrong.push("MAIL_FROM is missing: SMTP_URL is set, so mail needs a sender".into());
        }
        let mail_from = mail_from.unwrap_or_else(|| "Backfill <backfill@localhost>".into());
        if mail_from.parse::<lettre::message::Mailbox>().is_err() {
            wrong.push(format!("MAIL_FROM is not an address: {mail_from}"));
        }
        let form_time = database::number(&var, "FORM_SECONDS", 30, 1..=3_600, &mut wrong);
        let form_time = Duration::from_secs(form_time);
        if !wrong.is_empty() {
            return Err(ConfigErrors(wrong));
        }
        Ok(Self {
            database,
            bind,
            public_url: public_url.trim_end_matches('/').to_owned(),
            session_key: Secret::new(session_key),
            smtp_url: smtp_url.map(Secret::new),
            mail_from,
            form_time,
            trust_proxy: var("TRUST_PROXY").as_deref() == Some("1"),
        })
    }

    /// Whether cookies may only travel encrypted.
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_missing_or_bad_variable_is_reported_together() {
        let errors = Config::from_vars(|name| match name {
            "BIND" => Some("here".into()),
            "SMTP_URL" => Some("http://mail".into()),
            _ => None,
        })
        .expect_err("nothing required is there");

        for name in [
            "DATABASE_URL",
            "PUBLIC_URL",
            "SESSION_KEY",
            "BIND",
            "SMTP_URL",
            "MAIL_FROM",
        ] {
            assert!(errors.to_string().contains(name), "{name} in {errors}");
        }
    }

    #[test]
    fn a_key_that_repeats_itself_and_an_address_that_is_none_are_refused() {
        let wrong = |key: &str, url: &str| {
            let vars = |name: &str| match name {
                "DATABASE_URL" => Some("postgres://db/shop".to_owned()),
                "PUBLIC_URL" => Some(url.to_owned()),
                "SESSION_KEY" => Some(key.to_owned()),
                _ => None,
            };
            Config::from_vars(vars)
                .err()
                .map(|errors| errors.to_string())
                .unwrap_or_default()
        };
        let key = "4c1b9a7f03de2856".repeat(4);

        assert_eq!(wrong(&key, "https://backfill.example.com"), "");
        for weak in ["a".repeat(64), "ab".repeat(40), "secret".repeat(12)] {
            assert!(
                wrong(&weak, "http://here").contains("repeats itself"),
                "{weak}"
            );
        }
        for none in [
            "https://",
            "https:///orders",
            "httpx://shop",
            "shop.example",
            "https://a b",
            "http://x?y",
        ] {
            assert!(wrong(&key, none).contains("is no address"), "{none}");
        }
    }

    #[test]
    fn certificates_that_cannot_be_read_are_told_at_the_start() {
        let errors = Config::from_vars(|name| match name {
            "SMTP_URL" => Some("smtps://mail?ca=/nowhere/ca.pem".into()),
            _ => None,
        })
        .expect_err("the file is not there");

        assert!(errors.to_string().contains("/nowhere/ca.pem"), "{errors}");
    }

    #[cfg(not(feature = "database-tls"))]
    #[test]
    fn encryption_that_was_not_built_in_is_refused_with_the_rest() {
        let errors = Config::from_vars(|name| match name {
            "DATABASE_URL" => Some("postgres://me:secret@db/shop?sslmode=verify-full".into()),
            _ => None,
        })
        .expect_err("it cannot be encrypted");

        let said = errors.to_string();
        assert!(said.contains("DATABASE_URL asks for encryption"), "{said}");
        assert!(said.contains("SESSION_KEY is missing"), "{said}");
    }
}
