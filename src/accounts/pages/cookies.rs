//! What browsers carry: who is signed in, and that somebody once was.

use actix_session::Session;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::token::Token;
use crate::config::Config;
use crate::error::{Error, Result};

/// Within the cookie of the session.
const KEY: &str = "token";
const BROWSER: &str = "known";

/// The name of a cookie of ours. Encrypted, a browser takes it from this very host alone.
pub fn named(config: &Config, name: &str) -> String {
    match config.secure_cookies() {
        true => format!("__Host-backfill-{name}"),
        false => format!("backfill-{name}"),
    }
}

/// The session that the cookie opens from now on, under a new cookie.
///
/// # Errors
/// When the cookie cannot hold it.
pub fn open(session: &Session, token: &Token) -> Result<()> {
    session.renew();
    session
        .insert(KEY, token.reveal())
        .map_err(|error| Error::Failure(format!("session: {error}")))
}

/// What the cookie opens, if it is there.
pub fn opened(session: &Session) -> Option<Token> {
    session.get::<String>(KEY).ok()?.map(Token::sent)
}

/// What the browser carries since somebody signed in with it.
pub fn browser(request: &HttpRequest) -> Option<Token> {
    let config = request.app_data::<Data<Config>>()?;
    let cookie = request.cookie(&named(config, BROWSER))?;
    Some(Token::sent(cookie.value()))
}

/// Has the browser carry it for a year.
///
/// # Errors
/// When the answer cannot hold it.
pub fn know_browser(answer: &mut HttpResponse, config: &Config, token: &Token) -> Result<()> {
    let cookie = Cookie::build(named(config, BROWSER), token.reveal())
        .path("/")
        .secure(config.secure_cookies())
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    answer
        .add_cookie(&cookie)
        .map_err(|error| Error::Failure(format!("cookie: {error}")))
}
