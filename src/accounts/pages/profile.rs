//! `/profile`: one's own account, and its password.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::client::Client;
use super::guess;
use crate::accounts::attempts::Attempt;
use crate::accounts::model::{OrganizerMail, User};
use crate::accounts::sessions::{self, Session};
use crate::accounts::{actions, forms, limits, queries};
use crate::config::Config;
use crate::db::Db;
use crate::types::{FieldErrors, Fields, UserId, clock};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

#[derive(Template)]
#[template(path = "accounts/profile.html", blocks = ["password_form"])]
pub(super) struct Profile {
    shell: Shell,
    user: User,
    /// The warehouses they see, in words.
    warehouses: String,
    sessions: Vec<Session>,
    errors: FieldErrors,
}
view!(Profile; "password-form" => as_password_form);

pub(super) fn profile(conn: &mut PgConnection, sheet: Sheet, id: UserId) -> Result<Profile> {
    Ok(Profile {
        shell: sheet.shell,
        user: queries::user(conn, id)?,
        warehouses: limits::in_words(&limits::limit_of(conn, id)?),
        sessions: sessions::sessions_of(conn, id, clock::now())?,
        errors: sheet.errors,
    })
}

#[get("/profile")]
async fn show(desk: Desk<SignedIn>) -> Result {
    let id = desk.visitor().id;
    desk.ask(Fields::default(), move |conn, sheet| {
        profile(conn, sheet, id)
    })
    .await
}

#[post("/profile/password")]
async fn change_password(
    client: Client,
    desk: Desk<SignedIn>,
    db: Db,
    config: Data<Config>,
    form: Fields,
) -> Result {
    let (id, kept) = (desk.visitor().id, desk.visitor().session);
    let user = db.read(move |conn| Ok(queries::user(conn, id)?)).await?;
    let attempt = Attempt::new(&user.email, &client.origin.address, client.token.as_ref());
    let checked = match forms::new_password(&form, &user) {
        Ok(password) => guess::own(&db, &user, attempt, form.get("current"))
            .await?
            .map(|()| password),
        Err(errors) => Err(errors),
    };
    desk.act(form, move |act, _| {
        actions::set_password(act, id, &checked.clone()?, Some(kept), client.via(&config))?;
        Ok(Go::to("/profile").saying(
            "Your password was changed. Wherever else you were signed in, you are no longer.",
        ))
    })
    .or_again(move |conn, sheet| profile(conn, sheet, id))
    .await
}

#[post("/profile/mail")]
async fn choose_mail(desk: Desk<SignedIn>, form: Fields) -> Result {
    let id = desk.visitor().id;
    desk.act(form, move |act, form| {
        actions::choose_mail(act, id, forms::organizer_mail(form)?)?;
        Ok(Go::to("/profile").saying("Saved."))
    })
    .or_again(move |conn, sheet| profile(conn, sheet, id))
    .await
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(change_password)
        .service(choose_mail);
}
