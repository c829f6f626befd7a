//! The page of a purchase order: its lines, dates, mails, receptions and history.

use std::borrow::Borrow;

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::NaiveDate;
use diesel::PgConnection;

use super::sums::Sums;
use super::{day, shown};
use crate::purchasing::letter::PaperLine;
use crate::purchasing::queries::{OrderView, order_view};
use crate::purchasing::rate::shown_rate;
use crate::purchasing::{self, PurchaseOrder, Status, forms};
use crate::stock::When;
use crate::types::{FieldErrors, Fields, PurchaseOrderId};
use crate::web::{Desk, Go, Leaf, Leaves, Manager, Result, Right, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(update);
}

#[derive(Template)]
#[template(path = "purchasing/orders/show.html", blocks = ["form"])]
pub(super) struct ShowOrder {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    view: OrderView,
    leaves: Leaves,
}

view!(ShowOrder as form title);

impl ShowOrder {
    fn sums(&self) -> Sums<'_> {
        Sums {
            papers: &self.view.papers,
            terms: &self.view.terms,
            typed: &self.typed,
        }
    }

    fn title(&self) -> &str {
        &self.order().number
    }

    fn order(&self) -> &PurchaseOrder {
        &self.view.papers.order
    }

    fn is_draft(&self) -> bool {
        self.order().status == Status::Draft
    }

    fn is_under_way(&self) -> bool {
        self.order().status.is_under_way()
    }

    fn may_receive(&self) -> bool {
        self.shell.may(Right::ReceiveGoods) && self.is_under_way()
    }

    fn may_send(&self) -> bool {
        self.shell.may(Right::SendPurchaseOrders) && self.is_draft()
    }

    /// Whether the reader may change something here.
    fn may_edit(&self) -> bool {
        self.shell.is_manager() && (self.is_draft() || self.is_under_way())
    }

    /// Whether the reader may receive what comes although nothing was to come.
    fn may_receive_late(&self) -> bool {
        self.shell.may(Right::ReceiveGoods) && self.order().may_open_again()
    }

    /// The receiving desk, where something is to come.
    fn desk_path(&self) -> String {
        let desk = format!("{}/receptions/new", self.order().path());
        let lines = &self.view.papers.lines;
        let awaits = |row: &PaperLine| !self.order().awaited(&row.line).is_zero();
        let at = self.leaves.onward(lines, awaits).unwrap_or(self.leaves);
        at.at(&desk)
    }

    fn first_due(&self) -> When {
        self.view.first_due(self.shell.today())
    }

    /// When a line is due; of one that is to come, whether that day has passed.
    fn due(&self, line: &PaperLine) -> String {
        let due_on = self.view.due_on(line);
        if self.is_under_way() && !line.line.to_come().is_zero() {
            When::seen(due_on, self.shell.today()).in_full()
        } else {
            day(due_on)
        }
    }

    /// Whether amounts are not in the currency of the company.
    fn is_foreign(&self) -> bool {
        self.order().currency != self.view.papers.company.currency
    }

    /// The way of the purchase order: label, and whether it is done, now or later.
    fn steps(&self) -> Vec<(&'static str, &'static str)> {
        let now = self.order().status;
        let way: &[Status] = if now == Status::Cancelled {
            &[Status::Draft, Status::Cancelled]
        } else {
            &[
                Status::Draft,
                Status::Sent,
                Status::Confirmed,
                Status::PartlyReceived,
                Status::Received,
            ]
        };
        way.iter()
            .map(|step| {
                let state = match step.cmp(&now) {
                    std::cmp::Ordering::Less => "done",
                    std::cmp::Ordering::Equal => "now",
                    std::cmp::Ordering::Greater => "later",
                };
                (step.label(), state)
            })
            .collect()
    }

    fn shown_date(&self, date: impl Borrow<Option<NaiveDate>>) -> String {
        shown(*date.borrow())
    }

    fn day(&self, date: impl Borrow<Option<NaiveDate>>) -> String {
        day(*date.borrow())
    }

    /// What counts while the box is empty.
    fn expected_hint(&self) -> String {
        let day = day(self.order().lead_due_on);
        if self.is_draft() {
            format!("Empty: the lead time counts; {day} if it is sent today.")
        } else {
            format!("Empty: {day}, by the lead time when it was sent.")
        }
    }

    fn sent_on(&self) -> String {
        let sent_at = self.order().sent_at.as_ref();
        sent_at.map_or_else(String::new, |at| self.shell.day(at))
    }

    fn rate(&self) -> String {
        self.view.rate.map_or_else(String::new, shown_rate)
    }

    /// `EUR for one USD`.
    fn rate_hint(&self) -> String {
        let company = &self.view.papers.company.currency;
        format!("{company} for one {}", self.order().currency)
    }

    fn needed_path(&self, line: &PaperLine) -> String {
        format!(
            "/replenishment/{}/{}/orders",
            self.order().warehouse_id,
            line.line.product_id
        )
    }
}

/// What the template asks of a line.
impl PaperLine {
    pub(super) fn qty(&self) -> String {
        format!("qty-{}", self.line.id)
    }

    pub(super) fn price(&self) -> String {
        format!("price-{}", self.line.id)
    }

    fn date(&self) -> String {
        format!("date-{}", self.line.id)
    }

    fn stated(&self) -> String {
        format!("stated-{}", self.line.id)
    }
}

/// The page of its lines that was asked for, as it is, or as it was typed.
pub(super) fn page(
    conn: &mut PgConnection,
    sheet: Sheet,
    id: PurchaseOrderId,
) -> Result<ShowOrder> {
    let (leaf, today) = (Leaf::typed(&sheet.typed), sheet.shell.today());
    let view = order_view(conn, id, today, |lines| leaf.of(lines).range())?;
    Ok(ShowOrder {
        leaves: leaf.of(view.papers.lines.len()),
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        view,
    })
}

#[get("/purchase-orders/{id:\\d+}")]
async fn show(desk: Desk, id: Path<PurchaseOrderId>, leaf: Query<Leaf>) -> Result {
    desk.ask(leaf.fields(), move |conn, sheet| page(conn, sheet, *id))
        .await
}

/// Saves what was typed: lines and dates of a draft, or what has not arrived of one under way. Lines of
/// other pages stay as they are.
#[post("/purchase-orders/{id:\\d+}")]
async fn update(desk: Desk<Manager>, id: Path<PurchaseOrderId>, form: Fields) -> Result {
    let id = *id;
    desk.act(form, move |act, form| {
        let order = match form.get("of") {
            "draft" => purchasing::edit_draft(act, id, &forms::draft_edit(form)?)?,
            _ => purchasing::edit_rest(act, id, &forms::rest_edit(form)?)?,
        };
        let here = Leaf::typed(form).at(&order.path());
        Ok(Go::to(here).saying(format!("{} was saved.", order.number)))
    })
    .or_again(move |conn, sheet| page(conn, sheet, id))
    .await
}
