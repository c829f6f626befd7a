//! `/settings`: the company, and the rules that hold in all its warehouses. For admins.

use actix_web::web::{Data, Form, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::catalog;
use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::inventory::change_company;
use crate::inventory::forms::CompanyForm;
use crate::types::FieldErrors;
use crate::web::{Admin, Htmx, Result, Shell, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(save);
}

#[derive(Template)]
#[template(path = "inventory/settings.html", blocks = ["form"])]
struct Settings {
    shell: Shell,
    form: CompanyForm,
    errors: FieldErrors,
    sends_mail: bool,
    mail_from: String,
}

#[get("/settings")]
async fn show(db: Data<Db>, config: Data<Config>, shell: Shell, _: Admin) -> Result {
    let company = db.read(|conn| Ok(catalog::company(conn)?)).await?;
    html::page(Settings {
        shell,
        form: company.into(),
        errors: FieldErrors::default(),
        sends_mail: config.smtp_url.is_some(),
        mail_from: config.mail_from.clone(),
    })
}

#[post("/settings")]
async fn save(
    db: Data<Db>,
    config: Data<Config>,
    htmx: Htmx,
    shell: Shell,
    Admin(admin): Admin,
    form: Form<CompanyForm>,
) -> Result {
    let form = form.into_inner();
    let input = form.parse();
    let saved = db
        .write(&admin, move |act| {
            Ok(change_company(act, &input.clone()?, Some(admin.id))?)
        })
        .await;
    match saved {
        Ok(()) => htmx.go_saying("/settings", "The settings were saved."),
        Err(Error::Invalid(errors)) => {
            let page = Settings {
                shell,
                form,
                errors,
                sends_mail: config.smtp_url.is_some(),
                mail_from: config.mail_from.clone(),
            };
            if htmx.asks() {
                html::invalid(page.as_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}
