//! The key that makes a request sent twice act once.

use std::fmt;

use rand::RngExt;

/// Carried by a form as a hidden field; the first post with a key acts, a repeated one gets the
/// first answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey(String);

impl RequestKey {
    /// The field of a form that carries it.
    pub const FIELD: &str = "key";

    /// A key no other form carries: 128 random bits.
    pub fn fresh() -> Self {
        Self(format!("{:032x}", rand::rng().random::<u128>()))
    }

    /// The key a form sent.
    ///
    /// # Errors
    /// A sentence for the reader, when the form carried no usable key.
    pub fn parse(text: &str) -> Result<Self, String> {
        if (8..=100).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err("This form has expired: open the page again.".into())
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
