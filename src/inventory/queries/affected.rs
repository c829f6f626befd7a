//! What a correction did to the orders that wait.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::types::{Change, CountId, MovementId, OrderId, RecordRef};

/// An order that a correction gave units to, or took them from.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Affected {
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Units it gained, or lost.
    #[diesel(sql_type = Integer)]
    pub change: Change,
}

impl Affected {
    /// Whether it has more than before.
    pub fn gained(&self) -> bool {
        self.change.get() > 0
    }

    pub fn path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }
}

/// The orders that gained or lost units by a correction or a transfer, in the order of the decisions.
/// What is read is what the decision behind it changed.
pub fn affected_by(conn: &mut PgConnection, movement: MovementId) -> QueryResult<Vec<Affected>> {
    diesel::sql_query(
        "select o.id as order_id, o.number, c.name as customer,
           sum(e.change)::int4 as change
         from movements m
         join decisions d on d.id = m.decision_id and d.cause in ('adjustment', 'count', 'transfer', 'return')
         join reservation_entries e on e.decision_id = d.id
         join order_lines l on l.id = e.order_line_id and l.product_id = m.product_id
           and l.warehouse_id in (m.from_warehouse_id, m.to_warehouse_id)
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         where m.id = $1
         group by o.id, o.number, c.name
         order by min(e.order_line_id)",
    )
    .bind::<BigInt, _>(movement)
    .load(conn)
}

/// Orders that are named of those a count touched.
const NAMED: i64 = 200;

/// The orders that gained or lost units by a count, those that became short first.
pub fn affected_by_count(conn: &mut PgConnection, count: CountId) -> QueryResult<Vec<Affected>> {
    diesel::sql_query(
        "select o.id as order_id, o.number, c.name as customer, sum(e.change)::int4 as change
         from reservation_entries e
         join order_lines l on l.id = e.order_line_id
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         where e.decision_id in (select m.decision_id from movements m where m.count_id = $1)
         group by o.id, o.number, c.name
         having sum(e.change) <> 0
         order by sum(e.change), o.id
         limit $2",
    )
    .bind::<BigInt, _>(count)
    .bind::<BigInt, _>(NAMED)
    .load(conn)
}
