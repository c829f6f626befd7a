//! The list of purchase orders, and drafting one by hand.

use actix_web::web::{Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::{day, shown};
use crate::db::{Page, Paging};
use crate::purchasing::queries::{
    self, Options, OrderFilter, OrderListed, PURCHASE_SORTS, options, orders_for_export,
};
use crate::purchasing::{self, Status, forms};
use crate::stock::When;
use crate::types::{FieldErrors, Fields, dates};
use crate::web::{Column, Csv, Desk, Head, Manager, Result, Sheet, Shell, heads, view};

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
}

view!(ListOrders; results => as_results);

impl ListOrders {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            PURCHASE_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    fn statuses(&self) -> &'static [Status] {
        Status::ALL
    }

    /// The days that the list looks back on, in words.
    fn looks_back_on(&self) -> Option<String> {
        let (from, until) = self.filter.due(self.shell.today())?;
        Some(dates::period(&from, &until))
    }
}

/// What the template asks of a row.
impl OrderListed {
    /// When the first of what is to come is due; else when it was, or would be.
    fn expected_words(&self) -> String {
        match self.when() {
            When::NotOnOrder => day(self.expected_on),
            when => when.in_full(),
        }
    }
}

#[get("/purchase-orders")]
async fn list(desk: Desk, filter: Query<OrderFilter>, paging: Query<Paging>) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListOrders {
            page: queries::orders(conn, &filter, shell.zone(), &paging)?,
            shell,
            options: options(conn)?,
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<OrderListed>] = &[
    Column::head("Number")
        .falling("number")
        .in_file("number", |row| row.number.clone()),
    Column::head("Supplier")
        .rising("supplier")
        .in_file("supplier", |row| row.supplier.clone()),
    Column::head("Warehouse").in_file("warehouse", |row| row.warehouse.clone()),
    Column::head("Status").in_file("status", |row| row.status.to_string()),
    Column::head("Expected")
        .rising("expected")
        .in_file("expected", |row| {
            let day = match row.when() {
                When::NotOnOrder => row.expected_on,
                when => when.day(),
            };
            shown(day)
        }),
    Column::file("late", |row| row.when().late_words()),
    Column::file("days_late", |row| shown(row.days_late)),
    Column::file("lines", |row| row.lines.to_string()),
    Column::file("ordered", |row| row.wanted.to_string()),
    Column::head("Received")
        .class("number")
        .in_file("received", |row| row.received.to_string()),
    Column::head("Total")
        .class("number")
        .falling("total")
        .in_file("total", |row| row.total.input()),
    Column::file("currency", |row| row.currency.clone()),
    Column::head("Created by")
        .class("wide")
        .in_file("created_by", |row| row.created_by.clone()),
    Column::file("created_at", |row| row.created_at.to_rfc3339()),
];

#[get("/purchase-orders.csv")]
async fn export(desk: Desk, filter: Query<OrderFilter>) -> Result {
    let zone = desk.zone();
    let rows = desk.read(move |conn| Ok(orders_for_export(conn, &filter, zone)?));
    let rows = rows.await?;
    Csv::table(COLUMNS, &rows)?.finish("purchase-orders.csv")
}

#[derive(Template)]
#[template(path = "purchasing/orders/new.html", blocks = ["form"])]
struct NewOrder {
    shell: Shell,
    typed: Fields,
    errors: FieldErrors,
    options: Options,
}

view!(NewOrder as form title);

impl NewOrder {
    fn title(&self) -> &'static str {
        "New purchase order"
    }
}

fn page(conn: &mut PgConnection, sheet: Sheet) -> Result<NewOrder> {
    Ok(NewOrder {
        shell: sheet.shell,
        typed: sheet.typed,
        errors: sheet.errors,
        options: options(conn)?,
    })
}

#[get("/purchase-orders/new")]
async fn new(desk: Desk<Manager>) -> Result {
    desk.ask(Fields::default(), page).await
}

#[post("/purchase-orders")]
async fn create(desk: Desk<Manager>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let order = purchasing::draft(act, &forms::new_order(form)?)?;
        Ok(order.record().into())
    })
    .or_again(page)
    .await
}
