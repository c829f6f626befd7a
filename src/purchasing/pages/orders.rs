//! The list of purchase orders, and drafting one by hand.

use actix_web::web::{Data, Form, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use chrono::{NaiveDate, Utc};

use super::today;
use crate::db::Db;
use crate::error::Error;
use crate::purchasing::forms::Typed;
use crate::purchasing::queries::{
    self, Options, OrderFilter, OrderListed, options, orders_for_export,
};
use crate::purchasing::{self, NewPurchaseOrder, Status};
use crate::types::FieldErrors;
use crate::web::{Csv, Htmx, Manager, Page, Paging, Result, Shell, SignedIn, dates, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(new)
        .service(create);
}

#[derive(Template)]
#[template(path = "purchasing/orders/list.html", blocks = ["results"])]
struct ListOrders {
    shell: Shell,
    filter: OrderFilter,
    options: Options,
    page: Page<OrderListed>,
    today: NaiveDate,
}

impl ListOrders {
    fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("q", &self.filter.q),
            ("status", &self.filter.status),
            ("supplier", &self.filter.supplier),
            ("warehouse", &self.filter.warehouse),
            ("late", &self.filter.late),
            ("ids", &self.filter.ids),
        ]
    }

    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        query(&self.pairs())
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        let sort = [("sort", self.filter.sort.as_str())];
        query(&[self.pairs().as_slice(), &sort].concat())
    }

    fn statuses(&self) -> &'static [Status] {
        Status::ALL
    }
}

/// What the template asks of a row.
impl OrderListed {
    fn late_words(&self, today: NaiveDate) -> Option<String> {
        Some(late_words(self.days_late(today)?))
    }

    fn expected_words(&self) -> String {
        self.first_due_on
            .or(self.expected_on)
            .map_or_else(String::new, |date| dates::day(&date))
    }
}

/// `1 day late`.
pub(super) fn late_words(days: i64) -> String {
    format!("{} late", super::counted(days, "day"))
}

#[get("/purchase-orders")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<OrderFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            let today = today();
            Ok(ListOrders {
                shell,
                page: queries::orders(conn, &filter, today, &paging)?,
                options: options(conn)?,
                filter,
                today,
            })
        })
        .await?;
    if htmx.targets("results") {
        html::page(page.as_results())
    } else {
        html::page(page)
    }
}

#[get("/purchase-orders.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<OrderFilter>) -> Result {
    let today = today();
    let rows = db
        .read(move |conn| Ok(orders_for_export(conn, &filter, today)?))
        .await?;
    let mut file = Csv::new(&[
        "number",
        "supplier",
        "warehouse",
        "status",
        "expected",
        "days_late",
        "lines",
        "ordered",
        "received",
        "total",
        "currency",
        "created_by",
        "created_at",
    ])?;
    for row in &rows {
        let expected = row.first_due_on.or(row.expected_on);
        let late = row.days_late(today);
        file.row([
            row.number.as_str(),
            &row.supplier,
            &row.warehouse,
            row.status.as_str(),
            &expected.map_or_else(String::new, |date| date.to_string()),
            &late.map_or_else(String::new, |days| days.to_string()),
            &row.lines.to_string(),
            &row.wanted.to_string(),
            &row.received.to_string(),
            &row.total.input(),
            &row.currency,
            &row.created_by,
            &row.created_at.to_rfc3339(),
        ])?;
    }
    file.finish("purchase-orders.csv")
}

#[derive(Template)]
#[template(path = "purchasing/orders/new.html", blocks = ["form"])]
struct NewOrder {
    shell: Shell,
    options: Options,
    typed: Typed,
    errors: FieldErrors,
}

#[get("/purchase-orders/new")]
async fn new(db: Data<Db>, shell: Shell, _: Manager) -> Result {
    let options = db.read(|conn| Ok(options(conn)?)).await?;
    html::page(NewOrder {
        shell,
        options,
        typed: Typed::default(),
        errors: FieldErrors::default(),
    })
}

#[post("/purchase-orders")]
async fn create(
    db: Data<Db>,
    htmx: Htmx,
    shell: Shell,
    Manager(buyer): Manager,
    form: Form<Vec<(String, String)>>,
) -> Result {
    let typed = Typed::of(form.into_inner());
    let input = parse(&typed);
    let made = db
        .write(&buyer, move |act| {
            let input = input.clone()?;
            Ok(purchasing::draft(act, &input, Some(buyer.id), Utc::now())?)
        })
        .await;
    match made {
        Ok(order) => htmx.go(order.path()),
        Err(Error::Invalid(errors)) => {
            let options = db.read(|conn| Ok(options(conn)?)).await?;
            let page = NewOrder {
                shell,
                options,
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

fn parse(typed: &Typed) -> Result<NewPurchaseOrder, FieldErrors> {
    let mut errors = FieldErrors::default();
    let chosen = |_| "Choose one of the list.";
    let supplier = errors.field("supplier", typed.get("supplier").parse().map_err(chosen));
    let warehouse = errors.field("warehouse", typed.get("warehouse").parse().map_err(chosen));
    let (Some(supplier), Some(warehouse)) = (supplier, warehouse) else {
        return Err(errors);
    };
    Ok(NewPurchaseOrder {
        supplier,
        warehouse,
        expected_on: None,
        supplier_comment: String::new(),
        lines: Vec::new(),
    })
}
