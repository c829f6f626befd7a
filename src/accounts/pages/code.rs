//! `/sign-in/code`: the second step of signing in.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::client::Client;
use super::cookies;
use crate::accounts::attempts::{self, Answer, Attempt};
use crate::accounts::model::User;
use crate::accounts::{Token, second_factor, sessions};
use crate::config::Config;
use crate::db::{Db, Who};
use crate::types::{Fields, clock};
use crate::web::{Htmx, Result, html, local_path};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(check);
}

#[derive(Template)]
#[template(path = "accounts/code.html")]
struct Code {
    next: String,
    error: String,
}

#[get("/sign-in/code")]
async fn show(db: Db, htmx: Htmx, session: Session, typed: Fields) -> Result {
    match who_waits(&db, &session).await? {
        Some(_) => page(StatusCode::OK, &typed, ""),
        None => htmx.go("/sign-in"),
    }
}

#[post("/sign-in/code")]
async fn check(
    client: Client,
    db: Db,
    htmx: Htmx,
    session: Session,
    config: Data<Config>,
    form: Fields,
) -> Result {
    let Some((waiting, user)) = who_waits(&db, &session).await? else {
        return htmx.go("/sign-in");
    };
    let (sealing, code) = (config.clone(), form.get("code").to_owned());
    let opened = db.write(Who::from(user.id), move |act| {
        let (at, attempt) = (act.at(), attempt(&user, &client));
        let id = match attempts::begin(act, &attempt, at)? {
            Answer::Try(id) => id,
            Answer::Wait(until) => return Ok(Outcome::Wait(until)),
        };
        if !second_factor::use_code(act, &sealing, &user, &code)? {
            attempts::fail(act, id, &attempt)?;
            return Ok(Outcome::Wrong);
        }
        attempts::forget(act, &attempt)?;
        sessions::trace_sign_in(act, user.id, &client.origin)?;
        let opens = second_factor::open(act, &waiting, &client.origin)?;
        let browser =
            sessions::remember_browser(act, user.id, client.token.clone(), client.via(&sealing))?;
        Ok(Outcome::Right(opens, browser))
    });
    match opened.await? {
        Outcome::Right(opens, browser) => {
            cookies::open(&session, &opens)?;
            let mut answer = htmx.go(local_path(form.get("next")))?;
            cookies::know_browser(&mut answer, &config, &browser)?;
            Ok(answer)
        }
        Outcome::Wrong => page(StatusCode::UNPROCESSABLE_ENTITY, &form, WRONG),
        Outcome::Wait(until) => {
            let now = clock::now();
            let sentence = attempts::sentence(until, now);
            let mut answer = page(StatusCode::TOO_MANY_REQUESTS, &form, &sentence)?;
            let seconds = (until - now).num_seconds().max(0) + 1;
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
            Ok(answer)
        }
    }
}

const WRONG: &str = "This code is not right, or was used already. Wait for the next one.";

/// What came of a code.
enum Outcome {
    /// What opens the session, and what the browser is known by.
    Right(Token, Token),
    Wrong,
    Wait(chrono::DateTime<chrono::Utc>),
}

/// Codes are guessed no faster than passwords, and counted for themselves.
fn attempt(user: &User, client: &Client) -> Attempt {
    let account = format!("code of {}", user.email);
    Attempt::new(&account, &client.origin.address, None)
}

async fn who_waits(db: &Db, session: &Session) -> Result<Option<(Token, User)>> {
    let Some(token) = cookies::opened(session) else {
        return Ok(None);
    };
    let asked = token.clone();
    let user = db.read(move |conn| Ok(second_factor::who_waits(conn, &asked, clock::now())?));
    Ok(user.await?.map(|user| (token, user)))
}

fn page(status: StatusCode, form: &Fields, error: &str) -> Result<HttpResponse> {
    let page = Code {
        next: local_path(form.get("next")).to_owned(),
        error: error.to_owned(),
    };
    html::with_status(status, page)
}
