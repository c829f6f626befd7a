//! Every environment variable, parsed once into one struct.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;

use crate::types::{MailServer, check_encryption};

/// A text that never prints.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself; do not log it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\u{2022}\u{2022}\u{2022}\u{2022}")
    }
}

/// How this Backfill runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: a PostgreSQL address. Required. `?sslmode=..` needs the feature `database-tls`.
    pub database_url: Secret,
    /// `DATABASE_POOL`: most connections to it; 16 if not set.
    pub database_pool: u32,
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
        let mut required = |name: &str, what: &str| {
            var(name).unwrap_or_else(|| {
                wrong.push(format!("{name} is missing: {what}"));
                String::new()
            })
        };
        let database_url = required("DATABASE_URL", "postgres://user:password@host/database");
        let public_url = required("PUBLIC_URL", "https://the.address.people.type");
        let session_key = required("SESSION_KEY", "64 or more random characters");

        if !database_url.is_empty() && !database_url.starts_with("postgres") {
            wrong.push("DATABASE_URL must begin with postgres://".into());
        }
        if let Err(why) = check_encryption(&database_url) {
            wrong.push(format!("DATABASE_URL {why}"));
        }
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
        let pool = var("DATABASE_POOL").unwrap_or_else(|| "16".into());
        let database_pool = pool.parse().ok().filter(|size| (2..=500).contains(size));
        if database_pool.is_none() {
            wrong.push(format!(
                "DATABASE_POOL must be a number from 2 to 500, not {pool}"
            ));
        }
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
        if !wrong.is_empty() {
            return Err(ConfigErrors(wrong));
        }
        Ok(Self {
            database_url: Secret::new(database_url),
            database_pool: database_pool.unwrap_or(16),
            bind,
            public_url: public_url.trim_end_matches('/').to_owned(),
            session_key: Secret::new(session_key),
            smtp_url: smtp_url.map(Secret::new),
            mail_from,
            trust_proxy: var("TRUST_PROXY").as_deref() == Some("1"),
        })
    }

    /// Whether cookies may only travel encrypted.
    pub fn secure_cookies(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// What a key must hold, as the letters in it tell.
const LEAST_BITS: f64 = 192.0;

/// How many bits a text holds at most, if its letters come in no order: Shannon's entropy of them.
fn bits(text: &str) -> f64 {
    let length = text.chars().count() as f64;
    let mut counts: HashMap<char, f64> = HashMap::new();
    for letter in text.chars() {
        *counts.entry(letter).or_default() += 1.0;
    }
    let each = counts.values().map(|count| count * (length / count).log2());
    each.sum()
}

/// Whether browsers can go there: a scheme, a host, and no query.
fn is_address(text: &str) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest else {
        return false;
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let of_host = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
    let begins = host.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '[');
    begins && host.chars().all(of_host) && !path.contains(['?', '#', ' '])
}

/// What is wrong with the address of the mail server, its file of certificates included.
fn check_mail_server(url: &str) -> Result<(), String> {
    match MailServer::parse(url)?.ca {
        Some(ca) => match std::fs::read(&ca) {
            Ok(_) => Ok(()),
            Err(why) => Err(format!(
                "names a ca that cannot be read: {}: {why}",
                ca.display()
            )),
        },
        None => Ok(()),
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

    #[test]
    fn a_secret_does_not_print() {
        assert!(!format!("{:?}", Secret::new("hunter2")).contains("hunter2"));
    }
}
