//! A warehouse begins to use bins, or stops.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use crate::catalog::{self, Warehouse};
use crate::inventory::queries::{self, InUse};
use crate::inventory::{leave_locations, use_locations};
use crate::types::{FieldErrors, Fields, LocationId, WarehouseId};
use crate::web::{Admin, Desk, Go, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(begin).service(stop);
}

#[derive(Template)]
#[template(path = "inventory/warehouses/bins.html", blocks = ["form"])]
struct UseBins {
    shell: Shell,
    warehouse: Warehouse,
    /// Where all that is there may be put.
    bins: Vec<InUse>,
    typed: Fields,
    errors: FieldErrors,
}
view!(UseBins as form title);

impl UseBins {
    fn load(conn: &mut PgConnection, sheet: Sheet, id: WarehouseId) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            warehouse: catalog::warehouse(conn, id)?,
            bins: queries::usable_bins(conn, id)?,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        match self.warehouse.uses_locations {
            true => format!("Use no bins in {}", self.warehouse.name),
            false => format!("Use bins in {}", self.warehouse.name),
        }
    }

    fn is_typed(&self, bin: &InUse) -> bool {
        self.typed.get("location") == bin.id.to_string()
    }
}

#[get("/warehouses/{id:\\d+}/bins")]
async fn ask(desk: Desk<Admin>, id: Path<WarehouseId>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| UseBins::load(conn, sheet, *id))
        .await
}

#[post("/warehouses/{id:\\d+}/bins")]
async fn begin(desk: Desk<Admin>, id: Path<WarehouseId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let bin = form.get("location").parse::<LocationId>();
        let bin = bin.map_err(|_| FieldErrors::one("location", "Choose a bin."))?;
        let warehouse = use_locations(act, id, bin)?;
        let said = format!("{} uses bins from now on.", warehouse.name);
        Ok(Go::to(warehouse.path()).saying(said))
    })
    .or_again(move |conn, sheet| UseBins::load(conn, sheet, id))
    .await
}

#[post("/warehouses/{id:\\d+}/no-bins")]
async fn stop(desk: Desk<Admin>, id: Path<WarehouseId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, _| {
        let warehouse = leave_locations(act, id)?;
        let said = format!("{} uses no bins any more.", warehouse.name);
        Ok(Go::to(warehouse.path()).saying(said))
    })
    .or_again(move |conn, sheet| UseBins::load(conn, sheet, id))
    .await
}
