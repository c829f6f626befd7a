//! Correcting what lies somewhere, in a dialog or on a page of its own.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use diesel::PgConnection;

use super::named;
use crate::catalog::{self, Warehouse};
use crate::inventory::actions::{AdjustInput, REASONS, adjust};
use crate::inventory::{Error, forms, queries};
use crate::stock::{MoveReason, Place};
use crate::types::{FieldErrors, Fields};
use crate::web::{Desk, Go, MayCorrectStock, Result, Sheet, Shell, view};

pub fn routes(config: &mut ServiceConfig) {
    config.service(new).service(create);
}

#[derive(Template)]
#[template(path = "inventory/adjustments/new.html", blocks = ["form"])]
struct Adjust {
    shell: Shell,
    warehouses: Vec<Warehouse>,
    typed: Fields,
    errors: FieldErrors,
}
view!(Adjust as form title);

impl Adjust {
    fn load(conn: &mut PgConnection, sheet: Sheet) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            warehouses: catalog::warehouses(conn)?,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> &'static str {
        "Correct stock"
    }

    /// Whether it can matter in which bin.
    fn has_bins(&self) -> bool {
        self.warehouses.iter().any(|each| each.uses_locations)
    }

    fn reasons(&self) -> [MoveReason; 3] {
        REASONS
    }

    fn is_in(&self, warehouse: &Warehouse) -> bool {
        self.typed.get("warehouse") == warehouse.id.to_string()
    }

    fn is_for(&self, reason: &MoveReason) -> bool {
        self.typed.get("reason") == reason.as_str()
    }
}

#[get("/adjustments/new")]
async fn new(desk: Desk<MayCorrectStock>, typed: Fields) -> Result {
    desk.ask(typed, Adjust::load).await
}

#[post("/adjustments")]
async fn create(desk: Desk<MayCorrectStock>, form: Fields) -> Result {
    desk.once(form, |act, form| {
        let input = input(act, form)?;
        let movement = adjust(act, &input)?;
        Ok(Go::to(format!("/movements/{movement}")))
    })
    .or_again(Adjust::load)
    .await
}

fn input(conn: &mut PgConnection, form: &Fields) -> Result<AdjustInput> {
    let typed = forms::adjusting(form)?;
    let product = queries::product_called(conn, &typed.product)?.ok_or(Error::NoSuchProduct)?;
    let bin = match typed.location.as_str() {
        "" => None,
        text => Some(named::bin(conn, typed.warehouse, ("location", text))?),
    };
    Ok(AdjustInput {
        place: Place::new(typed.warehouse, product),
        bin,
        change: typed.change,
        reason: typed.reason,
        note: typed.note,
    })
}
