//! The mail that tells a customer that a parcel left: whether there is one, and what it says.

use actix_web::web::{Data, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, ShippingMail};
use crate::config::Config;
use crate::preparation::{forms, mail};
use crate::types::{FieldErrors, Fields};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(show).service(save).service(preview);
}

const PATH: &str = "/settings/shipping-mail";

#[derive(Template)]
#[template(path = "preparation/shipping_mail.html", blocks = ["form"])]
struct EditMail {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    /// Subject and text of an example; none: there is something wrong with the template.
    example: Option<(String, String)>,
}
view!(EditMail as form title; "shipping-mail" => as_form);

impl EditMail {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        let typed = match sheet.typed.has("text") {
            true => sheet.typed,
            false => typed(&catalog::shipping_mail(conn)?),
        };
        let (mut errors, mut example) = (sheet.errors, None);
        match forms::shipping_mail(&typed, "") {
            Ok(says) => {
                let said = mail::Said::example(&catalog::company(conn)?.name);
                example = Some(mail::written(&says, &said));
            }
            Err(wrong) if errors.is_empty() => errors = wrong,
            Err(_) => {}
        }
        Ok(Self {
            shell: sheet.shell,
            typed,
            errors,
            example,
        })
    }

    fn title(&self) -> &'static str {
        "Mail when a parcel leaves"
    }

    /// `{customer}: the name of the customer`.
    fn fields(&self) -> impl Iterator<Item = String> {
        let fields = mail::FIELDS.iter();
        fields.map(|(name, means)| format!("{{{name}}}: {means}"))
    }
}

/// What stands in the form until somebody types: the usual where nothing else was said.
fn typed(kept: &ShippingMail) -> Fields {
    let or = |own: &str, usual: &str| if own.is_empty() { usual } else { own }.to_owned();
    let typed = Fields::default()
        .with("subject", or(&kept.subject, mail::USUAL_SUBJECT))
        .with("text", or(&kept.text, mail::USUAL_TEXT));
    match kept.is_wanted {
        true => typed.with("is_wanted", true),
        false => typed,
    }
}

#[get("/settings/shipping-mail")]
async fn show(desk: Desk<Admin>) -> Result {
    desk.ask(Fields::default(), EditMail::load).await
}

#[post("/settings/shipping-mail")]
async fn save(desk: Desk<Admin>, config: Data<Config>, form: Fields) -> Result {
    desk.act(form, move |act, form| {
        let says = forms::shipping_mail(form, &config.mail_from)?;
        catalog::set_shipping_mail(act, &says)?;
        Ok(Go::to(PATH).saying("The mail was saved."))
    })
    .or_again(EditMail::load)
    .await
}

#[post("/settings/shipping-mail/preview")]
async fn preview(desk: Desk<Admin>, form: Fields) -> Result {
    desk.ask(form, EditMail::load).await
}
