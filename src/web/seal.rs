//! What is kept so that nobody but this program reads it again.

use actix_web::cookie::{Cookie, CookieJar, Key};

use crate::config::Secret;

/// Encrypts with a key made of the key of sessions: another one there opens nothing of it.
pub struct Seal(Key);

impl Seal {
    pub fn of(session_key: &Secret) -> Self {
        Self(Key::derive_from(session_key.reveal().as_bytes()))
    }

    /// The text encrypted, for what has this name alone.
    pub fn close(&self, name: &str, text: &str) -> String {
        let mut jar = CookieJar::new();
        let plain = Cookie::new(name.to_owned(), text.to_owned());
        jar.private_mut(&self.0).add(plain);
        jar.get(name)
            .map_or_else(String::new, |sealed| sealed.value().to_owned())
    }

    /// The text again; none, if it was closed for another name or with another key.
    pub fn open(&self, name: &str, sealed: &str) -> Option<String> {
        let sealed = Cookie::new(name.to_owned(), sealed.to_owned());
        let opened = CookieJar::new().private(&self.0).decrypt(sealed)?;
        Some(opened.value().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_opens_with_its_name_and_its_key_alone() {
        let key = |letter: &str| Seal::of(&Secret::new(letter.repeat(64)));
        let sealed = key("a").close("phone-of-1", "JBSWY3DPEHPK3PXP");

        assert!(!sealed.contains("JBSWY"));
        assert_eq!(
            key("a").open("phone-of-1", &sealed).as_deref(),
            Some("JBSWY3DPEHPK3PXP")
        );
        assert_eq!(key("a").open("phone-of-2", &sealed), None);
        assert_eq!(key("b").open("phone-of-1", &sealed), None);
        assert_eq!(key("a").open("phone-of-1", "nonsense"), None);
    }
}
