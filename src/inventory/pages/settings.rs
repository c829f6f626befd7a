//! `/settings`: the company, and the rules that hold in all its warehouses. For admins.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog;
use crate::config::Config;
use crate::inventory::{change_company, forms, preview_company};
use crate::stock::Consent;
use crate::stock::pages::Asked;
use crate::types::{FieldErrors, Fields, Zone};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(save);
}

#[derive(Template)]
#[template(path = "inventory/settings.html", blocks = ["form"])]
struct Settings {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    asked: Asked,
    sends_mail: bool,
    mail_from: String,
}
view!(Settings as form title);

impl Settings {
    fn load(conn: &mut PgConnection, sheet: Sheet, config: &Config) -> Result<Self> {
        let asked = Asked::about(&sheet.errors, || {
            Ok(preview_company(conn, &forms::company(&sheet.typed)?)?)
        })?;
        Ok(Self {
            shell: sheet.shell,
            asked,
            typed: sheet.typed.or_of(&catalog::company(conn)?),
            errors: sheet.errors,
            sends_mail: config.smtp_url.is_some(),
            mail_from: config.mail_from.clone(),
        })
    }

    fn zones(&self) -> impl Iterator<Item = (&'static str, bool)> {
        let chosen = self.typed.get("time_zone").to_owned();
        Zone::all().map(move |zone| (zone.name(), zone.name() == chosen))
    }

    fn title(&self) -> &'static str {
        "Settings"
    }
}

#[get("/settings")]
async fn show(desk: Desk<Admin>, config: Data<Config>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Settings::load(conn, sheet, &config)
    })
    .await
}

#[post("/settings")]
async fn save(desk: Desk<Admin>, config: Data<Config>, form: Fields) -> Result {
    desk.act(form, |act, form| {
        change_company(act, &forms::company(form)?, &Consent::typed(form))?;
        Ok(Go::to("/settings").saying("The settings were saved."))
    })
    .or_again(move |conn, sheet| Settings::load(conn, sheet, &config))
    .await
}
