//! Where somebody is signed in, and how long that lasts.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::accounts::{forms, sessions};
use crate::types::{FieldErrors, Fields, SessionId};
use crate::web::{Admin, Desk, Go, Result, Role, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(end_others)
        .service(end)
        .service(show)
        .service(change);
}

#[post("/profile/sessions/{id}/end")]
async fn end(desk: Desk<SignedIn>, id: Path<SessionId>) -> Result {
    let user = desk.visitor().id;
    desk.act(Fields::default(), move |act, _| {
        sessions::end(act, user, *id)?;
        Ok(Go::to("/profile").saying("It was signed out there."))
    })
    .await
}

#[post("/profile/sessions/end")]
async fn end_others(desk: Desk<SignedIn>) -> Result {
    let (user, kept) = (desk.visitor().id, desk.visitor().session);
    desk.act(Fields::default(), move |act, _| {
        sessions::end_all(act, user, Some(kept))?;
        Ok(Go::to("/profile").saying("You are signed in here only."))
    })
    .await
}

#[derive(Template)]
#[template(path = "accounts/sign_in_rules.html", blocks = ["form"])]
struct Rules {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
}
view!(Rules; "rules" => as_form);

fn rules(conn: &mut PgConnection, sheet: Sheet) -> Result<Rules> {
    let rules = sessions::sign_in_rules(conn)?;
    let needed = rules.second_factor_from.map_or("", Role::as_str);
    Ok(Rules {
        shell: sheet.shell,
        typed: sheet
            .typed
            .with("idle_hours", rules.idle_hours)
            .with("longest_days", rules.longest_days)
            .with("second_factor_from", needed),
        errors: sheet.errors,
    })
}

#[get("/users/rules")]
async fn show(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), rules).await
}

#[post("/users/rules")]
async fn change(desk: Desk<Admin>, form: Fields) -> Result {
    desk.act(form, |act, form| {
        sessions::set_sign_in_rules(act, &forms::sign_in_rules(form)?)?;
        Ok(Go::to("/users/rules").saying("Saved."))
    })
    .or_again(rules)
    .await
}
