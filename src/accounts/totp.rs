//! Codes that a phone shows: RFC 6238, six digits every thirty seconds.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret};

use super::Error;
use super::model::User;
use crate::config::Config;
use crate::web::Seal;

/// What a phone and we have in common: a secret, in base 32.
pub struct Phone(String);

impl Phone {
    /// One for an account that has none yet.
    pub fn fresh() -> Self {
        Self(Secret::generate().to_base32())
    }

    /// The one whose secret was sealed for a user; none, if it was sealed with another key.
    pub fn unsealed(config: &Config, user: &User, sealed: &str) -> Option<Self> {
        let secret = Seal::of(&config.session_key).open(&name(user), sealed)?;
        Some(Self(secret))
    }

    /// The secret as it is kept: encrypted with the key of the server, for this user alone.
    pub fn sealed(&self, config: &Config, user: &User) -> String {
        Seal::of(&config.session_key).close(&name(user), &self.0)
    }

    /// The step of a code that is right now, or was half a minute ago, and comes after `used`.
    pub fn step_of(&self, code: &str, used: i64, now: DateTime<Utc>) -> Option<i64> {
        let code: String = code.chars().filter(|each| !each.is_whitespace()).collect();
        let now = u64::try_from(now.timestamp()).ok()?;
        let totp = self.builder().ok()?.build().ok()?;
        let step = totp.check(&code, now)?;
        i64::try_from(step).ok().filter(|step| *step > used)
    }

    /// In groups of four, for who types it.
    pub fn in_groups(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups = letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join(" ")
    }

    /// What a phone looks at, which then calls the account so.
    ///
    /// # Errors
    /// When the names are too long for it.
    pub fn picture(&self, user: &User, company: &str) -> Result<Picture, Error> {
        // A colon parts the two in the address.
        let named = |text: &str| text.replace(':', " ");
        let totp = self
            .builder()?
            .with_issuer(Some(named(company)))
            .with_account_name(named(&user.email))
            .build()
            .map_err(failed)?;
        let address = totp.to_url().map_err(failed)?;
        let code = QrCode::encode_text(&address, QrCodeEcc::Medium);
        Ok(Picture::of(&code.map_err(failed)?))
    }

    fn builder(&self) -> Result<Builder, Error> {
        let secret = Secret::try_from_base32(&self.0).map_err(failed)?;
        Ok(Builder::new().with_secret(secret).with_skew(1))
    }
}

fn failed(why: impl Display) -> Error {
    Error::NoRandom(format!("second factor: {why}"))
}

/// A QR code, as the path of an SVG.
pub struct Picture {
    /// Modules on each side, with the quiet zone.
    pub size: i32,
    pub path: String,
}

/// A reader needs so much room around it.
const QUIET: i32 = 4;

impl Picture {
    fn of(code: &QrCode) -> Self {
        let side = code.size();
        let cells = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        let dark = cells.filter(|(x, y)| code.get_module(*x, *y));
        let squares = dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET));
        Self {
            size: side + 2 * QUIET,
            path: squares.collect(),
        }
    }
}

fn name(user: &User) -> String {
    format!("phone-of-{}", user.id)
}
