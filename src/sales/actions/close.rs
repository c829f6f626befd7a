//! The last unit of an order left, or was given up.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};

use crate::db::Act;
use crate::sales::OrderStatus;
use crate::types::OrderId;

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct Totalled {
    #[diesel(sql_type = BigInt)]
    pub(super) id: OrderId,
    #[diesel(sql_type = Text)]
    pub(super) status: OrderStatus,
}

/// What left of its kits and what was given up, read off their parts: a set left when none of its units
/// is still to ship, and is given up when all of it is.
fn count_kits(conn: &mut PgConnection, orders: &[OrderId]) -> QueryResult<usize> {
    diesel::sql_query(
        "update order_lines k set cancelled = p.cancelled, shipped = k.ordered - p.cancelled - p.left_over
         from (
           select kit_line_id, min(cancelled / per_kit) as cancelled,
             max((ordered - shipped - cancelled + per_kit - 1) / per_kit) as left_over
           from order_lines where order_id = any($1) and kit_line_id is not null group by 1
         ) p
         where k.id = p.kit_line_id
           and (k.cancelled, k.shipped) <> (p.cancelled, k.ordered - p.cancelled - p.left_over)",
    )
    .bind::<Array<BigInt>, _>(orders)
    .execute(conn)
}

/// Adds the order up, with its amounts unless all of it was given up; raises its version, and closes
/// it when nothing is left to ship. Says how it stands now.
pub(super) fn total_and_close(act: &mut Act<'_>, order: OrderId) -> QueryResult<OrderStatus> {
    let totalled = total_and_close_all(act, &[order])?;
    let totalled = totalled.first().ok_or(diesel::NotFound)?;
    Ok(totalled.status)
}

/// The same of several, in a constant number of statements.
pub(super) fn total_and_close_all(
    act: &mut Act<'_>,
    orders: &[OrderId],
) -> QueryResult<Vec<Totalled>> {
    count_kits(act, orders)?;
    let at = act.at();
    diesel::sql_query(
        "update orders o
         set total = l.total + l.amounts, version = o.version + 1,
           status = case when l.left > 0 then 'open' when l.shipped > 0 then 'shipped'
             else 'cancelled' end,
           closed_at = case when l.left > 0 then null else $2 end,
           held_at = case when l.left > 0 then o.held_at end,
           hold_reason = case when l.left > 0 then o.hold_reason else '' end
         from (
           select x.order_id, as_money(sum((ordered - cancelled)::numeric * unit_price)) as total,
             sum(ordered - shipped - cancelled) as left, sum(shipped) as shipped,
             case when sum(ordered - cancelled) > 0 then (select coalesce(as_money(sum(amount)), 0)
               from order_amounts a where a.order_id = x.order_id) else 0 end as amounts
           from order_lines x where x.order_id = any($1) group by x.order_id
         ) l
         where o.id = l.order_id
         returning o.id, o.status",
    )
    .bind::<Array<BigInt>, _>(orders)
    .bind::<Timestamptz, _>(at)
    .load(act.conn())
}
