//! The mail to a customer about dates: looked through, changed, sent.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::config::Config;
use crate::sales::actions::{customer_knows, write_to_customer};
use crate::sales::letter::Opening;
use crate::sales::papers::{self, Papers};
use crate::sales::{Order, forms};
use crate::types::{FieldErrors, Fields, OrderId, RecordRef};
use crate::web::{Desk, Go, MayMailCustomers, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(write).service(send).service(knows);
}

#[derive(Template)]
#[template(path = "sales/orders/message.html", blocks = ["form"])]
struct Message {
    shell: Shell,
    papers: Papers,
    typed: Fields,
    errors: FieldErrors,
    has_server: bool,
}
view!(Message as form title);

impl Message {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: OrderId, has_server: bool) -> Result<Self> {
        let today = sheet.shell.today();
        let papers = papers::papers(conn, id, today)?;
        let draft = papers.draft(&Opening::default(), today)?;
        Ok(Self {
            shell: sheet.shell,
            typed: forms::of_draft(&sheet.typed, &draft, &papers),
            papers,
            errors: sheet.errors,
            has_server,
        })
    }

    fn title(&self) -> String {
        format!("Write to {}", self.papers.customer.name)
    }

    fn order(&self) -> &Order {
        &self.papers.order
    }
}

#[get("/orders/{id:\\d+}/message")]
async fn write(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    id: Path<OrderId>,
    typed: Fields,
) -> Result {
    let has_server = config.smtp_url.is_some();
    desk.ask(typed, move |conn, sheet| {
        Message::load(conn, sheet, *id, has_server)
    })
    .await
}

#[post("/orders/{id:\\d+}/message")]
async fn send(
    desk: Desk<MayMailCustomers>,
    config: Data<Config>,
    id: Path<OrderId>,
    form: Fields,
) -> Result {
    let (id, has_server) = (*id, config.smtp_url.is_some());
    desk.once(form, move |act, form| {
        write_to_customer(act, &forms::letter(form, id)?, &config.mail_from)?;
        let sentence = format!("The mail to the customer {}.", config.fate_of_mail());
        Ok(Go::from(RecordRef::Order(id)).saying(sentence))
    })
    .or_again(move |conn, sheet| Message::load(conn, sheet, id, has_server))
    .await
}

#[post("/orders/{id:\\d+}/knows")]
async fn knows(desk: Desk<SignedIn>, id: Path<OrderId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        customer_knows(act, id, form.get("seen"))?;
        Ok(Go::from(RecordRef::Order(id)).saying("Noted: the customer knows the dates."))
    })
    .await
}
