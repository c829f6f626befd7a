//! What an action keeps as it is until it is done.

use diesel::prelude::*;

use crate::catalog::{self, Warehouse};
use crate::inventory::Error;
use crate::schema::warehouses;
use crate::types::{ProductId, WarehouseId};

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

/// Refuses what would be done to the stock of kits, which lie nowhere; `instead` says what to do to their
/// parts. Asked after rows that name the products are written, nobody makes one a kit meanwhile.
pub(super) fn no_kits(
    conn: &mut PgConnection,
    products: &[ProductId],
    instead: &str,
) -> Result<(), Error> {
    let refusal = catalog::kit_refusal(conn, products, instead)?;
    refusal.map_or(Ok(()), |sentence| Err(Error::IsKit(sentence)))
}
