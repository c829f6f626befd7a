//! The page of a transfer: its lines, what became of them, and its history.

use actix_web::get;
use actix_web::web::{Path, Query, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use super::arrivals::MOST_ARRIVALS;
use super::{day, typed_day};
use crate::inventory::queries::{self, Arrival, LossListed, PaperLine, TransferView};
use crate::inventory::{Transfer, TransferLine, TransferStatus};
use crate::stock::When;
use crate::types::{FieldErrors, Fields, Quantity, TransferId};
use crate::web::{Desk, Leaf, Leaves, Result, Right, Sheet, Shell, view};

/// Losses that the page lists; its lines say how many units of each are lost in all.
const MOST_LOSSES: usize = 20;

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "inventory/transfers/show.html", blocks = ["form"])]
pub(super) struct ShowTransfer {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    view: TransferView,
    leaves: Leaves,
}
view!(ShowTransfer as form title);

impl ShowTransfer {
    pub(super) fn load(conn: &mut PgConnection, sheet: Sheet, id: TransferId) -> Result<Self> {
        let view = queries::transfer_view(conn, id)?;
        Ok(Self {
            leaves: Leaf::typed(&sheet.typed).of(view.papers.lines.len()),
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
            view,
        })
    }

    fn title(&self) -> &str {
        &self.transfer().number
    }

    fn transfer(&self) -> &Transfer {
        &self.view.papers.transfer
    }

    fn is_draft(&self) -> bool {
        self.transfer().status == TransferStatus::Draft
    }

    /// Whether the reader may change the draft.
    fn may_edit(&self) -> bool {
        self.shell.is_manager() && self.is_draft()
    }

    /// Whether the reader may say what became of its goods.
    fn may_end(&self) -> bool {
        self.shell.may(Right::ReceiveGoods) && self.transfer().status.is_under_way()
    }

    /// Whether goods of it can be picked or taken in.
    fn may_scan(&self) -> bool {
        let is_open = TransferStatus::OPEN.contains(&self.transfer().status);
        is_open && !self.view.papers.lines.is_empty()
    }

    fn when(&self) -> When {
        self.transfer().when(self.shell.today())
    }

    /// When it arrives, or would have; empty: no day is said yet.
    fn expected(&self) -> String {
        match self.when() {
            When::NotOnOrder => day(self.transfer().expected_on),
            when => when.in_full(),
        }
    }

    fn typed_expected(&self) -> String {
        typed_day(self.transfer().expected_on)
    }

    fn sent_on(&self) -> String {
        let sent_at = self.transfer().sent_at.as_ref();
        sent_at.map_or_else(String::new, |at| self.shell.day(at))
    }

    /// The way of the transfer: label, and whether it is done, now or later.
    fn steps(&self) -> Vec<(&'static str, &'static str)> {
        use TransferStatus::{Cancelled, Draft, PartlyReceived, Received, Sent};
        let now = self.transfer().status;
        let way: &[TransferStatus] = match now {
            Cancelled if self.transfer().sent_at.is_some() => &[Draft, Sent, Cancelled],
            Cancelled => &[Draft, Cancelled],
            _ => &[Draft, Sent, PartlyReceived, Received],
        };
        let steps = way.iter().map(|step| {
            let state = match step.cmp(&now) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "later",
            };
            (step.label(), state)
        });
        steps.collect()
    }

    /// The lines of this page.
    fn listed(&self) -> &[PaperLine] {
        self.leaves.of(&self.view.papers.lines)
    }

    fn lines(&self) -> impl Iterator<Item = &TransferLine> {
        self.view.papers.lines.iter().map(|row| &row.line)
    }

    fn sum(&self, of: fn(&TransferLine) -> Quantity) -> Quantity {
        self.lines().map(of).sum()
    }

    fn units(&self) -> Quantity {
        self.sum(|line| line.quantity)
    }

    fn received(&self) -> Quantity {
        self.sum(|line| line.received)
    }

    fn lost(&self) -> Quantity {
        self.sum(|line| line.lost)
    }

    fn called_back(&self) -> Quantity {
        self.sum(|line| line.called_back)
    }

    fn under_way(&self) -> Quantity {
        self.sum(TransferLine::under_way)
    }

    /// `2 of them belong to orders`; empty where all is free.
    fn beyond_words(&self, row: &PaperLine) -> String {
        match row.beyond_free().get() {
            0 => String::new(),
            _ if row.free.is_zero() => "none is free".into(),
            _ => format!("only {} free", row.free),
        }
    }

    /// Where it is told which orders need a product there.
    fn needed_path(&self, row: &PaperLine) -> String {
        format!(
            "/replenishment/{}/{}/orders",
            self.transfer().to_warehouse_id,
            row.line.product_id
        )
    }

    /// The latest arrivals.
    fn arrivals(&self) -> &[Arrival] {
        let all = &self.view.arrivals;
        &all[..all.len().min(MOST_ARRIVALS)]
    }

    fn more_arrivals(&self) -> usize {
        self.view.arrivals.len().saturating_sub(MOST_ARRIVALS)
    }

    /// Where all units of all arrivals went.
    fn arrivals_path(&self) -> String {
        format!("{}/arrivals.csv", self.transfer().path())
    }

    /// The latest losses.
    fn losses(&self) -> &[LossListed] {
        let all = &self.view.losses;
        &all[..all.len().min(MOST_LOSSES)]
    }

    fn more_losses(&self) -> usize {
        self.view.losses.len().saturating_sub(MOST_LOSSES)
    }

    fn person<'a>(&self, who: &'a Option<String>) -> &'a str {
        who.as_deref().unwrap_or("Backfill")
    }
}

#[get("/transfers/{id:\\d+}")]
async fn show(desk: Desk, id: Path<TransferId>, leaf: Query<Leaf>) -> Result {
    desk.ask(leaf.fields(), move |conn, sheet| {
        ShowTransfer::load(conn, sheet, *id)
    })
    .await
}
