//! `/profile`: one's own account, and its password.

use actix_session::Session;
use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::address::ClientAddress;
use super::{guess, session};
use crate::accounts::model::{OrganizerMail, User};
use crate::accounts::{actions, forms, limits, queries};
use crate::db::Db;
use crate::types::{FieldErrors, Fields, UserId};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

#[derive(Template)]
#[template(path = "accounts/profile.html", blocks = ["password_form"])]
struct Profile {
    shell: Shell,
    user: User,
    /// The warehouses they see, in words.
    warehouses: String,
    errors: FieldErrors,
}
view!(Profile; "password-form" => as_password_form);

fn profile(conn: &mut PgConnection, sheet: Sheet, id: UserId) -> Result<Profile> {
    Ok(Profile {
        shell: sheet.shell,
        user: queries::user(conn, id)?,
        warehouses: limits::in_words(&limits::limit_of(conn, id)?),
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
    ClientAddress(address): ClientAddress,
    desk: Desk<SignedIn>,
    db: Db,
    session: Session,
    form: Fields,
) -> Result {
    let id = desk.visitor().id;
    let user = db.read(move |conn| Ok(queries::user(conn, id)?)).await?;
    let checked = match forms::new_password(&form, &user.email) {
        Ok(password) => guess::own(&db, user, address, form.get("current"))
            .await?
            .map(|()| password),
        Err(errors) => Err(errors),
    };
    let acting = desk.act(form, move |act, _| {
        actions::set_password(act, id, &checked.clone()?.hash()?)?;
        Ok(Go::to("/profile").saying(
            "Your password was changed. Wherever else you were signed in, you are no longer.",
        ))
    });
    let answer = acting
        .or_again(move |conn, sheet| profile(conn, sheet, id))
        .await?;
    if !answer.status().is_client_error() {
        session::go_on(&session, &db, id).await?;
    }
    Ok(answer)
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
