//! Passwords: the only place that knows argon2. Slow by design: call it on the blocking pool.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::error::{Error, Result};

const LEAST: usize = 10;
const MOST: usize = 128;

/// What people read beside the field.
pub const RULE: &str = "At least 10 characters. A few words are easier to remember than signs.";

/// A password that obeys the rules and is not hashed yet; it has no `Debug`.
#[derive(Clone)]
pub struct NewPassword(String);

impl NewPassword {
    /// Parses what somebody chose for the account `email`.
    ///
    /// # Errors
    /// A sentence for the reader: too short, too long or too easy to guess.
    pub fn parse(text: &str, email: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if length < LEAST {
            return Err(format!("Use at least {LEAST} characters."));
        }
        if length > MOST {
            return Err(format!("Use at most {MOST} characters."));
        }
        if text.trim().eq_ignore_ascii_case(email.trim()) {
            return Err("The e-mail address is the first thing anybody would try.".into());
        }
        if text.chars().all(|letter| text.starts_with(letter)) {
            return Err("One letter repeated is easy to guess.".into());
        }
        Ok(Self(text.to_owned()))
    }

    /// The argon2id hash to store.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn hash(&self) -> Result<String> {
        hash(&self.0)
    }
}

/// Whether `password` is the one of `hash`. Without a hash it takes as long, so that the time
/// does not tell whether there is such an account.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<Option<String>> =
        LazyLock::new(|| self::hash("a password that opens nothing").ok());

    let nobody = NOBODY.as_deref().unwrap_or_default();
    let matches = Argon2::default()
        .verify_password(password.as_bytes(), hash.unwrap_or(nobody))
        .is_ok();
    matches && hash.is_some()
}

fn hash(password: &str) -> Result<String> {
    let hash: argon2::password_hash::phc::PasswordHash = Argon2::default()
        .hash_password(password.as_bytes())
        .map_err(|error| Error::Failure(format!("password: {error}")))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_what_it_was_set_for_and_nothing_else() {
        let hash = NewPassword::parse("correct horse battery", "a@b.example")
            .expect("long enough")
            .hash()
            .expect("random numbers");

        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("correct horse battery", Some(&hash)));
        assert!(!verify("correct horse batterz", Some(&hash)));
        assert!(!verify("a password that opens nothing", None));
    }

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        for bad in [
            "short",
            "anna@shop.example",
            "Anna@Shop.example",
            "aaaaaaaaaaaa",
            &"long".repeat(33),
        ] {
            assert!(
                NewPassword::parse(bad, "anna@shop.example").is_err(),
                "{bad}"
            );
        }
    }
}
