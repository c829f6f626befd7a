//! What an action keeps as it is until it is done.

use diesel::prelude::*;

use crate::catalog::Warehouse;
use crate::inventory::Error;
use crate::schema::warehouses;
use crate::types::WarehouseId;

/// A warehouse, kept in use meanwhile; refused beside the field that names it.
pub(super) fn warehouse(
    conn: &mut PgConnection,
    id: WarehouseId,
    field: &'static str,
) -> Result<Warehouse, Error> {
    Warehouse::query()
        .filter(warehouses::id.eq(id))
        .filter(warehouses::is_active)
        .for_share()
        .first(conn)
        .optional()?
        .ok_or(Error::NoSuchWarehouse(field))
}
