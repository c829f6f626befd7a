//! Which orders a need is for.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};

use crate::stock::{self, KIT_SQL, Place, QUEUE_SQL};
use crate::types::{OrderId, PurchaseOrderId, Quantity, TransferId};

/// The most lines that are named.
const MOST: i64 = 200;

/// An order line that lacks units.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct NeededFor {
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Timestamptz)]
    pub placed_at: DateTime<Utc>,
    /// Units it lacks.
    #[diesel(sql_type = Integer)]
    pub missing: Quantity,
    /// Of these, units that nobody brings.
    #[diesel(sql_type = Integer)]
    pub uncovered: Quantity,
    /// When the last of them arrives.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_id: Option<PurchaseOrderId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    /// The number of what brings it.
    #[diesel(sql_type = Nullable<Text>)]
    pub brought_by: Option<String>,
    /// Whether the order is on hold.
    #[diesel(sql_type = Bool)]
    pub held: bool,
    /// SKU of the kit it is a part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub kit: Option<String>,
}

impl NeededFor {
    /// The page of the purchase order or the transfer that brings it.
    pub fn brought_by_path(&self) -> Option<String> {
        let record = stock::brought_by(self.purchase_order_id, self.transfer_id)?;
        Some(record.path())
    }
}

/// The order lines that a need is for, in queue order, at most two hundred.
pub fn needed_for(conn: &mut PgConnection, place: Place) -> QueryResult<Vec<NeededFor>> {
    diesel::sql_query(format!(
        "select d.order_id, o.number as order_number, c.name as customer, o.placed_at,
           d.to_ship - d.reserved as missing, d.uncovered, d.expected_on, s.purchase_order_id,
           s.transfer_id, coalesce(p.number, t.number) as brought_by, d.held,
           {KIT_SQL} as kit
         from demand d
         join orders o on o.id = d.order_id
         join customers c on c.id = o.customer_id
         left join supply s on s.id = d.supply_id
         left join purchase_orders p on p.id = s.purchase_order_id
         left join transfers t on t.id = s.transfer_id
         where d.warehouse_id = $1 and d.product_id = $2 and d.reserved < d.to_ship
         order by {QUEUE_SQL} limit $3"
    ))
    .bind::<BigInt, _>(place.warehouse)
    .bind::<BigInt, _>(place.product)
    .bind::<BigInt, _>(MOST)
    .load(conn)
}
