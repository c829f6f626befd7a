//! What a line misses and what lies free of it in another warehouse.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Text};

use crate::db::sql;
use crate::types::{OrderId, OrderLineId, Quantity, WarehouseId};

/// A warehouse where some of a line lies free that is missing where it waits.
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
    /// Of these, what the line misses.
    #[diesel(sql_type = Integer)]
    pub missing: Quantity,
    /// Whether the line could ship from there instead, and would have more then.
    #[diesel(sql_type = Bool)]
    pub may_ship: bool,
}

/// Where the lines of an order could be served sooner, by line, most units first, in one statement: from
/// there, by warehouses that ship orders and count for selling, or by a transfer, from any whose goods
/// are usable. Lines in a parcel stay where they are.
pub fn elsewhere(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<HashMap<OrderLineId, Vec<Elsewhere>>> {
    let rows: Vec<Elsewhere> = sql!(
        "select d.order_line_id as line, w.id as warehouse_id, w.name as warehouse,
           l.on_hand - l.to_ship as free,
           least(d.to_ship - d.reserved, l.on_hand - l.to_ship) as missing,
           w.ships_orders and w.counts_for_selling and d.taken = 0
             and l.on_hand - l.to_ship > d.reserved as may_ship
         from demand d
         join levels l on l.product_id = d.product_id and l.warehouse_id <> d.warehouse_id
           and l.on_hand > l.to_ship
         join warehouses w on w.id = l.warehouse_id and w.is_active
           and w.kind not in ('defective', 'set_aside')
         where d.order_id = :order and d.reserved < d.to_ship
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
