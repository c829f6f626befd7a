//! Signing in and out, and the accounts behind it.

mod chromium;
mod forgotten;
mod guessing;
pub mod limited;
mod notices;
mod people;
mod rights;
mod second_factor;
mod sessions;
mod sign_in;
mod trail;

use crate::support::make::PASSWORD;
use crate::support::requests::{Browser, Reply};

pub async fn guess(browser: &Browser, email: &str) -> Reply {
    browser
        .post(
            "/sign-in",
            &[("email", email), ("password", "a wrong password")],
        )
        .await
}

pub async fn sign_in(browser: &Browser, email: &str) -> Reply {
    browser
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await
}
