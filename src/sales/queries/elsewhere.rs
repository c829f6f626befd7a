//! What a line misses and what lies free of it in another warehouse.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::db::sql;
use crate::types::{OrderId, OrderLineId, Quantity, WarehouseId};

/// A warehouse where more of a line lies free than is reserved for it where it waits.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Elsewhere {
    #[diesel(sql_type = BigInt)]
    line: OrderLineId,
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    /// Units there that no order asks for.
    #[diesel(sql_type = Integer)]
    pub free: Quantity,
}

/// Where the lines of an order could be served sooner, by line, most units first, in one statement.
/// Only warehouses that ship orders and count for selling; lines in a parcel stay where they are.
pub fn elsewhere(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<HashMap<OrderLineId, Vec<Elsewhere>>> {
    let rows: Vec<Elsewhere> = sql!(
        "select d.order_line_id as line, w.id as warehouse_id, w.name as warehouse,
           l.on_hand - l.to_ship as free
         from demand d
         join levels l on l.product_id = d.product_id and l.warehouse_id <> d.warehouse_id
           and l.on_hand - l.to_ship > d.reserved
         join warehouses w on w.id = l.warehouse_id and w.is_active and w.ships_orders
           and w.counts_for_selling
         where d.order_id = :order and d.reserved < d.to_ship and d.taken = 0
         order by d.order_line_id, free desc, w.code",
        order: BigInt = order,
    )
    .load(conn)?;
    let mut by_line: HashMap<OrderLineId, Vec<Elsewhere>> = HashMap::new();
    for row in rows {
        by_line.entry(row.line).or_default().push(row);
    }
    Ok(by_line)
}
