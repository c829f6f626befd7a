//! The page of a purchase order: its lines, dates, mails, receptions and history.

use std::borrow::Borrow;

use actix_web::web::{Data, Form, Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{NaiveDate, Utc};

use super::orders::late_words;
use super::today;
use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::{Typed, shown_rate};
use crate::purchasing::letter::PaperLine;
use crate::purchasing::queries::{OrderView, order_view};
use crate::purchasing::{self, PurchaseOrder, Status};
use crate::types::{FieldErrors, PurchaseOrderId};
use crate::web::{Htmx, Manager, Result, Shell, SignedIn, dates, html};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(show).service(update);
}

#[derive(Template)]
#[template(path = "purchasing/orders/show.html", blocks = ["form"])]
struct ShowOrder {
    shell: Shell,
    view: OrderView,
    today: NaiveDate,
    typed: Typed,
    errors: FieldErrors,
}

impl ShowOrder {
    fn order(&self) -> &PurchaseOrder {
        &self.view.papers.order
    }

    fn is_draft(&self) -> bool {
        self.order().status == Status::Draft
    }

    fn is_under_way(&self) -> bool {
        self.order().status.is_under_way()
    }

    /// Whether the reader may change something here.
    fn may_edit(&self) -> bool {
        self.shell.is_manager() && (self.is_draft() || self.is_under_way())
    }

    fn late(&self) -> Option<String> {
        self.view.days_late(self.today).map(late_words)
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
        date.borrow()
            .map_or_else(String::new, |date| date.to_string())
    }

    fn day(&self, date: impl Borrow<Option<NaiveDate>>) -> String {
        date.borrow()
            .map_or_else(String::new, |date| dates::day(&date))
    }

    fn sent_on(&self) -> String {
        self.day(self.order().sent_at.map(|at| at.date_naive()))
    }

    fn rate(&self) -> String {
        shown_rate(self.order().rate)
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

    fn price(&self) -> String {
        format!("price-{}", self.line.id)
    }

    fn date(&self) -> String {
        format!("date-{}", self.line.id)
    }
}

#[get("/purchase-orders/{id:\\d+}")]
async fn show(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<PurchaseOrderId>) -> Result {
    let view = db.read(move |conn| Ok(order_view(conn, *id)?)).await?;
    html::page(ShowOrder {
        shell,
        view,
        today: today(),
        typed: Typed::default(),
        errors: FieldErrors::default(),
    })
}

/// The page as it was typed, with its complaints.
pub(super) async fn complain(
    db: &Db,
    htmx: &Htmx,
    shell: Shell,
    id: PurchaseOrderId,
    typed: Typed,
    errors: FieldErrors,
) -> Result {
    let view = db.read(move |conn| Ok(order_view(conn, id)?)).await?;
    let page = ShowOrder {
        shell,
        view,
        today: today(),
        typed,
        errors,
    };
    if htmx.asks() {
        html::invalid(page.as_form())
    } else {
        html::invalid(page)
    }
}

/// Saves what was typed: lines and dates of a draft, or what has not arrived of one under way.
#[post("/purchase-orders/{id:\\d+}")]
async fn update(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let (draft, rest) = (typed.draft_edit(), typed.rest_edit());
    let is_draft = typed.get("of") == "draft";
    let saved = db
        .write(&buyer, move |act| {
            let by = Some(buyer.id);
            Ok(if is_draft {
                purchasing::edit_draft(act, id, &draft.clone()?, by)?
            } else {
                purchasing::edit_rest(act, id, &rest.clone()?, by, Utc::now())?
            })
        })
        .await;
    match saved {
        Ok(order) => htmx.go_saying(order.path(), format!("{} was saved.", order.number)),
        Err(Error::Invalid(errors)) => complain(&db, &htmx, shell, id, typed, errors).await,
        Err(error) => Err(error),
    }
}
