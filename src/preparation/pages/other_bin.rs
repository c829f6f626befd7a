//! A picker takes units of a parcel from another bin than was chosen for it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{get, post};
use askama::Template;
use diesel::prelude::*;

use crate::preparation::queries::{self, Picked};
use crate::preparation::{self, Shipment, forms};
use crate::types::{FieldErrors, Fields, OrderLineId, ShipmentId};
use crate::web::{Desk, Go, Leaf, Result, Sheet, Shell, SignedIn, view};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ask).service(take);
}

#[derive(Template)]
#[template(path = "preparation/shipments/other_bin.html", blocks = ["form"])]
struct OtherBinForm {
    shell: Shell,
    parcel: Shipment,
    line: OrderLineId,
    /// The bins the parcel takes it from.
    held: Vec<Picked>,
    /// The bins it may take it from, instead.
    others: Vec<Picked>,
    typed: Fields,
    errors: FieldErrors,
}
view!(OtherBinForm as form title);

impl OtherBinForm {
    fn load(
        conn: &mut PgConnection,
        sheet: Sheet,
        (id, line): (ShipmentId, OrderLineId),
    ) -> Result<Self> {
        Ok(Self {
            shell: sheet.shell,
            parcel: queries::parcel(conn, id)?.shipment,
            line,
            held: queries::held_for(conn, line)?,
            others: queries::others_for(conn, line)?,
            typed: sheet.typed,
            errors: sheet.errors,
        })
    }

    fn title(&self) -> String {
        format!("Another bin for {}", self.parcel.number)
    }

    /// As typed, else all that the first bin holds.
    fn quantity(&self) -> String {
        let first = self.held.first().map(|bin| bin.units.to_string());
        self.typed.or("quantity", first.unwrap_or_default())
    }

    fn is_typed(&self, field: &str, bin: &Picked) -> bool {
        self.typed.get(field) == bin.id.to_string()
    }
}

#[get("/shipments/{id}/lines/{line}/bin")]
async fn ask(desk: Desk<SignedIn>, at: Path<(ShipmentId, OrderLineId)>, typed: Fields) -> Result {
    desk.ask(typed, move |conn, sheet| {
        OtherBinForm::load(conn, sheet, *at)
    })
    .await
}

#[post("/shipments/{id}/lines/{line}/bin")]
async fn take(desk: Desk<SignedIn>, at: Path<(ShipmentId, OrderLineId)>, form: Fields) -> Result {
    let (id, line) = *at;
    desk.once(form, move |act, form| {
        let other = forms::elsewhere(form)?.of(line);
        let parcel = preparation::pick_elsewhere(act, id, other)?;
        let here = Leaf::typed(form).at(&parcel.path());
        Ok(Go::to(here).saying("The parcel takes them from the other bin."))
    })
    .or_again(move |conn, sheet| OtherBinForm::load(conn, sheet, (id, line)))
    .await
}
