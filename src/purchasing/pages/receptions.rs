//! The receiving desk: what arrived is typed in, and the answer says where each unit goes.

use actix_web::web::{Data, Form, Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::Utc;

use super::counted;
use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::letter::{PaperLine, Papers};
use crate::purchasing::queries::{
    self, Options, ReceptionFilter, ReceptionListed, ReceptionView, options, reception_view,
    receptions_for_export,
};
use crate::purchasing::{self, PurchaseOrder};
use crate::stock::Assigned;
use crate::types::{FieldErrors, PurchaseOrderId, Quantity, ReceptionId, RecordRef, RequestKey};
use crate::web::{Csv, Htmx, Manager, Page, Paging, Result, Shell, SignedIn, dates, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(new)
        .service(create)
        .service(list)
        .service(export)
        .service(show);
}

#[derive(Template)]
#[template(path = "purchasing/receptions/new.html", blocks = ["form"])]
struct NewReception {
    shell: Shell,
    papers: Papers,
    key: String,
    typed: Typed,
    errors: FieldErrors,
}

impl NewReception {
    fn order(&self) -> &PurchaseOrder {
        &self.papers.order
    }

    /// What was typed about a line, if it is a number.
    fn quantity(&self, line: &PaperLine) -> Option<Quantity> {
        Quantity::parse(self.typed.get(&line.qty())).ok()
    }

    /// How what was typed compares with what is to come: `over`, `under`, or nothing.
    fn mark(&self, line: &PaperLine) -> &'static str {
        match self.quantity(line) {
            Some(quantity) if quantity > line.line.to_come() => "over",
            Some(quantity) if quantity < line.line.to_come() => "under",
            _ => "",
        }
    }

    /// The same in words.
    fn difference(&self, line: &PaperLine) -> String {
        let to_come = line.line.to_come();
        match self.quantity(line) {
            Some(quantity) if quantity > to_come => format!("{} over", quantity.less(to_come)),
            Some(quantity) if quantity < to_come => format!("{} under", to_come.less(quantity)),
            _ => String::new(),
        }
    }

    fn is_open(&self) -> bool {
        self.order().status.is_under_way()
    }
}

#[get("/purchase-orders/{id:\\d+}/receptions/new")]
async fn new(db: Data<Db>, shell: Shell, _: Manager, id: Path<PurchaseOrderId>) -> Result {
    let papers = db
        .read(move |conn| Ok(purchasing::papers(conn, *id)?))
        .await?;
    html::page(NewReception {
        shell,
        papers,
        key: RequestKey::fresh().to_string(),
        typed: Typed::default(),
        errors: FieldErrors::default(),
    })
}

#[post("/purchase-orders/{id:\\d+}/receptions")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    id: Path<PurchaseOrderId>,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let (id, typed) = (*id, Typed::of(form.into_inner()));
    let key = RequestKey::parse(typed.get("key")).map_err(|why| FieldErrors::one("key", why))?;
    let delivery = typed.delivery();
    let received = db
        .write(&buyer, move |act| {
            let (by, at) = (Some(buyer.id), Utc::now());
            Ok(purchasing::receive(
                act,
                id,
                &key,
                &delivery.clone()?,
                by,
                at,
            )?)
        })
        .await;
    match received {
        Ok(reception) => htmx.go(RecordRef::Reception(reception).path()),
        Err(Error::Invalid(errors)) => {
            let papers = db
                .read(move |conn| Ok(purchasing::papers(conn, id)?))
                .await?;
            let page = NewReception {
                shell,
                papers,
                key: typed.get("key").to_owned(),
                typed,
                errors,
            };
            if htmx.asks() {
                html::invalid(page.as_form())
            } else {
                html::invalid(page)
            }
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "purchasing/receptions/list.html", blocks = ["results"])]
struct ListReceptions {
    shell: Shell,
    filter: ReceptionFilter,
    options: Options,
    page: Page<ReceptionListed>,
}

impl ListReceptions {
    fn state(&self) -> String {
        query(&[
            ("q", &self.filter.q),
            ("supplier", &self.filter.supplier),
            ("warehouse", &self.filter.warehouse),
        ])
    }
}

#[get("/receptions")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<ReceptionFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            Ok(ListReceptions {
                shell,
                page: queries::receptions(conn, &filter, &paging)?,
                options: options(conn)?,
                filter,
            })
        })
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/receptions.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<ReceptionFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(receptions_for_export(conn, &filter)?))
        .await?;
    let mut file = Csv::new(&[
        "number",
        "purchase_order",
        "supplier",
        "warehouse",
        "received_at",
        "received_by",
        "lines",
        "units",
        "note",
    ])?;
    for row in &rows {
        file.row([
            row.number.as_str(),
            &row.purchase_order,
            &row.supplier,
            &row.warehouse,
            &row.received_at.to_rfc3339(),
            &row.received_by,
            &row.lines.to_string(),
            &row.units.to_string(),
            &row.note,
        ])?;
    }
    file.finish("receptions.csv")
}

#[derive(Template)]
#[template(path = "purchasing/receptions/show.html")]
struct ShowReception {
    shell: Shell,
    view: ReceptionView,
}

impl ShowReception {
    /// Order preparation, where what is complete now waits to be prepared.
    fn preparation_path(&self) -> String {
        format!(
            "/preparation?warehouse={}&tab=in-stock",
            self.view.reception.warehouse_id
        )
    }

    /// `12 of 20 units go to orders, 3 orders are complete.`
    fn in_words(&self) -> String {
        let (given, units) = (self.view.given(), self.view.listed.units);
        let orders = i64::try_from(self.view.ready_orders()).unwrap_or(i64::MAX);
        let complete = if orders == 1 { "is" } else { "are" };
        match given.get() {
            0 => "Nobody waits for these goods: everything goes to the shelf.".into(),
            _ => format!(
                "{given} of {} go to orders; {} {complete} complete now.",
                counted(units, "unit"),
                counted(orders, "order"),
            ),
        }
    }

    fn may_reverse(&self) -> bool {
        self.shell.is_manager() && self.view.reversal.is_none()
    }

    fn order_path(&self, assigned: &Assigned) -> String {
        RecordRef::Order(assigned.order_id).path()
    }
}

#[get("/receptions/{id:\\d+}")]
async fn show(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<ReceptionId>) -> Result {
    let view = db.read(move |conn| Ok(reception_view(conn, *id)?)).await?;
    html::page(ShowReception { shell, view })
}
