//! In which warehouse somebody is at work.

use diesel::PgConnection;

use crate::catalog::Warehouse;
use crate::preparation::queries;
use crate::types::{UserId, WarehouseId};
use crate::web::Result;

/// The warehouses that ship orders, and of these the one that is asked for, else the one that somebody looked at last, else the
/// first; none ships any.
pub(super) fn places(
    conn: &mut PgConnection,
    visitor: UserId,
    asked: &str,
) -> Result<(Vec<Warehouse>, Option<WarehouseId>)> {
    let (warehouses, kept) = queries::places(conn, visitor)?;
    let asked: Option<WarehouseId> = asked.parse().ok();
    let wanted = asked.or(kept.map(|choice| choice.warehouse));
    let known = warehouses.iter().find(|each| Some(each.id) == wanted);
    let chosen = known.or(warehouses.first()).map(|each| each.id);
    Ok((warehouses, chosen))
}
