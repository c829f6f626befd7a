//! Replenishment: what must be bought, chosen row by row, ordered with one press.

mod choices;
mod lines;

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;

use super::shown;
use crate::db::{Db, Page, Paging};
use crate::purchasing::queries::{Options, options};
use crate::purchasing::{self, NEED_SORTS, Need, NeedFilter, NeedStatus, Summary};
use crate::types::{FieldErrors, RecordRef, RequestKey};
use crate::web::{Column, Csv, Desk, Head, Result, Shell, SignedIn, heads, narrowing, view};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .configure(lines::routes)
        .configure(choices::routes);
}

#[derive(Template)]
#[template(path = "purchasing/replenishment/list.html", blocks = ["results"])]
struct Replenishment {
    shell: Shell,
    filter: NeedFilter,
    options: Options,
    page: Page<Need>,
    summary: Summary,
    key: RequestKey,
    errors: FieldErrors,
}

view!(Replenishment; results => as_results);

impl Replenishment {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(
            COLUMNS,
            NEED_SORTS.understood(&self.filter.sort),
            &self.filter,
        )
    }

    /// What changes it: purchase orders, and stock and orders of the warehouses it shows.
    fn topics(&self) -> String {
        let shown = self.options.warehouses.iter().map(|(id, _)| id);
        let chosen =
            shown.filter(|id| self.filter.warehouse.is_empty() || **id == self.filter.warehouse);
        let warehouses: Vec<String> = chosen.map(|id| format!("warehouse:{id}")).collect();
        format!("purchase_orders {}", warehouses.join(" "))
    }

    fn statuses(&self) -> &'static [NeedStatus] {
        NeedStatus::ALL
    }

    fn is_narrowed(&self) -> bool {
        !narrowing(&self.filter).is_empty()
    }
}

/// What the template asks of a row.
impl Need {
    fn box_name(&self) -> String {
        format!("choice-{}", self.key())
    }

    fn typed(&self) -> String {
        shown(self.chosen)
    }

    fn lines_path(&self) -> String {
        format!(
            "/replenishment/{}/{}/orders",
            self.warehouse_id, self.product_id
        )
    }

    fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    fn shown_value(&self) -> String {
        match (self.value(), &self.currency) {
            (Some(value), Some(currency)) => format!("{value} {currency}"),
            _ => String::new(),
        }
    }
}

impl Summary {
    fn without_words(&self) -> String {
        format!("{} without a supplier", self.without_supplier)
    }
}

#[get("/replenishment")]
async fn list(desk: Desk, filter: Query<NeedFilter>, paging: Query<Paging>) -> Result {
    let buyer = desk.visitor().id;
    desk.show(move |conn, shell| {
        Ok(Replenishment {
            shell,
            page: purchasing::needs(conn, buyer, &filter, &paging)?,
            summary: purchasing::summary(conn, buyer)?,
            options: options(conn)?,
            key: RequestKey::fresh(),
            errors: FieldErrors::default(),
            filter: filter.into_inner(),
        })
    })
    .await
}

const COLUMNS: &[Column<Need>] = &[
    Column::head("SKU")
        .rising("sku")
        .in_file("sku", |need| need.sku.clone()),
    Column::head("Product")
        .rising("name")
        .in_file("product", |need| need.name.clone()),
    Column::file("warehouse", |need| need.warehouse.clone()),
    Column::head("Supplier")
        .rising("supplier")
        .in_file("supplier", |need| need.supplier.clone()),
    Column::head("Status").in_file("status", |need| need.figures().status().label().to_owned()),
    Column::head("Backorder need")
        .class("number")
        .falling("backorder")
        .in_file("backorder_need", |need| {
            need.figures().backorder_need().to_string()
        }),
    Column::head("Low-stock need")
        .class("number")
        .falling("low")
        .in_file("low_stock_need", |need| {
            need.figures().low_stock_need().to_string()
        }),
    Column::head("Incoming")
        .class("number")
        .falling("incoming")
        .in_file("incoming", |need| need.figures().incoming.to_string()),
    Column::head("Drafted")
        .class("number")
        .falling("drafted")
        .in_file("drafted", |need| need.drafted.to_string()),
    Column::head("On hand / available").class("number wide"),
    Column::head("Minimum")
        .class("number")
        .falling("minimum")
        .in_file("minimum", |need| need.figures().minimum().to_string()),
    Column::head("Suggested")
        .class("number")
        .falling("suggested")
        .in_file("suggested", |need| need.figures().suggested().to_string()),
    Column::file("on_hand", |need| need.figures().on_hand.to_string()),
    Column::file("available", |need| need.figures().available().to_string()),
    Column::file("chosen", |need| need.typed()),
];

#[get("/replenishment.csv")]
async fn export(db: Data<Db>, SignedIn(visitor): SignedIn, filter: Query<NeedFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(purchasing::needs_for_export(conn, visitor.id, &filter)?))
        .await?;
    Csv::table(COLUMNS, &rows)?.finish("replenishment.csv")
}
