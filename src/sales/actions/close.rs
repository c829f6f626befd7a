//! The last unit of an order left, or was given up.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use crate::db::Act;
use crate::sales::OrderStatus;
use crate::types::OrderId;

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Totalled {
    #[diesel(sql_type = Text)]
    status: OrderStatus,
}

/// What left of its kits and what was given up, read off their parts: a set left when none of its units
/// is still to ship, and is given up when all of it is.
fn count_kits(conn: &mut PgConnection, order: OrderId) -> QueryResult<usize> {
    diesel::sql_query(
        "update order_lines k set cancelled = p.cancelled, shipped = k.ordered - p.cancelled - p.left_over
         from (
           select kit_line_id, min(cancelled / per_kit) as cancelled,
             max((ordered - shipped - cancelled + per_kit - 1) / per_kit) as left_over
           from order_lines where order_id = $1 and kit_line_id is not null group by 1
         ) p
         where k.id = p.kit_line_id
           and (k.cancelled, k.shipped) <> (p.cancelled, k.ordered - p.cancelled - p.left_over)",
    )
    .bind::<BigInt, _>(order)
    .execute(conn)
}

/// Adds the order up, with its amounts unless all of it was given up; raises its version, and closes
/// it when nothing is left to ship. Says how it stands now.
pub(super) fn total_and_close(act: &mut Act<'_>, order: OrderId) -> QueryResult<OrderStatus> {
    count_kits(act, order)?;
    let at = act.at();
    let totalled: Totalled = diesel::sql_query(
        "update orders o
         set total = l.total + l.amounts, version = o.version + 1,
           status = case when l.left > 0 then 'open' when l.shipped > 0 then 'shipped'
             else 'cancelled' end,
           closed_at = case when l.left > 0 then null else $2 end,
           held_at = case when l.left > 0 then o.held_at end,
           hold_reason = case when l.left > 0 then o.hold_reason else '' end
         from (
           select as_money(sum((ordered - cancelled)::numeric * unit_price)) as total,
             sum(ordered - shipped - cancelled) as left, sum(shipped) as shipped,
             case when sum(ordered - cancelled) > 0 then (select coalesce(as_money(sum(amount)), 0)
               from order_amounts where order_id = $1) else 0 end as amounts
           from order_lines where order_id = $1
         ) l
         where o.id = $1
         returning o.status",
    )
    .bind::<BigInt, _>(order)
    .bind::<Timestamptz, _>(at)
    .get_result(act.conn())?;
    Ok(totalled.status)
}
