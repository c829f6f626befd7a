//! The mail to a customer about dates: looked through, changed, sent.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;

use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::sales::actions::write_to_customer;
use crate::sales::forms::MessageForm;
use crate::sales::letter::{self, Papers};
use crate::sales::{self, Order};
use crate::types::{FieldErrors, OrderId};
use crate::web::{Htmx, Result, Shell, SignedIn, html};

/// Where it is.
pub fn routes(config: &mut ServiceConfig) {
    config.service(write).service(send);
}

#[derive(Template)]
#[template(path = "sales/orders/message.html", blocks = ["form"])]
struct Message {
    shell: Shell,
    papers: Papers,
    form: MessageForm,
    errors: FieldErrors,
    has_server: bool,
}

impl Message {
    fn order(&self) -> &Order {
        &self.papers.order
    }
}

#[get("/orders/{id:\\d+}/message")]
async fn write(
    db: Data<Db>,
    config: Data<Config>,
    shell: Shell,
    _: SignedIn,
    id: Path<OrderId>,
) -> Result {
    let papers = db.read(move |conn| Ok(letter::papers(conn, *id)?)).await?;
    html::page(Message {
        shell,
        form: MessageForm::of(papers.draft()?),
        papers,
        errors: FieldErrors::default(),
        has_server: config.smtp_url.is_some(),
    })
}

#[post("/orders/{id:\\d+}/message")]
async fn send(
    db: Data<Db>,
    config: Data<Config>,
    htmx: Htmx,
    shell: Shell,
    SignedIn(visitor): SignedIn,
    id: Path<OrderId>,
    form: Form<MessageForm>,
) -> Result {
    let (id, form, sender) = (*id, form.into_inner(), config.mail_from.clone());
    let input = form.parse();
    let sent = db
        .write(&visitor, move |act| {
            let (key, letter) = input.clone()?;
            let papers = letter::papers(act, id)?;
            let path = act.once(&key, |act| {
                write_to_customer(act, &papers, &letter, &sender, visitor.id)?;
                Ok::<_, sales::Error>(papers.order.path())
            })?;
            Ok(path)
        })
        .await;
    match sent {
        Ok(path) => htmx.go_saying(path, "The mail is on its way to the customer."),
        Err(Error::Invalid(errors)) => {
            let page = Message {
                shell,
                papers: db.read(move |conn| Ok(letter::papers(conn, id)?)).await?,
                form,
                errors,
                has_server: config.smtp_url.is_some(),
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
