//! The mail to a customer about a return: looked through, changed, sent.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog;
use crate::config::Config;
use crate::returns::queries::{self, ReturnView};
use crate::returns::{forms, letter};
use crate::sales;
use crate::types::{FieldErrors, Fields, RecordRef, ReturnId};
use crate::web::{Desk, Go, MayMailCustomers, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(write).service(send);
}

#[derive(Template)]
#[template(path = "returns/message.html", blocks = ["form"])]
struct Message {
    shell: Shell,
    view: ReturnView,
    typed: Fields,
    errors: FieldErrors,
    has_server: bool,
}
view!(Message as form title);

impl Message {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: ReturnId, has_server: bool) -> Result<Self> {
        let view = queries::view(conn, id)?;
        let draft = letter::draft(&view, &catalog::company(conn)?)?;
        let typed = sheet.typed.with("recipients", &draft.recipients);
        let typed = typed.with("subject", &draft.subject);
        Ok(Self {
            shell: sheet.shell,
            view,
            typed: typed.with("text", &draft.text),
            errors: sheet.errors,
            has_server,
        })
    }

    fn title(&self) -> String {
        format!("Write to {}", self.view.customer.name)
    }
}

#[get("/returns/{id:\\d+}/message")]
async fn write(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    id: Path<ReturnId>,
    typed: Fields,
) -> Result {
    let has_server = config.smtp_url.is_some();
    desk.ask(typed, move |conn, sheet| {
        Message::load(conn, sheet, *id, has_server)
    })
    .await
}

#[post("/returns/{id:\\d+}/message")]
async fn send(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    id: Path<ReturnId>,
    form: Fields,
) -> Result {
    let (id, has_server) = (*id, config.smtp_url.is_some());
    desk.once(form, move |act, form| {
        let letter = forms::letter(form)?;
        let order = queries::one(act, id)?.order_id;
        sales::write_about(act, order, &letter, &config.mail_from)?;
        let sentence = format!("The mail to the customer {}.", config.fate_of_mail());
        Ok(Go::from(RecordRef::Return(id)).saying(sentence))
    })
    .or_again(move |conn, sheet| Message::load(conn, sheet, id, has_server))
    .await
}
