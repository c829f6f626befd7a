//! A transfer is sent: first what would leave, and which orders lose and gain by it.

use std::fmt::Display;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Days;
use diesel::PgConnection;

use crate::inventory::queries::{self, PaperLine, TransferPapers};
use crate::inventory::{Error, Transfer, preview_sending, send_transfer, transfer_forms as forms};
use crate::stock::Effects;
use crate::types::{FieldErrors, Fields, TransferId, TransferLineId, clock, dates, optional_date};
use crate::web::{Desk, Go, Leaf, Leaves, Manager, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(send);
}

#[derive(Template)]
#[template(path = "inventory/transfers/sending.html", blocks = ["form", "weighed"])]
struct SendingPage {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    papers: TransferPapers,
    /// Or what stands in the way of sending it.
    weighed: Result<Effects, String>,
    leaves: Leaves,
}
view!(SendingPage as form title; effects => as_weighed);

impl SendingPage {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Self> {
        let day = optional_date(sheet.typed.get("expected_on"));
        let weighed = preview_sending(conn, id, day.unwrap_or_default(), clock::now());
        let papers = queries::transfer_papers(conn, id)?;
        let weighed = match weighed {
            Ok(effects) => Ok(effects),
            Err(Error::OfTransferLine { line, why }) => Err(of_line(&papers, &qty(line), &why)),
            Err(gone @ (Error::Db(_) | Error::CannotBe { .. })) => return Err(gone.into()),
            Err(refusal) => Err(refusal.to_string()),
        };
        Ok(Self {
            leaves: Leaf::typed(&sheet.typed).of(papers.lines.len()),
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            papers,
            weighed,
        })
    }

    /// The lines of this page; all of them leave.
    fn lines(&self) -> &[PaperLine] {
        self.leaves.of(&self.papers.lines)
    }

    fn title(&self) -> String {
        format!("Send {}", self.transfer().number)
    }

    fn transfer(&self) -> &Transfer {
        &self.papers.transfer
    }

    /// Whether units of orders would leave.
    fn takes_from_orders(&self) -> bool {
        let mut lines = self.papers.lines.iter();
        lines.any(|row| !row.beyond_free().is_zero())
    }

    /// What is wrong with it, but for what stands beside its fields.
    fn complaints(&self) -> Vec<String> {
        let is_beside = |field: &str| match field {
            "expected_on" | "key" => true,
            "reason" => self.takes_from_orders(),
            _ => false,
        };
        let others = self.errors.iter();
        let others = others.filter(|(field, _)| !is_beside(field));
        others
            .map(|(field, sentence)| of_line(&self.papers, field, sentence))
            .collect()
    }

    /// The day it is expected before anybody types another.
    fn day(&self) -> String {
        let day = self.transfer().expected_on;
        let day = day.unwrap_or_else(|| self.shell.today() + Days::new(1));
        day.to_string()
    }

    fn beyond(&self, row: &PaperLine) -> Option<String> {
        let units = row.beyond_free();
        (!units.is_zero()).then(|| format!("{units} not free"))
    }
}

/// The name of the quantity box of a line.
fn qty(line: TransferLineId) -> String {
    format!("qty-{line}")
}

/// What is wrong with a line names its product; anything else is told as it is.
fn of_line(papers: &TransferPapers, field: &str, sentence: impl Display) -> String {
    let mut lines = papers.lines.iter();
    match lines.find(|row| row.qty() == field) {
        Some(row) => format!("{}: {sentence}", row.sku),
        None => sentence.to_string(),
    }
}

#[get("/transfers/{id:\\d+}/sending")]
async fn ask(desk: Desk<Manager>, id: Path<TransferId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| {
        SendingPage::load(conn, sheet, *id)
    })
    .await
}

#[post("/transfers/{id:\\d+}/sending")]
async fn send(desk: Desk<Manager>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let transfer = send_transfer(act, id, &forms::sending(form)?)?;
        Ok(Go::from(transfer.record()).saying(under_way_words(&transfer)))
    })
    .or_again(move |conn, sheet| SendingPage::load(conn, sheet, id))
    .await
}

/// That it was sent, and when it comes.
pub(super) fn under_way_words(transfer: &Transfer) -> String {
    let day = transfer.expected_on.as_ref().map(dates::day);
    format!(
        "{} is under way, expected on {}.",
        transfer.number,
        day.unwrap_or_default()
    )
}
