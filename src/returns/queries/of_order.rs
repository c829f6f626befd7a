//! Returns, for the page of an order.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use crate::returns::ReturnStatus;
use crate::types::{OrderId, RecordRef, ReturnId};

/// A return of an order.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct OfOrder {
    #[diesel(sql_type = BigInt)]
    pub id: ReturnId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub status: ReturnStatus,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub announced: i64,
    /// Units that are back.
    #[diesel(sql_type = BigInt)]
    pub back: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    replacement_id: Option<OrderId>,
    /// The number of the order that sends others.
    #[diesel(sql_type = Nullable<Text>)]
    pub replacement: Option<String>,
}

impl OfOrder {
    pub fn path(&self) -> String {
        RecordRef::Return(self.id).path()
    }

    pub fn replacement_path(&self) -> String {
        let order = self.replacement_id.map(RecordRef::Order);
        order.map_or_else(String::new, RecordRef::path)
    }
}

/// The returns of an order, the latest first.
pub fn of_order(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<OfOrder>> {
    diesel::sql_query(
        "select r.id, r.number, r.status, r.created_at, l.announced, l.back,
           o.id as replacement_id, o.number as replacement
         from returns r
         left join orders o on o.id = r.replacement_order_id
         cross join lateral (
           select coalesce(sum(announced), 0) as announced, coalesce(sum(good + damaged), 0) as back
           from return_lines where return_id = r.id
         ) l
         where r.order_id = $1
         order by r.id desc",
    )
    .bind::<BigInt, _>(order)
    .load(conn)
}

/// What an order sends again.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Replaced {
    #[diesel(sql_type = BigInt)]
    id: ReturnId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    /// The number of the order that it came back of.
    #[diesel(sql_type = Text)]
    pub order_number: String,
}

impl Replaced {
    pub fn path(&self) -> String {
        RecordRef::Return(self.id).path()
    }

    pub fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }
}

/// The return whose units an order sends again.
pub fn replaced_by(conn: &mut PgConnection, order: OrderId) -> QueryResult<Option<Replaced>> {
    diesel::sql_query(
        "select r.id, r.number, r.order_id, o.number as order_number
         from returns r join orders o on o.id = r.order_id
         where r.replacement_order_id = $1",
    )
    .bind::<BigInt, _>(order)
    .get_result(conn)
    .optional()
}
