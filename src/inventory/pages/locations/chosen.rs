//! What a page of locations is about: a warehouse, and the rows that were chosen there.

use diesel::prelude::*;

use crate::catalog::{self, Warehouse};
use crate::inventory::locations::forms;
use crate::inventory::queries::{self, LocationListed};
use crate::types::{Fields, LocationId, WarehouseId};
use crate::web::Result;

/// The active warehouses with the one that was asked for, and that one; the primary one if none was,
/// or none there is.
pub fn warehouses(
    conn: &mut PgConnection,
    asked: Option<WarehouseId>,
) -> Result<(Vec<Warehouse>, Warehouse)> {
    let mut all = catalog::warehouses(conn)?;
    let known = asked.and_then(|id| all.iter().find(|warehouse| warehouse.id == id));
    if let Some(chosen) = known.cloned() {
        return Ok((all, chosen));
    }
    let other = match asked {
        Some(id) => catalog::warehouse(conn, id).optional()?,
        None => None,
    };
    if let Some(chosen) = other {
        all.push(chosen.clone());
        return Ok((all, chosen));
    }
    let primary = catalog::primary_warehouse(conn)?;
    Ok((all, primary))
}

/// The locations that a link from the list is about: the ticked ones, or with `all` those its filter
/// leaves.
pub fn locations(
    conn: &mut PgConnection,
    form: &Fields,
) -> Result<(Warehouse, Vec<LocationListed>)> {
    let filter = forms::filter(form);
    let (_, warehouse) = warehouses(conn, filter.warehouse())?;
    let rows = match form.has("all") {
        true => queries::all_locations(conn, warehouse.id, &filter)?,
        false => {
            let ids = form.all("location").filter_map(|id| id.parse().ok());
            let ids: Vec<LocationId> = ids.chain(forms::ids(form)).collect();
            queries::chosen_locations(conn, warehouse.id, &ids)?
        }
    };
    Ok((warehouse, rows))
}
