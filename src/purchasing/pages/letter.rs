//! The mail to the supplier: looked through, changed, sent.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::order::page;
use crate::config::Config;
use crate::purchasing::letter::Papers;
use crate::purchasing::rate::must_have_rate;
use crate::purchasing::{self, Letter, PurchaseOrder, Sending, forms};
use crate::types::{FieldErrors, Fields, PurchaseOrderId};
use crate::web::{Desk, Go, MaySendPurchaseOrders, Result, Sheet, Shell, SignedIn, html, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(ask)
        .service(save_first)
        .service(paper)
        .service(send);
}

#[derive(Template)]
#[template(path = "purchasing/orders/letter.html", blocks = ["form"])]
struct Preview {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    papers: Papers,
    letter: Letter,
    has_server: bool,
}

view!(Preview as form title);

impl Preview {
    fn order(&self) -> &PurchaseOrder {
        &self.papers.order
    }

    /// What is wrong with its lines.
    fn wrong_lines(&self) -> impl Iterator<Item = &str> {
        let errors = self.errors.iter();
        let of_lines = errors.filter(|(field, _)| field.starts_with("qty-"));
        of_lines.map(|(_, sentence)| sentence)
    }

    fn title(&self) -> String {
        format!("Send {}", self.order().number)
    }
}

fn preview(
    conn: &mut PgConnection,
    sheet: Sheet,
    id: PurchaseOrderId,
    config: &Config,
) -> Result<Preview> {
    let papers = purchasing::papers(conn, id, sheet.shell.today())?;
    Ok(Preview {
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        letter: purchasing::letter(&papers)?,
        papers,
        has_server: config.smtp_url.is_some(),
    })
}

#[get("/purchase-orders/{id:\\d+}/letter")]
async fn ask(
    desk: Desk<MaySendPurchaseOrders>,
    config: Data<Config>,
    id: Path<PurchaseOrderId>,
) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        preview(conn, sheet, *id, &config)
    })
    .await
}

/// Saves what was typed into the draft, then shows the mail.
#[post("/purchase-orders/{id:\\d+}/letter")]
async fn save_first(
    desk: Desk<MaySendPurchaseOrders>,
    id: Path<PurchaseOrderId>,
    form: Fields,
) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let order = purchasing::edit_draft(act, id, &forms::draft_edit(form)?)?;
        must_have_rate(&order)?;
        Ok(Go::to(format!("{}/letter", order.path())))
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

#[get("/purchase-orders/{id:\\d+}/letter.pdf")]
async fn paper(desk: Desk<SignedIn>, id: Path<PurchaseOrderId>) -> Result {
    let today = desk.today();
    let papers = desk.read(move |conn| Ok(purchasing::papers(conn, *id, today)?));
    let papers = papers.await?;
    let name = papers.file_name();
    let pdf = actix_web::web::block(move || purchasing::pdf(&papers)).await??;
    html::pdf(&name, pdf)
}

#[post("/purchase-orders/{id:\\d+}/sending")]
async fn send(
    desk: Desk<MaySendPurchaseOrders>,
    config: Data<Config>,
    id: Path<PurchaseOrderId>,
    form: Fields,
) -> Result {
    let (id, ours) = (*id, config.clone());
    desk.once(form, move |act, form| {
        let how = how(form, &ours.mail_from)?;
        let order = purchasing::send(act, id, &how)?;
        let sentence = match how {
            Sending::WithoutMail => format!("{} is marked as sent.", order.number),
            _ => format!(
                "{} is sent. The mail {}.",
                order.number,
                ours.fate_of_mail()
            ),
        };
        Ok(Go::from(order.record()).saying(sentence))
    })
    .or_again(move |conn, sheet| preview(conn, sheet, id, &config))
    .await
}

/// How it is sent.
fn how(form: &Fields, sender: &str) -> Result<Sending, FieldErrors> {
    if form.has("without_mail") {
        return Ok(Sending::WithoutMail);
    }
    Ok(Sending::Edited {
        sender: sender.to_owned(),
        letter: forms::letter(form)?,
        version: form.version(),
    })
}
