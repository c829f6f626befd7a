//! What a line misses and what lies free of it in another warehouse.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Text};

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

/// Where these lines of an order could be served sooner, by line, most units first, in one statement: from
/// there, by warehouses that ship orders and count for selling, or by a transfer, from any whose goods
/// are usable. Lines in a parcel stay where they are.
pub fn elsewhere(
    conn: &mut PgConnection,
    order: OrderId,
    lines: &[OrderLineId],
) -> QueryResult<HashMap<OrderLineId, Vec<Elsewhere>>> {
    let rows: Vec<Elsewhere> = sql!(
        "select d.order_line_id as line, w.id as warehouse_id, w.name as warehouse,
           l.on_hand - l.to_ship as free,
           least(d.to_ship - d.reserved, l.on_hand - l.to_ship) as missing,
           w.ships_orders and w.counts_for_selling and d.taken = 0 and d.kit_line_id is null
             and l.on_hand - l.to_ship > d.reserved as may_ship
         from demand d
         join levels l on l.product_id = d.product_id and l.warehouse_id <> d.warehouse_id
           and l.on_hand > l.to_ship
         join warehouses w on w.id = l.warehouse_id and w.is_active
           and w.kind not in ('defective', 'set_aside')
         where d.order_id = :order and d.order_line_id = any(:lines) and d.reserved < d.to_ship
         union all
         select k.id, w.id, w.name, s.sets, least(k.left_over - k.reserved, s.sets), true
         from (
           select kit_line_id as id, min(reserved / per_kit) as reserved, min(to_ship / per_kit) as left_over,
             min(parts_in_kit) as parts, min(warehouse_id) as warehouse_id
           from demand where order_id = :order and kit_line_id = any(:lines)
           group by 1 having bool_and(taken = 0)
         ) k
         cross join lateral (
           select l.warehouse_id, min(greatest(0, l.on_hand - l.to_ship) / d.per_kit) as sets
           from demand d join levels l on l.product_id = d.product_id and l.warehouse_id <> k.warehouse_id
           where d.kit_line_id = k.id
           group by 1 having count(*) = k.parts
         ) s
         join warehouses w on w.id = s.warehouse_id and w.is_active and w.ships_orders
           and w.counts_for_selling
         where k.reserved < k.left_over and s.sets > k.reserved
         order by line, free desc, warehouse",
        order: BigInt = order,
        lines: Array<BigInt> = lines,
    )
    .load(conn)?;
    let mut by_line: HashMap<OrderLineId, Vec<Elsewhere>> = HashMap::new();
    for row in rows {
        by_line.entry(row.line).or_default().push(row);
    }
    Ok(by_line)
}
