//! Why a line waits, and what cures it: read off the same queue the plan serves.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use super::model::CauseKind;
use super::origin::brought_by;
use super::queue::QUEUE_BACKWARDS_SQL;
use crate::schema::{decisions, reservation_entries, users};
use crate::types::{
    Change, OrderId, OrderLineId, ProductId, PurchaseOrderId, Quantity, TransferId, WarehouseId,
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
    #[diesel(sql_type = Integer)]
    pub to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    pub reserved: Quantity,
    /// Units that nothing covers.
    #[diesel(sql_type = Integer)]
    pub uncovered: Quantity,
    /// When the last missing unit will be there.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_id: Option<PurchaseOrderId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    /// The number of what brings it.
    #[diesel(sql_type = Nullable<Text>)]
    pub brought_by: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    /// Units on hand there.
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
}

impl Standing {
    /// The page of the purchase order or the transfer that brings it.
    pub fn brought_by_path(&self) -> Option<String> {
        let record = brought_by(self.purchase_order_id, self.transfer_id)?;
        Some(record.path())
    }
}

/// A line that is served before.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Ahead {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
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

impl CauseKind {
    /// Why dates moved by it, as the rest of a sentence that begins with "because".
    pub const fn because(self) -> &'static str {
        match self {
            Self::OrderPlaced => "an order was placed that goes before",
            Self::OrderEdited => "an order was edited",
            Self::OrderHeld => "an order was put on hold",
            Self::OrderReleased => "an order on hold was released",
            Self::OrderCancelled => "an order was cancelled",
            Self::SetBroken => "the sets of a kit were broken",
            Self::Reception => "goods arrived otherwise than expected",
            Self::Reversal => "a reception was taken back",
            Self::Adjustment => "the stock was corrected",
            Self::Count => "a count found more or fewer than the books said",
            Self::Preparation => "units went into a parcel or came back",
            Self::Shipment => "a parcel left",
            Self::Return => "a customer sent goods back",
            Self::PurchaseOrder => "a purchase order changed",
            Self::Transfer => "a transfer between warehouses changed what there is",
            Self::Priority => "the queue was changed by hand",
            Self::Moved => "units were moved by hand",
            Self::Settings => "a setting was changed",
        }
    }
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
pub fn why(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Option<Why>> {
    let standing: Option<Standing> = diesel::sql_query(
        "select q.position, q.of, q.units_ahead, me.to_ship, me.reserved, me.uncovered, me.expected_on,
           me.product_id, me.warehouse_id, l.on_hand,
           s.purchase_order_id, s.transfer_id, coalesce(p.number, t.number) as brought_by
         from demand me
         cross join lateral (
           select count(*) as of, count(*) filter (where a.ahead) + 1 as position,
             coalesce(sum(d.to_ship) filter (where a.ahead), 0) as units_ahead
           from demand d
           cross join lateral (
             select (coalesce(d.pinned_at, 'infinity'), d.priority_rank, d.required_by, d.placed_at,
                 d.order_id, d.line_number)
               < (coalesce(me.pinned_at, 'infinity'), me.priority_rank, me.required_by, me.placed_at,
                 me.order_id, me.line_number) as ahead
           ) a
           where d.warehouse_id = me.warehouse_id and d.product_id = me.product_id
         ) q
         join levels l on l.warehouse_id = me.warehouse_id and l.product_id = me.product_id
         left join supply s on s.id = me.supply_id
         left join purchase_orders p on p.id = s.purchase_order_id
         left join transfers t on t.id = s.transfer_id
         where me.order_line_id = $1",
    )
    .bind::<BigInt, _>(line)
    .get_result(conn)
    .optional()?;
    let Some(standing) = standing else {
        return Ok(None);
    };
    let ahead = ahead(conn, line)?;
    let decisions = decisions(conn, line)?;
    Ok(Some(Why {
        standing,
        ahead,
        decisions,
    }))
}

/// The nearest first, read off the index of the queue: those that take their turn, then those that
/// are pinned.
fn ahead(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<Ahead>> {
    let nearest = |which: &str| {
        format!(
            "(select d.* from demand d, me
              where d.warehouse_id = me.warehouse_id and d.product_id = me.product_id and {which}
              order by {QUEUE_BACKWARDS_SQL} limit $2)"
        )
    };
    let in_turn = nearest(
        "d.pinned_at is null and me.pinned_at is null
         and (d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number)
           < (me.priority_rank, me.required_by, me.placed_at, me.order_id, me.line_number)",
    );
    let pinned = nearest(
        "d.pinned_at is not null and (me.pinned_at is null
           or (d.pinned_at, d.priority_rank, d.required_by, d.placed_at, d.order_id, d.line_number)
             < (me.pinned_at, me.priority_rank, me.required_by, me.placed_at, me.order_id,
               me.line_number))",
    );
    diesel::sql_query(format!(
        "with me as (select * from demand where order_line_id = $1)
         select d.order_id, d.to_ship, d.reserved, d.placed_at,
           (select o.number from orders o where o.id = d.order_id) as order_number
         from ({in_turn} union all {pinned}) d
         order by {QUEUE_BACKWARDS_SQL} limit $2"
    ))
    .bind::<BigInt, _>(line)
    .bind::<BigInt, _>(NAMED)
    .load(conn)
}

/// Every decision about the reserved units of a line, latest first, at most a hundred.
pub fn decisions(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<Decision>> {
    reservation_entries::table
        .inner_join(decisions::table.on(decisions::id.eq(reservation_entries::decision_id)))
        .left_join(users::table.on(decisions::user_id.eq(users::id.nullable())))
        .filter(reservation_entries::order_line_id.eq(line))
        .order(reservation_entries::decision_id.desc())
        .limit(100)
        .select((
            decisions::at,
            reservation_entries::change,
            decisions::cause,
            decisions::reason,
            users::name.nullable(),
        ))
        .load(conn)
}
