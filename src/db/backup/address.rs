//! The address of a database in two parts: what everybody may see in the list of processes, and the
//! password.

use super::Error;
use crate::types::percent_decoded;

#[derive(Debug, PartialEq)]
pub struct Address {
    /// Without the password.
    pub shown: String,
    pub password: Option<String>,
}

impl Address {
    /// Parts `postgres://user:password@host/database?name=value`, in which the password may be a value
    /// too, as libpq does.
    pub fn parse(url: &str) -> Result<Address, Error> {
        let url = url.trim();
        let rest = url
            .strip_prefix("postgres://")
            .or(url.strip_prefix("postgresql://"))
            .ok_or(Error::Address("must begin with postgres://"))?;
        // First: a question mark in front of the host belongs to the password.
        let (user, rest) = match rest.find(['@', '/']) {
            Some(at) if rest[at..].starts_with('@') => (&rest[..at], &rest[at..]),
            _ => ("", rest),
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (user, in_front) = user.split_once(':').unwrap_or((user, ""));
        let (values, behind) = part_values(query)?;

        let password = behind.unwrap_or(in_front);
        let password = percent_decoded(password).ok_or(Error::Address(
            "has a password that is not percent-encoded (a % is written %25)",
        ))?;
        let mark = if values.is_empty() { "" } else { "?" };
        Ok(Address {
            shown: format!("postgres://{user}{place}{mark}{}", values.join("&")),
            password: Some(password).filter(|password| !password.is_empty()),
        })
    }
}

/// The values that may be seen, and the password if it is among them.
fn part_values(query: &str) -> Result<(Vec<&str>, Option<&str>), Error> {
    let (mut shown, mut password) = (vec![], None);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match percent_decoded(name).as_deref() {
            Some("password") => password = Some(value),
            Some("sslpassword") => {
                return Err(Error::Address(
                    "has a password for a key (sslpassword), which everybody would see; use a key without one",
                ));
            }
            _ => shown.push(pair),
        }
    }
    Ok((shown, password))
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn parted(url: &str) -> (String, Option<String>) {
        let address = Address::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
        (address.shown, address.password)
    }

    #[test]
    fn the_password_is_taken_out_wherever_it_stands() {
        let shop = "postgres://me@db.example:5433/shop";
        for (url, shown, password) in [
            ("postgres://me:a%40b+c@db.example:5433/shop", shop, "a@b+c"),
            ("postgresql://me:x@db.example:5433/shop", shop, "x"),
            ("postgres://me:p?x:y@db.example:5433/shop", shop, "p?x:y"),
            ("postgres://me@db.example:5433/shop?password=x", shop, "x"),
            (
                "postgres://me:w@db.example:5433/shop?passw%6Frd=x",
                shop,
                "x",
            ),
            (
                "postgres://me:x@one,two:5433/shop?target_session_attrs=read-write&sslmode=require",
                "postgres://me@one,two:5433/shop?target_session_attrs=read-write&sslmode=require",
                "x",
            ),
            (
                "postgres://:x@/shop?host=/run",
                "postgres://@/shop?host=/run",
                "x",
            ),
        ] {
            assert_eq!(parted(url), (shown.to_owned(), Some(password.to_owned())));
        }
    }

    #[test]
    fn an_address_without_a_password_stays_as_it_is() {
        for url in [
            "postgres://backfill@%2Ftmp%2Fsockets/backfill",
            "postgres:///shop?host=/run/postgresql",
            "postgres://db/shop@home",
        ] {
            assert_eq!(parted(url), (url.to_owned(), None));
        }
    }

    #[test]
    fn what_cannot_be_parted_is_refused_without_repeating_it() {
        for url in [
            "host=db password=secret",
            "postgres://me:100%secret@db/shop",
            "postgres://me@db/shop?sslkey=me.key&sslpassword=secret",
        ] {
            let refusal = Address::parse(url).expect_err(url).to_string();

            assert!(!refusal.contains("secret"), "{refusal}");
        }
    }
}
