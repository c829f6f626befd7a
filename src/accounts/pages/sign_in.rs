//! `/sign-in` and `/sign-out`.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, get, post};
use askama::Template;

use super::address::ClientAddress;
use super::guess::{self, Verdict};
use super::session;
use crate::accounts::{forms, queries};
use crate::db::Db;
use crate::types::Fields;
use crate::web::{Htmx, Result, access, html, local_path};

/// The same for an unknown account and for a wrong password.
const WRONG: &str = "This e-mail address and password do not belong together.";

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignIn {
    email: String,
    next: String,
    error: String,
}

#[get("/sign-in")]
async fn show(request: HttpRequest, htmx: Htmx, typed: Fields) -> Result {
    let next = local_path(typed.get("next")).to_owned();
    if access::visitor(&request).is_some() {
        return htmx.go(next);
    }
    html::page(SignIn {
        email: String::new(),
        next,
        error: String::new(),
    })
}

#[post("/sign-in")]
async fn sign_in(
    ClientAddress(address): ClientAddress,
    db: Db,
    htmx: Htmx,
    session: Session,
    form: Fields,
) -> Result {
    let next = local_path(form.get("next")).to_owned();
    let account = forms::account(&form);
    let login = account.clone();
    let verdict = guess::check(&db, account, address, form.get("password"), move |conn| {
        Ok(queries::credentials(conn, &login)?)
    })
    .await?;
    let (status, error) = match verdict {
        Verdict::Right(account) => {
            session::begin(&session, account.id, account.session_epoch)?;
            tracing::info!(user.id = %account.id, "signed in");
            return htmx.go(next);
        }
        Verdict::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, WRONG.to_owned()),
        Verdict::Wait(sentence) => (StatusCode::TOO_MANY_REQUESTS, sentence),
    };
    let email = form.get("email").to_owned();
    html::with_status(status, SignIn { email, next, error })
}

#[post("/sign-out")]
async fn sign_out(htmx: Htmx, session: Session) -> Result {
    session.purge();
    htmx.go("/sign-in")
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(sign_in).service(sign_out);
}
