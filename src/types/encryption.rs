//! Whether what is said to the database is encrypted.

/// Whether this Backfill was built to encrypt it.
const POSSIBLE: bool = cfg!(feature = "database-tls");

/// Refuses the address of a database that insists on encryption when there can be none, rather than
/// let the way there fail with words that help nobody.
///
/// # Errors
/// A sentence that never repeats the address, for it may hold a password.
pub fn check_encryption(address: &str) -> Result<(), String> {
    if POSSIBLE || !insists(address) {
        return Ok(());
    }
    Err(
        "asks for encryption (sslmode), which this Backfill was built without: build it with \
        `cargo build --release --features database-tls`, or leave sslmode out if the way to the \
        database is private"
            .into(),
    )
}

/// Whether an address says so: `postgres://host/name?sslmode=require`, or `host=.. sslmode=require`.
fn insists(address: &str) -> bool {
    let starts = |at: usize| {
        let before = address[..at].chars().next_back();
        before.is_none_or(|before| "?&".contains(before) || before.is_whitespace())
    };
    let value = |name: &str| {
        let mut found = address.rmatch_indices(name);
        found.find(|(at, _)| starts(*at)).map_or("", |(at, _)| {
            let rest = address[at + name.len()..].trim_start();
            let value = rest.strip_prefix('=').unwrap_or_default().trim_start();
            let value = value.trim_start_matches('\'');
            let end = value.find(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'));
            &value[..end.unwrap_or(value.len())]
        })
    };
    // The second is how Java says it, and PostgreSQL understands.
    ["require", "verify-ca", "verify-full"].contains(&value("sslmode")) || value("ssl") == "true"
}

#[cfg(test)]
mod tests {
    use super::{POSSIBLE, check_encryption, insists};

    #[test]
    fn an_address_insists_on_encryption_in_either_form() {
        for insisting in [
            "postgres://me:secret@db.example/shop?sslmode=require",
            "postgresql://db/shop?connect_timeout=5&sslmode=verify-full&sslrootcert=ca.pem",
            "postgres://db/shop?ssl=true",
            "postgres://db/shop?sslmode=prefer&sslmode=verify-ca",
            "host=db sslmode=require",
            "sslmode = 'verify-ca' host=db",
        ] {
            assert!(insists(insisting), "{insisting}");
        }
        for content in [
            "postgres://me:sslmode@db/sslmode",
            "postgres://db/shop?sslmode=prefer",
            "postgres://db/shop?sslmode=require&sslmode=disable",
            "host=db sslmode=allow",
            "host=db password=sslmode=require",
        ] {
            assert!(!insists(content), "{content}");
        }
    }

    #[test]
    fn a_build_without_encryption_says_how_to_get_it() {
        let checked = check_encryption("postgres://me:secret@db/shop?sslmode=require");

        assert_eq!(checked.is_ok(), POSSIBLE);
        if let Err(why) = checked {
            assert!(why.contains("--features database-tls"), "{why}");
            assert!(!why.contains("secret"), "{why}");
        }
    }
}
