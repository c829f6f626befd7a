//! The page of a location: what lies there, what moved, what was done to it.

use actix_web::get;
use actix_web::web::Path;
use askama::Template;

use crate::catalog::{self, Location, Warehouse};
use crate::db::history;
use crate::inventory::queries::{self, BinMovement, LocationListed, Lying};
use crate::paper::LabelSize;
use crate::types::LocationId;
use crate::web::{Desk, Result, Shell, SignedIn, view};

#[derive(Template)]
#[template(path = "inventory/locations/show.html")]
struct ShowLocation {
    shell: Shell,
    location: Location,
    warehouse: Warehouse,
    /// With what lies there.
    listed: LocationListed,
    contents: Vec<Lying>,
    moves: Vec<BinMovement>,
    history: Vec<history::Entry>,
}
view!(ShowLocation);

impl ShowLocation {
    /// How many products lie there that are not shown.
    fn more(&self) -> i64 {
        let shown = i64::try_from(self.contents.len()).unwrap_or(i64::MAX);
        self.listed.products.saturating_sub(shown)
    }
}

#[get("/locations/{id:\\d+}")]
pub(super) async fn show(desk: Desk<SignedIn>, id: Path<LocationId>) -> Result {
    desk.show(move |conn, shell| {
        let location = queries::location(conn, *id)?;
        let listed = queries::chosen_locations(conn, location.warehouse_id, &[*id])?.pop();
        Ok(ShowLocation {
            shell,
            warehouse: catalog::warehouse(conn, location.warehouse_id)?,
            listed: listed.ok_or(diesel::NotFound)?,
            contents: queries::contents(conn, *id)?,
            moves: queries::latest_moves(conn, *id)?,
            history: history::of(conn, location.record())?,
            location,
        })
    })
    .await
}
