//! `/forgotten-password` and `/new-password`: for who cannot sign in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use super::client::Client;
use crate::accounts::letter::OPENS;
use crate::accounts::model::User;
use crate::accounts::{Token, forgotten, forms};
use crate::config::Config;
use crate::db::{Db, Who};
use crate::error::Error;
use crate::types::{FieldErrors, Fields, clock};
use crate::web::{Htmx, Result, html};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(ask)
        .service(choose)
        .service(change);
}

#[derive(Template)]
#[template(path = "accounts/forgotten_password.html")]
struct Forgotten {
    has_server: bool,
    was_asked: bool,
}

#[get("/forgotten-password")]
async fn show(config: Data<Config>) -> Result {
    html::page(Forgotten {
        has_server: config.smtp_url.is_some(),
        was_asked: false,
    })
}

#[post("/forgotten-password")]
async fn ask(client: Client, db: Db, config: Data<Config>, form: Fields) -> Result {
    let has_server = config.smtp_url.is_some();
    if has_server {
        let account = forms::account(&form);
        let asked = db.write(Who::BACKFILL, move |act| {
            forgotten::ask_for_link(act, &config, &account, &client.origin.address)
        });
        asked.await?;
    }
    html::page(Forgotten {
        has_server,
        was_asked: has_server,
    })
}

#[derive(Template)]
#[template(path = "accounts/new_password.html")]
struct NewPasswordPage {
    token: String,
    email: String,
    errors: FieldErrors,
}

#[get("/new-password")]
async fn choose(db: Db, typed: Fields) -> Result {
    let token = Token::sent(typed.get("token"));
    let owner = owner(&db, &token).await?;
    page(StatusCode::OK, &token, owner, FieldErrors::default())
}

#[post("/new-password")]
async fn change(client: Client, db: Db, htmx: Htmx, config: Data<Config>, form: Fields) -> Result {
    let token = Token::sent(form.get("token"));
    let owner = owner(&db, &token).await?;
    let changed = match forms::new_password(&form, &owner) {
        Ok(password) => {
            let opens = token.clone();
            let used = db.write(Who::BACKFILL, move |act| {
                Ok(forgotten::use_link(
                    act,
                    &opens,
                    &password,
                    client.via(&config),
                )?)
            });
            used.await
        }
        Err(errors) => Err(errors.into()),
    };
    match changed {
        Ok(()) => htmx.go("/sign-in?changed=yes"),
        Err(Error::Invalid(errors)) => {
            page(StatusCode::UNPROCESSABLE_ENTITY, &token, owner, errors)
        }
        Err(error) => Err(error),
    }
}

async fn owner(db: &Db, token: &Token) -> Result<User> {
    let token = token.clone();
    let owner = db.read(move |conn| Ok(forgotten::owner_of_link(conn, &token, clock::now())?));
    Ok(owner.await?.ok_or(crate::accounts::Error::LinkIsOver)?)
}

fn page(status: StatusCode, token: &Token, owner: User, errors: FieldErrors) -> Result {
    let page = NewPasswordPage {
        token: token.reveal().to_owned(),
        email: owner.email,
        errors,
    };
    html::with_status(status, page)
}
