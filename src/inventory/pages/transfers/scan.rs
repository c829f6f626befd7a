//! Goods of a transfer are picked, and taken in, by scan: each scan is saved.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::inventory::actions::scan_transfer;
use crate::inventory::queries::{self, PaperLine, TransferPapers};
use crate::inventory::{Transfer, TransferStatus, transfer_forms as forms};
use crate::types::{FieldErrors, Fields, Quantity, TransferId};
use crate::web::{Desk, Go, Result, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(scan);
}

#[derive(Template)]
#[template(path = "inventory/transfers/scan.html", blocks = ["scanning"])]
struct Scanning {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    papers: TransferPapers,
}
view!(Scanning; scanning => as_scanning);

impl Scanning {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            papers: queries::transfer_papers(conn, id)?,
        })
    }

    fn transfer(&self) -> &Transfer {
        &self.papers.transfer
    }

    fn title(&self) -> String {
        format!("{} {}", self.step(), self.transfer().number)
    }

    fn is_draft(&self) -> bool {
        self.transfer().status == TransferStatus::Draft
    }

    fn is_open(&self) -> bool {
        TransferStatus::OPEN.contains(&self.transfer().status)
    }

    /// What is done by scanning.
    fn step(&self) -> &'static str {
        if self.is_draft() { "Pick" } else { "Receive" }
    }

    fn to_scan(&self, row: &PaperLine) -> Quantity {
        row.line.to_scan(self.transfer())
    }

    fn left(&self, row: &PaperLine) -> Quantity {
        self.to_scan(row).less(row.line.scanned)
    }

    /// Lines of which units are to be scanned, or were.
    fn lines(&self) -> impl Iterator<Item = &PaperLine> {
        let lines = self.papers.lines.iter();
        lines.filter(|row| !self.to_scan(row).is_zero())
    }

    fn scanned(&self) -> Quantity {
        self.papers.lines.iter().map(|row| row.line.scanned).sum()
    }

    fn all_left(&self) -> Quantity {
        self.lines().map(|row| self.left(row)).sum()
    }
}

#[get("/transfers/{id:\\d+}/scans")]
async fn show(desk: Desk<SignedIn>, id: Path<TransferId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Scanning::load(conn, sheet, *id)
    })
    .await
}

#[post("/transfers/{id:\\d+}/scans")]
async fn scan(desk: Desk<SignedIn>, id: Path<TransferId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let (called, times) = forms::scan(form)?;
        let now = scan_transfer(act, id, &called, times)?;
        let said = format!("{}: {} of {}.", now.sku, now.units, now.of);
        Ok(Go::to(format!("/transfers/{id}/scans")).saying(said))
    })
    .in_place()
    .or_again(move |conn, sheet| Scanning::load(conn, sheet, id))
    .await
}
