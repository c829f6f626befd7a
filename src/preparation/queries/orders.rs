//! What actions ask about the orders they prepare.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::preparation::ShipmentStatus;
use crate::schema::{demand, orders, shipments};
use crate::types::{OrderId, ProductId, Quantity, WarehouseId};

/// A line with units to ship.
#[derive(Debug, Clone, Copy, HasQuery)]
#[diesel(table_name = demand)]
pub(in crate::preparation) struct Claimed {
    pub(in crate::preparation) order_id: OrderId,
    pub(in crate::preparation) warehouse_id: WarehouseId,
    pub(in crate::preparation) product_id: ProductId,
    pub(in crate::preparation) to_ship: Quantity,
    pub(in crate::preparation) reserved: Quantity,
}

/// The lines of some orders that have units to ship, in all warehouses.
pub(in crate::preparation) fn claimed(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<Vec<Claimed>> {
    Claimed::query()
        .filter(demand::order_id.eq_any(orders))
        .load(conn)
}

/// Which of some orders are in preparation in a warehouse, and the numbers of their parcels.
pub(in crate::preparation) fn under_way(
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

/// What people call some orders.
pub(in crate::preparation) fn numbers(
    conn: &mut PgConnection,
    orders: impl IntoIterator<Item = OrderId>,
) -> QueryResult<HashMap<OrderId, String>> {
    let numbers: Vec<(OrderId, String)> = orders::table
        .filter(orders::id.eq_any(orders))
        .select((orders::id, orders::number))
        .load(conn)?;
    Ok(numbers.into_iter().collect())
}
