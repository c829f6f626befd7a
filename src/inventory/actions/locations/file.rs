//! A file of locations, looked at and then applied.

use diesel::prelude::*;

use super::many;
use crate::catalog::Warehouse;
use crate::db::Act;
use crate::inventory::Error;
use crate::inventory::locations::entry::Entry;
use crate::inventory::locations::error::Refusal;
use crate::inventory::locations::file::{self, COLUMNS, Plan};
use crate::inventory::locations::known::Known;
use crate::sheet::Table;
use crate::types::{LocationId, WarehouseId};

/// What a file comes to in a warehouse. Writes nothing.
///
/// # Errors
/// Those of the database.
pub fn read_locations(
    conn: &mut PgConnection,
    warehouse: Warehouse,
    text: &str,
) -> QueryResult<Plan> {
    let table = Table::open(text, &COLUMNS);
    let wanted = file::barcodes(&table, &warehouse);
    let known = Known::load(conn, warehouse, &wanted)?;
    Ok(file::judge(&table, &known))
}

/// Applies what somebody agreed to, all or none; lines that cannot be are left out.
///
/// # Errors
/// [`Refusal::NotAgreed`] when it comes to something else meanwhile, [`Refusal::NothingInFile`].
pub fn apply_locations(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    text: &str,
    agreed: &str,
) -> Result<Plan, Error> {
    let warehouse = super::lock_active(act, warehouse)?;
    let id = warehouse.id;
    // Locked first: what is read then stays so.
    let seen = read_locations(act, warehouse.clone(), text)?;
    let changed: Vec<LocationId> = seen.changed.iter().map(|change| change.id).collect();
    super::lock_locations(act, &changed)?;
    let plan = read_locations(act, warehouse, text)?;
    if plan.mark() != agreed {
        return Err(Refusal::NotAgreed.into());
    }
    if plan.is_nothing() {
        return Err(Refusal::NothingInFile.into());
    }
    let new: Vec<Entry> = plan.new.iter().map(|(_, entry)| entry.clone()).collect();
    many::update(act, &plan.changed)?;
    many::insert(act, id, &new)?;
    Ok(plan)
}
