//! Codes that a phone shows: RFC 6238, six digits every thirty seconds.

use chrono::{DateTime, Utc};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};

use super::Error;
use super::model::User;
use crate::config::Config;
use crate::web::Seal;

/// What a phone and we have in common.
pub struct Phone {
    totp: Totp,
    secret: String,
}

impl Phone {
    /// One for an account that has none yet.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn fresh(user: &User, company: &str) -> Result<Self, Error> {
        Self::of(Secret::generate().to_base32(), user, company)
    }

    fn of(secret: String, user: &User, company: &str) -> Result<Self, Error> {
        let failed = |why: String| Error::NoRandom(format!("second factor: {why}"));
        let bytes = Secret::try_from_base32(&secret).map_err(|why| failed(why.to_string()))?;
        // A colon parts the two in the address.
        let named = |text: &str| text.replace(':', " ");
        let builder = Builder::new()
            .with_secret(bytes)
            .with_skew(1)
            .with_issuer(Some(named(company)))
            .with_account_name(named(&user.email));
        let totp = builder.build().map_err(|why| failed(why.to_string()))?;
        Ok(Self { totp, secret })
    }

    /// The one whose secret was sealed for a user; none, if it was sealed with another key.
    pub fn unsealed(config: &Config, user: &User, sealed: &str) -> Option<Self> {
        let secret = Seal::of(&config.session_key).open(&name(user), sealed)?;
        Self::of(secret, user, "Backfill").ok()
    }

    /// The secret as it is kept: encrypted with the key of the server, for this user alone.
    pub fn sealed(&self, config: &Config, user: &User) -> String {
        Seal::of(&config.session_key).close(&name(user), &self.secret)
    }

    /// The step of a code that is right now, or was half a minute ago, and comes after `used`.
    pub fn step_of(&self, code: &str, used: i64, now: DateTime<Utc>) -> Option<i64> {
        let code: String = code.chars().filter(|each| !each.is_whitespace()).collect();
        let now = u64::try_from(now.timestamp()).ok()?;
        let step = self.totp.check(&code, now)?;
        i64::try_from(step).ok().filter(|step| *step > used)
    }

    /// In groups of four, for who types it.
    pub fn in_groups(&self) -> String {
        let letters: Vec<char> = self.secret.chars().collect();
        let groups = letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join(" ")
    }

    /// What a phone looks at.
    ///
    /// # Errors
    /// When the names are too long for it.
    pub fn picture(&self) -> Result<Picture, Error> {
        let failed = |why: String| Error::NoRandom(format!("second factor: {why}"));
        let address = self.totp.to_url().map_err(|why| failed(why.to_string()))?;
        let code = QrCode::encode_text(&address, QrCodeEcc::Medium);
        Ok(Picture::of(&code.map_err(|why| failed(why.to_string()))?))
    }
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
