//! What moved: the list, and what one correction did to the orders that wait.

use actix_web::web::{Path, Query, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::db::{Page, Paging};
use crate::inventory::queries::{self, Affected, MovementFilter, MovementListed};
use crate::inventory::{self, Error};
use crate::stock::MoveReason;
use crate::stock::pages::Decision;
use crate::types::{Fields, MovementId, UserId, WarehouseId, clock};
use crate::web::{
    Column, Csv, Desk, Go, Head, MayCorrectStock, Result, Sheet, Shell, SignedIn, heads, view,
};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list)
        .service(export)
        .service(show)
        .service(ask_correction)
        .service(correct);
}

#[derive(Template)]
#[template(path = "inventory/movements/list.html", blocks = ["results"])]
struct ListMovements {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    people: Vec<(UserId, String)>,
    filter: MovementFilter,
    page: Page<MovementListed>,
}
view!(ListMovements; results => as_results);

impl ListMovements {
    /// The columns, as their heads show and sort them.
    fn heads(&self) -> Vec<Head> {
        heads(COLUMNS, "", &self.filter)
    }

    fn reasons(&self) -> &'static [MoveReason] {
        MoveReason::ALL
    }

    fn is_for(&self, reason: &MoveReason) -> bool {
        self.filter.reason == reason.as_str()
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.filter.warehouse == warehouse.id.to_string()
    }

    fn is_by(&self, person: &UserId) -> bool {
        self.filter.user() == Some(*person)
    }

    fn level(&self, movement: &MovementListed) -> String {
        movement.level(self.filter.warehouse())
    }

    fn signed(&self, movement: &MovementListed) -> String {
        movement.signed(self.filter.warehouse())
    }
}

#[get("/movements")]
async fn list(
    desk: Desk<SignedIn>,
    filter: Query<MovementFilter>,
    paging: Query<Paging>,
) -> Result {
    desk.list(move |conn, shell| {
        Ok(ListMovements {
            warehouses: catalog::warehouses(conn)?,
            people: queries::people(conn)?,
            page: queries::movements_page(conn, &filter, shell.zone(), &paging)?,
            shell,
            filter: filter.into_inner(),
        })
    })
    .await
}

/// A movement, as the warehouse sees it that was chosen.
type Seen = (MovementListed, Option<WarehouseId>);

const COLUMNS: &[Column<Seen>] = &[
    Column::head("When").in_file("when", |(row, _)| row.at.to_rfc3339()),
    Column::head("SKU").in_file("sku", |(row, _)| row.sku.to_string()),
    Column::head("Product").in_file("name", |(row, _)| row.product.clone()),
    Column::head("Units")
        .class("number")
        .in_file("change", |(row, chosen)| match row.change(*chosen) {
            Some(change) => change.get().to_string(),
            None => row.quantity.to_string(),
        }),
    Column::head("Level after")
        .class("number")
        .in_file("level_after", |(row, chosen)| row.level(*chosen)),
    Column::head("From").in_file("from", |(row, _)| row.from_code.clone().unwrap_or_default()),
    Column::head("To").in_file("to", |(row, _)| row.to_code.clone().unwrap_or_default()),
    Column::head("Reason").in_file("reason", |(row, _)| row.reason.to_string()),
    Column::head("Document").in_file("document", |(row, _)| {
        row.document()
            .map_or_else(String::new, |(_, number)| number.into())
    }),
    Column::head("Note")
        .class("wide")
        .in_file("note", |(row, _)| row.note.clone()),
    Column::head("Who")
        .class("wide")
        .in_file("who", |(row, _)| row.person().into()),
];

#[get("/movements.csv")]
async fn export(desk: Desk<SignedIn>, filter: Query<MovementFilter>) -> Result {
    let chosen = filter.warehouse();
    let zone = desk.visitor().zone;
    let rows = desk.read(move |conn| Ok(queries::movements_for_export(conn, &filter, zone)?));
    let rows: Vec<Seen> = rows.await?.into_iter().map(|row| (row, chosen)).collect();
    Csv::table(COLUMNS, &rows)?.finish("movements.csv")
}

#[derive(Template)]
#[template(path = "inventory/movements/show.html")]
struct ShowMovement {
    shell: Shell,
    movement: MovementListed,
    affected: Vec<Affected>,
}
view!(ShowMovement);

#[get("/movements/{id:\\d+}")]
async fn show(desk: Desk<SignedIn>, id: Path<MovementId>) -> Result {
    desk.show(move |conn, shell| {
        Ok(ShowMovement {
            shell,
            movement: queries::movement(conn, *id)?,
            affected: queries::affected_by(conn, *id)?,
        })
    })
    .await
}

/// Its opposite, before it is written.
fn correcting(conn: &mut PgConnection, sheet: Sheet, id: MovementId) -> Result<Decision> {
    let wrong = queries::movement(conn, id)?;
    let opposite = wrong.change(None).map(|change| change.opposite());
    let title = format!("Correct a movement of {}", wrong.sku);
    let decision = Decision::new(sheet, title, format!("{}/correction", wrong.path()))
        .about(format!("Movement of {}", wrong.sku), wrong.path())
        .meaning(format!(
            "{} was a mistake: {} is written, and both name each other.",
            wrong.signed(None),
            opposite.map_or_else(String::new, |change| change.to_string()),
        ))
        .button("Write the opposite");
    match inventory::preview_correction(conn, id, clock::now()) {
        Ok(effects) => Ok(decision.weighing(effects)),
        Err(Error::Stock(refusal)) => decision.weighing_or_refused(Err(refusal)),
        Err(refusal @ (Error::Archived(_) | Error::NotActive(_))) => {
            Ok(decision.refused(refusal.to_string()))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

#[get("/movements/{id:\\d+}/correction")]
async fn ask_correction(desk: Desk<MayCorrectStock>, id: Path<MovementId>) -> Result {
    desk.ask(Fields::default(), move |conn, sheet| {
        correcting(conn, sheet, *id)
    })
    .await
}

#[post("/movements/{id:\\d+}/correction")]
async fn correct(desk: Desk<MayCorrectStock>, id: Path<MovementId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let movement = inventory::correct(act, id, &form.reason()?)?;
        Ok(Go::to(format!("/movements/{movement}")).saying("The movement is corrected."))
    })
    .or_again(move |conn, sheet| correcting(conn, sheet, id))
    .await
}
