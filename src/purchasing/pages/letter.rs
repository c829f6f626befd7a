//! The mail to the supplier: looked through, changed, sent.

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;

use crate::config::Config;
use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::letter::Papers;
use crate::purchasing::{self, Letter, PurchaseOrder, Sending};
use crate::types::{FieldErrors, PurchaseOrderId};
use crate::web::{Htmx, Manager, Result, Shell, SignedIn, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(preview).service(paper).service(send);
}

#[derive(Template)]
#[template(path = "purchasing/orders/letter.html", blocks = ["form"])]
struct Preview {
    shell: Shell,
    papers: Papers,
    letter: Letter,
    typed: Typed,
    errors: FieldErrors,
    has_server: bool,
}

impl Preview {
    fn order(&self) -> &PurchaseOrder {
        &self.papers.order
    }
}

#[get("/purchase-orders/{id:\\d+}/letter")]
async fn preview(
    db: Data<Db>,
    config: Data<Config>,
    shell: Shell,
    _: Manager,
    id: Path<PurchaseOrderId>,
) -> Result {
    let page = db
        .read(move |conn| {
            let papers = purchasing::papers(conn, *id)?;
            Ok(Preview {
                shell,
                letter: purchasing::letter(&papers)?,
                papers,
                typed: Typed::default(),
                errors: FieldErrors::default(),
                has_server: config.smtp_url.is_some(),
            })
        })
        .await?;
    html::page(page)
}

#[get("/purchase-orders/{id:\\d+}/letter.pdf")]
async fn paper(db: Data<Db>, _: SignedIn, id: Path<PurchaseOrderId>) -> Result {
    let papers = db
        .read(move |conn| Ok(purchasing::papers(conn, *id)?))
        .await?;
    let name = papers.file_name();
    let pdf = actix_web::web::block(move || purchasing::pdf(&papers)).await??;
    html::pdf(&name, pdf)
}

#[post("/purchase-orders/{id:\\d+}/sending")]
async fn send(
    db: Data<Db>,
    config: Data<Config>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let without_mail = typed.has("without_mail");
    let how = if without_mail {
        Ok(Sending::WithoutMail)
    } else {
        typed.letter().map(|letter| Sending::Edited {
            sender: config.mail_from.clone(),
            letter,
            version: typed.version(),
        })
    };
    let sent = db
        .write(&buyer, move |act| {
            let (by, at) = (Some(buyer.id), Utc::now());
            Ok(purchasing::send(act, id, &how.clone()?, by, at)?)
        })
        .await;
    match sent {
        Ok(order) if without_mail => {
            htmx.go_saying(order.path(), format!("{} is marked as sent.", order.number))
        }
        Ok(order) => htmx.go_saying(
            order.path(),
            format!("{} is sent: the mail is on its way.", order.number),
        ),
        Err(Error::Invalid(errors)) => {
            let papers = db
                .read(move |conn| Ok(purchasing::papers(conn, id)?))
                .await?;
            let page = Preview {
                shell,
                letter: purchasing::letter(&papers)?,
                papers,
                typed,
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
