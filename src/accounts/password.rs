//! Passwords: what may be one, and whether somebody knows it. Slow by design: call it on the blocking pool.

use std::sync::LazyLock;

use super::{Error, hashing};
use crate::error::Result;

const LEAST: usize = 12;
/// So much is left of a password without what others know of its owner.
const LEAST_OF_ITS_OWN: usize = 8;
/// Shorter parts of names are no hint.
const PART: usize = 3;
const MOST: usize = 128;

/// What people read beside the field.
pub const RULE: &str = "At least 12 characters. A few words are easier to remember than symbols.";

/// What others know of the owner of a password, so that it is nothing of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

impl Owner<'_> {
    /// Words of the name, and of the address on both sides of the sign, and us.
    fn words(self) -> impl Iterator<Item = String> {
        let words = [self.name, self.email, "backfill"].join(" ").to_lowercase();
        let mut words: Vec<String> = words
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| word.chars().count() >= PART)
            .map(str::to_owned)
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter()
    }
}

/// A password that obeys the rules and is not hashed yet; it has no `Debug`.
#[derive(Clone)]
pub struct NewPassword(String);

impl NewPassword {
    /// Parses what somebody chose.
    ///
    /// # Errors
    /// A sentence for the reader: too short, too long or too easy to guess.
    pub fn parse(text: &str, owner: Owner<'_>) -> Result<Self, String> {
        let length = text.chars().count();
        if length < LEAST {
            return Err(format!("Use at least {LEAST} characters."));
        }
        if length > MOST {
            return Err(format!("Use at most {MOST} characters."));
        }
        if is_common(text) {
            return Err("Many people use this one: it is tried first.".into());
        }
        if text.chars().all(|letter| text.starts_with(letter)) {
            return Err("One letter repeated is easy to guess.".into());
        }
        if of_its_own(text, owner) < LEAST_OF_ITS_OWN {
            return Err(
                "This is too close to the name or the address: anybody would try it.".into(),
            );
        }
        Ok(Self(text.to_owned()))
    }

    /// One that is no secret: of a shop to look at, where everybody knows it.
    pub fn everybody_knows(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether it is the one of `hash`. Slow.
    pub fn is(&self, hash: &str) -> bool {
        verify(&self.0, Some(hash))
    }

    /// The argon2id hash to store.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn hash(&self) -> Result<String, Error> {
        hash(&self.0)
    }
}

/// Whether `password` is the one of `hash`. Without a hash it takes as long, so that the time
/// does not tell whether there is such an account.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<Option<String>> =
        LazyLock::new(|| self::hash("a password that opens nothing").ok());

    let nobody = NOBODY.as_deref().unwrap_or_default();
    hashing::is_of(password, hash.unwrap_or(nobody)) && hash.is_some()
}

/// Whether it is one of the 100,000 that people choose most, in any case of its letters.
fn is_common(text: &str) -> bool {
    let lower = text.to_lowercase();
    [text, lower.as_str()]
        .into_iter()
        .any(passwords::analyzer::is_common_password)
}

/// Letters and digits that are left without what others know.
fn of_its_own(text: &str, owner: Owner<'_>) -> usize {
    let mut rest = text.to_lowercase();
    for word in owner.words() {
        rest = rest.replace(&word, " ");
    }
    rest.chars()
        .filter(|letter| letter.is_alphanumeric())
        .count()
}

fn hash(password: &str) -> Result<String, Error> {
    hashing::hash(password).map_err(|error| Error::NoRandom(format!("password: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_what_it_was_set_for_and_nothing_else() {
        let hash = NewPassword::parse("correct horse battery", Owner::default())
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
        let anna = Owner {
            name: "Anna Åberg",
            email: "anna.aberg@shop.example",
        };
        let why = |text: &str| NewPassword::parse(text, anna).err().unwrap_or_default();

        for (bad, because) in [
            ("short", "at least 12"),
            ("elevenchars", "at least 12"),
            (&"long".repeat(33), "at most 128"),
            ("ßßßßßßßßßßßß", "One letter"),
            ("123456789012", "Many people"),
            ("1Qaz2Wsx3Edc", "Many people"),
            ("anna.aberg@shop.example", "too close"),
            ("Anna.Aberg@Shop.example", "too close"),
            ("AnnaÅberg-2026", "too close"),
            ("backfill-shop-1", "too close"),
        ] {
            assert!(why(bad).contains(because), "{bad}: {}", why(bad));
        }
        assert_eq!(why("anna likes rainy mondays"), "");
    }
}
