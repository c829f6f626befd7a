//! The receiving desk: what arrived is typed in, weighed, and posted.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::purchasing::letter::{PaperLine, Papers};
use crate::purchasing::queries::{reception, to_come};
use crate::purchasing::{self, PurchaseOrder, forms};
use crate::stock::pages::tell_effects;
use crate::types::{FieldErrors, Fields, PurchaseOrderId, Quantity, ReceptionId, RecordRef, clock};
use crate::web::{Desk, Go, Leaf, Leaves, MayReceive, Result, Sheet, Shell, view};

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
    leaves: Leaves,
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

    /// The lines of this page.
    fn lines(&self) -> &[PaperLine] {
        self.leaves.of(&self.papers.lines)
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
    let (leaf, today) = (Leaf::typed(&sheet.typed), sheet.shell.today());
    let papers = purchasing::papers(conn, id, today)?;
    Ok(NewReception {
        leaves: leaf.of(papers.lines.len()),
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        papers,
    })
}

#[get("/purchase-orders/{id:\\d+}/receptions/new")]
async fn ask(desk: Desk<MayReceive>, id: Path<PurchaseOrderId>, leaf: Query<Leaf>) -> Result {
    desk.ask(leaf.fields(), move |conn, sheet| page(conn, sheet, *id))
        .await
}

/// Receives the lines of one page, and goes on with the page where the rest is, if there is one.
#[post("/purchase-orders/{id:\\d+}/receptions")]
async fn receive(desk: Desk<MayReceive>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let received = purchasing::receive(act, id, &forms::delivery(form)?)?;
        match Leaf::typed(form).is_one_of_several() {
            true => go_on(act, received, &Leaf::typed(form)),
            false => Ok(RecordRef::Reception(received).into()),
        }
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}

/// On from a page that was received; where nothing is to come on any other, to the reception.
fn go_on(conn: &mut PgConnection, received: ReceptionId, leaf: &Leaf) -> Result<Go> {
    let received = reception(conn, received)?;
    let lines = to_come(conn, received.purchase_order_id)?;
    let here = leaf.of(lines.len());
    let next = here.after().onward(&lines, |units| !units.is_zero());
    let Some(next) = next.filter(|next| *next != here) else {
        return Ok(received.record().into());
    };
    let order = RecordRef::PurchaseOrder(received.purchase_order_id).path();
    let desk = format!("{order}/receptions/new");
    let said = format!(
        "{} is received. These lines are next; what has not come is received another time.",
        received.number
    );
    Ok(Go::to(next.at(&desk)).saying(said))
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
