//! Why a line waits, and what cures it: read off the same queue the plan serves.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use super::model::CauseKind;
use super::queue::QUEUE_SQL;
use crate::schema::{reservation_entries, users};
use crate::types::{
    Change, OrderId, OrderLineId, ProductId, PurchaseOrderId, Quantity, WarehouseId,
};

/// How many of those ahead are named.
const NAMED: i64 = 5;

/// Why a line waits.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Standing {
    /// Its place in the queue, from 1.
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    /// Lines in the queue.
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    /// Units that lines ahead ask for.
    #[diesel(sql_type = BigInt)]
    pub units_ahead: i64,
    /// Units to ship.
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    /// Units reserved.
    #[diesel(sql_type = Integer)]
    pub reserved: Quantity,
    /// Units that nothing covers.
    #[diesel(sql_type = Integer)]
    pub uncovered: Quantity,
    /// When the last missing unit will be there.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    /// The purchase order that brings it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub purchase_order_id: Option<PurchaseOrderId>,
    /// Its number.
    #[diesel(sql_type = Nullable<Text>)]
    pub purchase_order: Option<String>,
    /// The product.
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    /// The warehouse.
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    /// Units on hand there.
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
}

/// A line that is served before.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Ahead {
    /// Its order.
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    /// The number of the order.
    #[diesel(sql_type = Text)]
    pub order_number: String,
    /// Units it asks for.
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    /// Units it holds.
    #[diesel(sql_type = Integer)]
    pub reserved: Quantity,
    /// When its order was placed.
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: DateTime<Utc>,
}

/// A decision about the reserved units of a line.
#[derive(Debug, Clone, Queryable)]
pub struct Decision {
    /// When.
    pub at: DateTime<Utc>,
    /// Units gained or lost.
    pub change: Change,
    /// What caused it.
    pub cause: CauseKind,
    /// More about it; may be empty.
    pub reason: String,
    /// Who; `None`: Backfill itself.
    pub who: Option<String>,
}

/// The answer to "why is it red, and what cures it".
#[derive(Debug, Clone)]
pub struct Why {
    /// Where the line stands.
    pub standing: Standing,
    /// The nearest lines ahead of it.
    pub ahead: Vec<Ahead>,
    /// Every decision about it, latest first.
    pub decisions: Vec<Decision>,
}

/// Why a line waits; `None` when it is in no queue: nothing is left to ship.
///
/// # Errors
/// Those of the database.
pub fn why(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Option<Why>> {
    let standing: Option<Standing> = diesel::sql_query(format!(
        "select q.*, s.purchase_order_id, p.number as purchase_order, l.on_hand
         from (
           select d.order_line_id, row_number() over w as position, count(*) over () as of,
             sum(d.to_ship) over w - d.to_ship as units_ahead, d.to_ship, d.reserved, d.uncovered,
             d.expected_on, d.supply_id, d.product_id, d.warehouse_id
           from demand d join demand me
             on me.warehouse_id = d.warehouse_id and me.product_id = d.product_id
           where me.order_line_id = $1
           window w as (order by {QUEUE_SQL})
         ) q
         join levels l on l.warehouse_id = q.warehouse_id and l.product_id = q.product_id
         left join supply s on s.id = q.supply_id
         left join purchase_orders p on p.id = s.purchase_order_id
         where q.order_line_id = $1"
    ))
    .bind::<BigInt, _>(line)
    .get_result(conn)
    .optional()?;
    let Some(standing) = standing else {
        return Ok(None);
    };
    let ahead = ahead(conn, line, &standing)?;
    let decisions = decisions(conn, line)?;
    Ok(Some(Why {
        standing,
        ahead,
        decisions,
    }))
}

fn ahead(conn: &mut PgConnection, line: OrderLineId, at: &Standing) -> QueryResult<Vec<Ahead>> {
    diesel::sql_query(format!(
        "select q.order_id, o.number as order_number, q.to_ship, q.reserved, q.placed_at
         from (
           select d.*, row_number() over (order by {QUEUE_SQL}) as position
           from demand d join demand me
             on me.warehouse_id = d.warehouse_id and me.product_id = d.product_id
           where me.order_line_id = $1
         ) q join orders o on o.id = q.order_id
         where q.position < $2 order by q.position desc limit $3"
    ))
    .bind::<BigInt, _>(line)
    .bind::<BigInt, _>(at.position)
    .bind::<BigInt, _>(NAMED)
    .load(conn)
}

/// Every decision about the reserved units of a line, latest first, at most a hundred.
///
/// # Errors
/// Those of the database.
pub fn decisions(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<Decision>> {
    reservation_entries::table
        .left_join(users::table)
        .filter(reservation_entries::order_line_id.eq(line))
        .order(reservation_entries::id.desc())
        .limit(100)
        .select((
            reservation_entries::at,
            reservation_entries::change,
            reservation_entries::cause,
            reservation_entries::reason,
            users::name.nullable(),
        ))
        .load(conn)
}
