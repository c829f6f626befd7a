//! What people name in a box, as they type or scan it.

use diesel::PgConnection;

use crate::catalog;
use crate::types::{FieldErrors, LocationId, WarehouseId};
use crate::web::Result;

/// The bin of a warehouse with this code or barcode.
///
/// # Errors
/// A complaint beside `field` where there is none.
pub(super) fn bin(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    (field, text): (&str, &str),
) -> Result<LocationId> {
    match catalog::bin_called(conn, warehouse, text)? {
        Some(bin) => Ok(bin.id),
        None => {
            let sentence = "No bin of this warehouse has this code or barcode.";
            Err(FieldErrors::one(field, sentence).into())
        }
    }
}
