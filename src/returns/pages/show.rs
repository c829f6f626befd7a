//! The page of a return: what is in its parcel, and then where each unit went.

use actix_web::get;
use actix_web::web::{Path, ServiceConfig};
use askama::Template;
use diesel::PgConnection;

use super::new::MOST_LINES;
use crate::returns::queries::{self, LineBack, ReturnView};
use crate::returns::{Return, ReturnReason};
use crate::stock::Assigned;
use crate::types::{FieldErrors, Fields, Quantity, RecordRef, ReturnId, counted};
use crate::web::{Desk, Result, Right, Sheet, Shell, SignedIn, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show);
}

#[derive(Template)]
#[template(path = "returns/show.html", blocks = ["returning", "replacing"])]
pub(super) struct ShowReturn {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    view: ReturnView,
}
view!(ShowReturn; returning => as_returning; replacing => as_replacing);

impl ShowReturn {
    pub(super) fn load(conn: &mut PgConnection, sheet: Sheet, id: ReturnId) -> Result<Self> {
        Ok(Self {
            view: queries::view(conn, id)?,
            shell: sheet.shell,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn of(&self) -> &Return {
        &self.view.of
    }

    fn may_receive(&self) -> bool {
        self.of().is_announced() && self.shell.may(Right::ReceiveGoods)
    }

    /// The lines that are listed: while it is to come, also those that nobody spoke of yet.
    fn listed(&self) -> impl Iterator<Item = &LineBack> {
        let all = self.of().is_announced();
        let lines = self.view.lines.iter().enumerate();
        let lines = lines.filter(move |(at, line)| line.is_named || all && *at < MOST_LINES);
        lines.map(|(_, line)| line)
    }

    /// Lines that may be in the parcel and are not listed.
    fn more(&self) -> usize {
        match self.of().is_announced() {
            true => self.view.lines.len() - self.listed().count(),
            false => 0,
        }
    }

    fn sum(&self, units: fn(&LineBack) -> Quantity) -> Quantity {
        self.view.lines.iter().map(units).sum()
    }

    /// Units that were scanned so far.
    fn scanned(&self) -> Quantity {
        self.sum(LineBack::back)
    }

    /// What stands in a box: what was typed, else what is known; nothing for none.
    fn value(&self, line: &LineBack, name: &str, known: &Quantity) -> String {
        let known = match known.get() {
            0 => String::new(),
            units => units.to_string(),
        };
        self.typed.or(&line.field(name), known)
    }

    fn bin(&self, line: &LineBack) -> String {
        self.typed.or(&line.field("bin"), &line.bin)
    }

    fn error(&self, line: &LineBack, name: &str) -> &str {
        self.errors.get(&line.field(name))
    }

    /// All good units that may be in the parcel, for the button that fills them in.
    fn all_of(&self, line: &LineBack) -> String {
        line.announced.to_string()
    }

    fn reasons(&self) -> &'static [ReturnReason] {
        ReturnReason::ALL
    }

    fn is_for(&self, line: &LineBack, reason: &ReturnReason) -> bool {
        let typed = self.typed.get(&line.field("reason")).parse();
        typed.unwrap_or(line.reason) == *reason
    }

    fn note(&self) -> String {
        self.typed.or("note", &self.of().note)
    }

    /// `2 for order SO-000012, 1 to bin A-03.`
    fn in_words(&self) -> String {
        let parts = self.view.products.iter().flat_map(|product| {
            let orders = product.orders.iter();
            let orders =
                orders.map(|each| format!("{} for order {}", each.quantity, each.order_number));
            let went = product.went.iter();
            orders.chain(went.map(|(to, units)| format!("{units} {}", to.words())))
        });
        let mut parts: Vec<String> = parts.take(7).collect();
        if parts.is_empty() {
            return "Nothing came back: what is missing counts for nothing.".into();
        }
        if parts.len() == 7 {
            parts[6] = "and so on".into();
        }
        format!("{}.", parts.join(", "))
    }

    fn order_of(&self, assigned: &Assigned) -> String {
        RecordRef::Order(assigned.order_id).path()
    }

    /// Order preparation, where what is complete now waits to be prepared.
    fn preparation_path(&self) -> String {
        let warehouse = self.of().warehouse_id;
        format!("/preparation?warehouse={warehouse}&tab=in-stock")
    }

    fn has_ready(&self) -> bool {
        let products = self.view.products.iter();
        products
            .flat_map(|each| &each.orders)
            .any(|each| each.is_ready)
    }

    /// Whether others may be sent now.
    fn may_be_replaced(&self) -> bool {
        self.of().is_received() && self.of().replacement_order_id.is_none()
    }

    /// Lines of which others may be sent.
    fn replaceable(&self) -> impl Iterator<Item = &LineBack> {
        self.view.lines.iter().filter(|line| line.is_said())
    }

    fn replaced(&self, line: &LineBack) -> String {
        self.typed.or(&line.field("replace"), line.back())
    }

    /// What the customer pays for others.
    fn price_words(&self) -> &'static str {
        match self.shell.may(Right::CancelUnits) {
            true => "The customer pays nothing for them.",
            false => "At the prices of the order: a manager sends them free of charge.",
        }
    }

    fn replacement_path(&self) -> String {
        let order = self.of().replacement_order_id.map(RecordRef::Order);
        order.map_or_else(String::new, RecordRef::path)
    }

    fn units(&self, units: Quantity) -> String {
        counted(units.get(), "unit")
    }
}

#[get("/returns/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<ReturnId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        ShowReturn::load(conn, sheet, *id)
    })
    .await
}
