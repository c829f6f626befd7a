//! What a cookie or a link holds, and what is kept of it.

use rand::RngExt;
use sha2::{Digest, Sha256};

/// 256 random bits that open something. It has no `Debug`, and only its hash is kept.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// One that nobody has.
    pub fn fresh() -> Self {
        let bits: [u128; 2] = rand::rng().random();
        Self(format!("{:032x}{:032x}", bits[0], bits[1]))
    }

    /// What a browser sent; anything else than a token has a hash that opens nothing.
    pub fn sent(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The token itself: for the cookie or the link, never for a log.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept: SHA-256. It needs no salt, as nobody guesses 256 bits.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_token_is_like_another_and_the_same_has_the_same_hash() {
        let token = Token::fresh();

        assert_eq!(token.reveal().len(), 64);
        assert_ne!(token.hash(), Token::fresh().hash());
        assert_eq!(token.hash(), Token::sent(token.reveal()).hash());
        assert_eq!(token.hash().len(), 32);
    }
}
