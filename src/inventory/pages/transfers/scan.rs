//! Goods of a transfer are picked, and taken in, by scan: each scan is saved.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::inventory::actions::scan_transfer;
use crate::inventory::queries::{self, PaperLine, TransferPapers};
use crate::inventory::{Transfer, TransferStatus, transfer_forms as forms};
use crate::types::{FieldErrors, Fields, Quantity, TransferId};
use crate::web::{Desk, Go, Leaf, Leaves, Result, Sheet, Shell, SignedIn, view};

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
    leaves: Leaves,
}
view!(Scanning; scanning => as_scanning);

impl Scanning {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: TransferId, leaf: &Leaf) -> Result<Self> {
        let mut papers = queries::transfer_papers(conn, id)?;
        let leaves = leaf.of(to_be_scanned(&papers).count());
        if leaves.are_many() {
            // What was scanned is received next: it is together on the first page.
            let lines = &mut papers.lines;
            lines.sort_by_key(|row| row.line.scanned.is_zero());
        }
        Ok(Self {
            leaves,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            papers,
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

    /// The lines of this page.
    fn lines(&self) -> impl Iterator<Item = &PaperLine> {
        let shown = self.leaves.range();
        to_be_scanned(&self.papers)
            .skip(shown.start)
            .take(shown.len())
    }

    /// Those of which units were scanned.
    fn scanned_lines(&self) -> impl Iterator<Item = &PaperLine> {
        self.lines().filter(|row| !row.line.scanned.is_zero())
    }

    /// Units of the lines of this page that were scanned.
    fn scanned_here(&self) -> Quantity {
        self.lines().map(|row| row.line.scanned).sum()
    }

    fn scanned(&self) -> Quantity {
        self.papers.lines.iter().map(|row| row.line.scanned).sum()
    }

    fn all_left(&self) -> Quantity {
        to_be_scanned(&self.papers).map(|row| self.left(row)).sum()
    }
}

/// Lines of which units are to be scanned, or were.
fn to_be_scanned(papers: &TransferPapers) -> impl Iterator<Item = &PaperLine> {
    let lines = papers.lines.iter();
    lines.filter(|row| !row.line.to_scan(&papers.transfer).is_zero())
}

#[get("/transfers/{id:\\d+}/scans")]
async fn show(desk: Desk<SignedIn>, id: Path<TransferId>, leaf: Query<Leaf>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        Scanning::load(conn, sheet, *id, &leaf)
    })
    .await
}

#[post("/transfers/{id:\\d+}/scans")]
async fn scan(desk: Desk<SignedIn>, id: Path<TransferId>, form: Fields) -> Result {
    let (id, leaf) = (*id, Leaf::typed(&form));
    let here = leaf.at(&format!("/transfers/{id}/scans"));
    desk.once(form, move |act, form| {
        let (called, times) = forms::scan(form)?;
        let now = scan_transfer(act, id, &called, times)?;
        let said = format!("{}: {} of {}.", now.sku, now.units, now.of);
        Ok(Go::to(&here).saying(said))
    })
    .in_place()
    .or_again(move |conn, sheet| Scanning::load(conn, sheet, id, &leaf))
    .await
}
