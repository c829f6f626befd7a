//! Where orders are prepared, and by whom.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::catalog::Warehouse;
use crate::preparation::tabs::Tab;
use crate::preparation::{By, Choice, ShipmentStatus};
use crate::schema::{preparation_choices as choices, shipments, users, warehouses};
use crate::types::{UserId, WarehouseId};

/// The warehouses that ship orders, and what somebody looked at last, in one statement.
pub fn places(
    conn: &mut PgConnection,
    user: UserId,
) -> QueryResult<(Vec<Warehouse>, Option<Choice>)> {
    let kept = choices::warehouse_id
        .eq(warehouses::id)
        .and(choices::user_id.eq(user));
    let rows: Vec<(Warehouse, Option<String>)> = warehouses::table
        .left_join(choices::table.on(kept))
        .filter(warehouses::is_active)
        .filter(warehouses::ships_orders)
        .order((warehouses::is_primary.desc(), warehouses::code))
        .select((Warehouse::as_select(), choices::operator.nullable()))
        .load(conn)?;
    let kept = rows.iter().find_map(|(warehouse, by)| {
        let by = By::read(by.as_deref()?);
        let warehouse = warehouse.id;
        Some(Choice { warehouse, by })
    });
    let warehouses = rows.into_iter().map(|(warehouse, _)| warehouse);
    Ok((warehouses.collect(), kept))
}

/// Who has parcels in a tab of a warehouse, by name.
pub fn operators(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    tab: Tab,
    since: DateTime<Utc>,
) -> QueryResult<Vec<(UserId, String)>> {
    let statuses = match tab {
        Tab::Shipped => &[ShipmentStatus::Shipped][..],
        _ => &[
            ShipmentStatus::ToPick,
            ShipmentStatus::Picked,
            ShipmentStatus::Packed,
        ],
    };
    let is_recent = shipments::shipped_at
        .is_null()
        .or(shipments::shipped_at.gt(since));
    shipments::table
        .inner_join(users::table.on(shipments::operator_id.eq(users::id.nullable())))
        .filter(shipments::warehouse_id.eq(warehouse))
        .filter(shipments::status.eq_any(statuses))
        .filter(is_recent)
        .select((users::id, users::name))
        .distinct()
        .order(users::name)
        .load(conn)
}
