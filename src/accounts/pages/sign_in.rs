//! `/sign-in` and `/sign-out`.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::client::Client;
use super::cookies;
use super::guess::{self, Verdict};
use crate::accounts::attempts::Attempt;
use crate::accounts::{Credentials, Token, forms, queries, sessions};
use crate::config::Config;
use crate::db::{Db, Trace, Who};
use crate::types::{Event, Fields, RecordRef};
use crate::web::{Htmx, Result, SignedIn, access, html, local_path};

/// The same for an unknown account and for a wrong password.
const WRONG: &str = "This e-mail address and password do not belong together.";

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignIn {
    email: String,
    next: String,
    error: String,
    /// They chose a new password just now.
    has_new_password: bool,
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
        has_new_password: typed.has("changed"),
    })
}

#[post("/sign-in")]
async fn sign_in(
    client: Client,
    db: Db,
    htmx: Htmx,
    session: Session,
    config: Data<Config>,
    form: Fields,
) -> Result {
    let next = local_path(form.get("next")).to_owned();
    let account = forms::account(&form);
    let attempt = Attempt::new(&account, &client.origin.address, client.token.as_ref());
    let find = move |conn: &mut _| Ok(queries::credentials(conn, &account)?);
    match guess::check(&db, attempt, form.get("password"), find).await? {
        Verdict::Right(person) => match begin(&db, person, client, &config).await? {
            Some((opens, Some(browser))) => {
                cookies::open(&session, &opens)?;
                let mut answer = htmx.go(next)?;
                cookies::know_browser(&mut answer, &config, &browser)?;
                Ok(answer)
            }
            Some((opens, None)) => {
                cookies::open(&session, &opens)?;
                let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
                htmx.go(format!("/sign-in/code?{query}"))
            }
            None => again(StatusCode::UNPROCESSABLE_ENTITY, &form, WRONG),
        },
        Verdict::Wrong => again(StatusCode::UNPROCESSABLE_ENTITY, &form, WRONG),
        Verdict::Wait(wait) => {
            let mut answer = again(StatusCode::TOO_MANY_REQUESTS, &form, &wait.sentence)?;
            answer
                .headers_mut()
                .insert(RETRY_AFTER, wait.seconds.into());
            Ok(answer)
        }
    }
}

/// What opens the session, and what the browser is known by, unless a code is to follow; none if the
/// password was changed since.
async fn begin(
    db: &Db,
    person: Credentials,
    client: Client,
    config: &Data<Config>,
) -> Result<Option<(Token, Option<Token>)>> {
    let (id, config) = (person.id, config.clone());
    let begun = db.write(Who::from(id), move |act| {
        let Some(opens) = sessions::begin(act, &person, &client.origin)? else {
            return Ok(None);
        };
        if person.totp_since.is_none() {
            sessions::trace_sign_in(act, person.id, &client.origin)?;
        }
        let browser = match person.totp_since {
            Some(_) => None,
            None => Some(sessions::remember_browser(
                act,
                person.id,
                client.token.clone(),
                client.via(&config),
            )?),
        };
        Ok(Some((opens, browser)))
    });
    let begun = begun.await?;
    tracing::info!(user.id = %id, "signed in");
    Ok(begun)
}

fn again(status: StatusCode, form: &Fields, error: &str) -> Result<HttpResponse> {
    let page = SignIn {
        email: form.get("email").to_owned(),
        next: local_path(form.get("next")).to_owned(),
        error: error.to_owned(),
        has_new_password: false,
    };
    html::with_status(status, page)
}

#[post("/sign-out")]
async fn sign_out(
    client: Client,
    visitor: Option<SignedIn>,
    db: Db,
    htmx: Htmx,
    session: Session,
) -> Result {
    if let Some(SignedIn(visitor)) = visitor {
        let ended = db.write(&visitor, move |act| {
            sessions::end(act, visitor.id, visitor.session)?;
            Ok(act.trace(&Trace {
                event: &Event::SignedOut,
                record: Some(RecordRef::User(visitor.id)),
                address: &client.origin.address,
            })?)
        });
        ended.await?;
    }
    session.purge();
    htmx.go("/sign-in")
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(sign_in).service(sign_out);
}
