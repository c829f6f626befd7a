//! What moved: the list, and what one correction did to the orders that wait.

use actix_web::get;
use actix_web::web::{Data, Path, Query, ServiceConfig};
use askama::Template;

use crate::catalog::{self, Warehouse};
use crate::db::{Db, Page, Paging};
use crate::inventory::queries::{self, Affected, MovementFilter, MovementListed};
use crate::stock::MoveReason;
use crate::types::MovementId;
use crate::web::{Csv, Htmx, Result, Shell, SignedIn, html, query};

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list).service(export).service(show);
}

#[derive(Template)]
#[template(path = "inventory/movements/list.html", blocks = ["results"])]
struct ListMovements {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    filter: MovementFilter,
    page: Page<MovementListed>,
}

impl ListMovements {
    fn reasons(&self) -> &'static [MoveReason] {
        MoveReason::ALL
    }

    fn is_for(&self, reason: &MoveReason) -> bool {
        self.filter.reason == reason.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }

    fn signed(&self, movement: &MovementListed) -> String {
        movement.signed(self.filter.warehouse())
    }

    fn state(&self) -> String {
        query(&[
            ("product", &self.filter.product),
            ("warehouse", &self.filter.warehouse),
            ("reason", &self.filter.reason),
            ("from", &self.filter.from),
            ("to", &self.filter.to),
        ])
    }
}

#[get("/movements")]
async fn list(
    db: Data<Db>,
    shell: Shell,
    htmx: Htmx,
    _: SignedIn,
    filter: Query<MovementFilter>,
    paging: Query<Paging>,
) -> Result {
    let filter = filter.into_inner();
    let page = db
        .read(move |conn| {
            Ok(ListMovements {
                shell,
                warehouses: catalog::warehouses(conn)?,
                page: queries::movements_page(conn, &filter, &paging)?,
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

#[get("/movements.csv")]
async fn export(db: Data<Db>, _: SignedIn, filter: Query<MovementFilter>) -> Result {
    let chosen = filter.warehouse();
    let rows = db
        .read(move |conn| Ok(queries::movements_for_export(conn, &filter)?))
        .await?;
    let mut csv = Csv::new(&[
        "when", "sku", "name", "change", "from", "to", "reason", "document", "note", "who",
    ])?;
    for row in rows {
        let change = row.change(chosen).map_or_else(
            || row.quantity.to_string(),
            |change| change.get().to_string(),
        );
        csv.row([
            row.at.to_rfc3339().as_str(),
            row.sku.as_str(),
            &row.product,
            &change,
            row.from_code.as_deref().unwrap_or_default(),
            row.to_code.as_deref().unwrap_or_default(),
            row.reason.as_str(),
            row.document().map_or("", |(_, number)| number),
            &row.note,
            row.person(),
        ])?;
    }
    csv.finish("movements.csv")
}

#[derive(Template)]
#[template(path = "inventory/movements/show.html")]
struct ShowMovement {
    shell: Shell,
    movement: MovementListed,
    affected: Vec<Affected>,
}

#[get("/movements/{id:\\d+}")]
async fn show(db: Data<Db>, shell: Shell, _: SignedIn, id: Path<MovementId>) -> Result {
    let page = db
        .read(move |conn| {
            Ok(ShowMovement {
                shell,
                movement: queries::movement(conn, *id)?,
                affected: queries::affected_by(conn, *id)?,
            })
        })
        .await?;
    html::page(page)
}
