//! The receiving desk: what arrived is typed in, weighed, and posted.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::purchasing::letter::{PaperLine, Papers};
use crate::purchasing::{self, PurchaseOrder, forms};
use crate::stock::pages::tell_effects;
use crate::types::{FieldErrors, Fields, PurchaseOrderId, Quantity, RecordRef, clock};
use crate::web::{Desk, MayReceive, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(receive).service(weigh);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/new.html", blocks = ["form"])]
struct NewReception {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    papers: Papers,
}

view!(NewReception as form title);

impl NewReception {
    fn order(&self) -> &PurchaseOrder {
        &self.papers.order
    }

    fn title(&self) -> String {
        match self.is_late() {
            true => format!("Receive late goods of {}", self.order().number),
            false => format!("Receive {}", self.order().number),
        }
    }

    /// What was typed about a line, if it is a number.
    fn quantity(&self, line: &PaperLine) -> Option<Quantity> {
        Quantity::parse(self.typed.get(&line.qty())).ok()
    }

    /// How what was typed compares with what is to come: `over`, `under`, or nothing.
    fn mark(&self, line: &PaperLine) -> &'static str {
        match self.quantity(line) {
            Some(quantity) if quantity > self.awaited(line) => "over",
            Some(quantity) if quantity < self.awaited(line) => "under",
            _ => "",
        }
    }

    /// The same in words.
    fn difference(&self, line: &PaperLine) -> String {
        let to_come = self.awaited(line);
        match self.quantity(line) {
            Some(quantity) if quantity > to_come => format!("{} over", quantity.less(to_come)),
            Some(quantity) if quantity < to_come => format!("{} under", to_come.less(quantity)),
            _ => String::new(),
        }
    }

    fn may_receive(&self) -> bool {
        self.order().status.is_under_way() || self.is_late()
    }

    /// Whether nothing is to come any more.
    fn is_late(&self) -> bool {
        self.order().may_open_again()
    }

    /// Units that are to come, or that were cancelled.
    fn awaited(&self, line: &PaperLine) -> Quantity {
        self.order().awaited(&line.line)
    }

    /// What they are called.
    fn awaited_word(&self) -> &'static str {
        if self.is_late() {
            "cancelled"
        } else {
            "to come"
        }
    }

    /// Whether units were cancelled that may come after all.
    fn has_rest(&self) -> bool {
        let mut lines = self.papers.lines.iter();
        self.is_late() && lines.any(|line| !self.awaited(line).is_zero())
    }
}

/// What the template asks of a line.
impl PaperLine {
    /// The name of the box for the bin its units are put into.
    fn bin_box(&self) -> String {
        format!("bin-{}", self.line.id)
    }
}

fn page(conn: &mut PgConnection, sheet: Sheet, id: PurchaseOrderId) -> Result<NewReception> {
    let today = sheet.shell.today();
    Ok(NewReception {
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        papers: purchasing::papers(conn, id, today)?,
    })
}

#[get("/purchase-orders/{id:\\d+}/receptions/new")]
async fn ask(desk: Desk<MayReceive>, id: Path<PurchaseOrderId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| page(conn, sheet, *id))
        .await
}

#[post("/purchase-orders/{id:\\d+}/receptions")]
async fn receive(desk: Desk<MayReceive>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let reception = purchasing::receive(act, id, &forms::delivery(form)?)?;
        Ok(RecordRef::Reception(reception).into())
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

#[post("/purchase-orders/{id:\\d+}/receptions/preview")]
async fn weigh(desk: Desk<MayReceive>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let weighed = desk
        .read(move |conn| {
            let (delivery, at) = (forms::delivery(&form)?, clock::now());
            Ok(purchasing::preview_receive(conn, *id, &delivery, at)?)
        })
        .await;
    tell_effects("Who gets it", weighed)
}
