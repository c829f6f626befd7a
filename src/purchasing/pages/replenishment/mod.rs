//! Replenishment: what must be bought, chosen row by row, ordered with one press.

mod choices;
mod lines;

use actix_web::get;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;

use crate::db::Db;
use crate::purchasing::queries::{Options, options};
use crate::purchasing::{self, Need, NeedFilter, NeedStatus, Summary};
use crate::types::{FieldErrors, RecordRef, RequestKey};
use crate::web::{Csv, Htmx, Page, Paging, Result, Shell, SignedIn, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .configure(lines::routes)
        .configure(choices::routes);
}

#[derive(Template)]
#[template(
    path = "purchasing/replenishment/list.html",
    blocks = ["results"]
)]
struct Replenishment {
    shell: Shell,
    filter: NeedFilter,
    options: Options,
    page: Page<Need>,
    summary: Summary,
    key: RequestKey,
    errors: FieldErrors,
}

impl Replenishment {
    /// What a link that sorts anew keeps.
    fn narrowing(&self) -> String {
        narrowing(&self.filter)
    }

    /// What a link to a neighbouring page keeps.
    fn state(&self) -> String {
        query(&[
            ("warehouse", &self.filter.warehouse),
            ("supplier", &self.filter.supplier),
            ("status", &self.filter.status),
            ("q", &self.filter.q),
            ("sort", &self.filter.sort),
        ])
    }

    /// What changes it: purchase orders, and stock and orders of the warehouses it shows.
    fn topics(&self) -> String {
        let shown = self.options.warehouses.iter().map(|(id, _)| id);
        let chosen =
            shown.filter(|id| self.filter.warehouse.is_empty() || **id == self.filter.warehouse);
        let warehouses: Vec<String> = chosen.map(|id| format!("warehouse:{id}")).collect();
        format!("purchase_orders {}", warehouses.join(" "))
    }

    fn statuses(&self) -> [NeedStatus; 3] {
        NeedStatus::ALL
    }

    fn is_narrowed(&self) -> bool {
        !self.narrowing().is_empty()
    }
}

fn narrowing(filter: &NeedFilter) -> String {
    query(&[
        ("warehouse", &filter.warehouse),
        ("supplier", &filter.supplier),
        ("status", &filter.status),
        ("q", &filter.q),
    ])
}

/// What the template asks of a row.
impl Need {
    fn box_name(&self) -> String {
        format!("choice-{}", self.key())
    }

    fn typed(&self) -> String {
        self.chosen
            .map_or_else(String::new, |units| units.to_string())
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
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    SignedIn(visitor): SignedIn,
    filter: Query<NeedFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            Ok(Replenishment {
                shell,
                page: purchasing::needs(conn, visitor.id, &filter, &paging)?,
                summary: purchasing::summary(conn, visitor.id)?,
                options: options(conn)?,
                key: RequestKey::fresh(),
                errors: FieldErrors::default(),
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

#[get("/replenishment.csv")]
async fn export(db: Data<Db>, SignedIn(visitor): SignedIn, filter: Query<NeedFilter>) -> Result {
    let rows = db
        .read(move |conn| Ok(purchasing::needs_for_export(conn, visitor.id, &filter)?))
        .await?;
    let mut file = Csv::new(&[
        "sku",
        "product",
        "warehouse",
        "supplier",
        "status",
        "backorder_need",
        "low_stock_need",
        "incoming",
        "drafted",
        "minimum",
        "suggested",
        "on_hand",
        "available",
        "chosen",
    ])?;
    for need in &rows {
        let figures = need.figures();
        file.row([
            need.sku.as_str(),
            &need.name,
            &need.warehouse,
            &need.supplier,
            figures.status().label(),
            &figures.backorder_need().to_string(),
            &figures.low_stock_need().to_string(),
            &figures.incoming.to_string(),
            &need.drafted.to_string(),
            &figures.minimum().to_string(),
            &figures.suggested().to_string(),
            &figures.on_hand.to_string(),
            &figures.available().to_string(),
            &need.typed(),
        ])?;
    }
    file.finish("replenishment.csv")
}
