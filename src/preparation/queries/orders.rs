//! What actions ask about the orders they prepare.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::preparation::ShipmentStatus;
use crate::schema::{demand, orders, shipments};
use crate::types::{OrderId, Quantity, ShipmentId, WarehouseId};

/// Units that must be taken in a warehouse so that some orders are complete: all they want that is
/// not reserved elsewhere.
pub fn needed_here(
    conn: &mut PgConnection,
    orders: &[OrderId],
    warehouse: WarehouseId,
) -> QueryResult<HashMap<OrderId, Quantity>> {
    let lines: Vec<(OrderId, WarehouseId, Quantity, Quantity)> = demand::table
        .filter(demand::order_id.eq_any(orders))
        .select((
            demand::order_id,
            demand::warehouse_id,
            demand::to_ship,
            demand::reserved,
        ))
        .load(conn)?;
    let mut needed: HashMap<OrderId, Quantity> = HashMap::new();
    for (order, place, to_ship, reserved) in lines {
        let elsewhere = match place == warehouse {
            true => Quantity::ZERO,
            false => reserved,
        };
        *needed.entry(order).or_default() += to_ship.less(elsewhere);
    }
    Ok(needed)
}

/// Since when each of some orders stands in its tab.
pub fn stood_since(
    conn: &mut PgConnection,
    orders: &[OrderId],
    warehouse: WarehouseId,
) -> QueryResult<HashMap<OrderId, DateTime<Utc>>> {
    use crate::schema::consignments;
    let stood: Vec<(OrderId, DateTime<Utc>)> = consignments::table
        .filter(consignments::order_id.eq_any(orders))
        .filter(consignments::warehouse_id.eq(warehouse))
        .select((consignments::order_id, consignments::changed_at))
        .load(conn)?;
    Ok(stood.into_iter().collect())
}

/// Which of some orders are in preparation in a warehouse, and the numbers of their parcels.
pub fn under_way(
    conn: &mut PgConnection,
    orders: &[OrderId],
    warehouse: WarehouseId,
) -> QueryResult<Vec<(OrderId, String)>> {
    shipments::table
        .filter(shipments::order_id.eq_any(orders))
        .filter(shipments::warehouse_id.eq(warehouse))
        .filter(shipments::status.eq_any([
            ShipmentStatus::ToPick,
            ShipmentStatus::Picked,
            ShipmentStatus::Packed,
        ]))
        .select((shipments::order_id, shipments::number))
        .load(conn)
}

/// The orders that some parcels are of.
pub fn orders_of_parcels(
    conn: &mut PgConnection,
    parcels: &[ShipmentId],
) -> QueryResult<Vec<OrderId>> {
    if parcels.is_empty() {
        return Ok(Vec::new());
    }
    shipments::table
        .filter(shipments::id.eq_any(parcels))
        .select(shipments::order_id)
        .load(conn)
}

/// What people call some orders.
pub fn numbers(
    conn: &mut PgConnection,
    orders: impl IntoIterator<Item = OrderId>,
) -> QueryResult<HashMap<OrderId, String>> {
    let numbers: Vec<(OrderId, String)> = orders::table
        .filter(orders::id.eq_any(orders))
        .select((orders::id, orders::number))
        .load(conn)?;
    Ok(numbers.into_iter().collect())
}
