//! `/profile`: one's own account, and its password.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use super::address::ClientAddress;
use super::guess::{self, Verdict};
use super::session;
use crate::accounts::error::Error as Refusal;
use crate::accounts::forms::PasswordForm;
use crate::accounts::model::User;
use crate::accounts::{actions, queries};
use crate::db::Db;
use crate::error::Error;
use crate::types::FieldErrors;
use crate::web::{Htmx, Result, Shell, SignedIn, html};

#[derive(Template)]
#[template(path = "accounts/profile.html", blocks = ["password_form"])]
struct Profile {
    shell: Shell,
    user: User,
    errors: FieldErrors,
}

impl Profile {
    fn answer(self, status: StatusCode, htmx: &Htmx) -> Result {
        if htmx.targets("password-form") {
            html::with_status(status, self.as_password_form())
        } else {
            html::with_status(status, self)
        }
    }
}

#[get("/profile")]
async fn show(shell: Shell, db: Data<Db>, SignedIn(visitor): SignedIn) -> Result {
    let user = db
        .read(move |conn| Ok(queries::user(conn, visitor.id)?))
        .await?;
    html::page(Profile {
        shell,
        user,
        errors: FieldErrors::default(),
    })
}

#[post("/profile/password")]
async fn change_password(
    ClientAddress(address): ClientAddress,
    shell: Shell,
    db: Data<Db>,
    htmx: Htmx,
    session: Session,
    SignedIn(visitor): SignedIn,
    form: Form<PasswordForm>,
) -> Result {
    let id = visitor.id;
    let user = db.read(move |conn| Ok(queries::user(conn, id)?)).await?;
    let page = |user, errors| Profile {
        shell,
        user,
        errors,
    };
    let form = form.into_inner();
    let password = match form.parse(&user.email) {
        Ok(password) => password,
        Err(errors) => return page(user, errors).answer(StatusCode::UNPROCESSABLE_ENTITY, &htmx),
    };

    let account = user.email.clone();
    let verdict = guess::check(&db, account, address, form.current, move |conn| {
        Ok(Some(queries::credentials_of(conn, id)?))
    })
    .await?;
    match verdict {
        Verdict::Right(_) => {}
        Verdict::Wrong => {
            let Error::Invalid(errors) = Refusal::WrongPassword.into() else {
                return Err(Error::Forbidden);
            };
            return page(user, errors).answer(StatusCode::UNPROCESSABLE_ENTITY, &htmx);
        }
        Verdict::Wait(sentence) => {
            let errors = FieldErrors::one("current", sentence);
            return page(user, errors).answer(StatusCode::UNPROCESSABLE_ENTITY, &htmx);
        }
    }

    let hash = actix_web::web::block(move || password.hash()).await??;
    let epoch = db
        .write(&visitor, move |act| {
            Ok(actions::set_password(act, id, &hash, Some(id))?)
        })
        .await?;
    session::begin(&session, id, epoch)?;
    htmx.go_saying(
        "/profile",
        "Your password was changed. Wherever else you were signed in, you are no longer.",
    )
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(change_password);
}
