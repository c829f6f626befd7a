//! What other domains and pages read off the books.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Integer, Nullable, Text};

use super::model::Place;
use super::origin::brought_by;
use super::queue::QUEUE_SQL;
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseOrderId, Quantity, ReceptionId, RecordRef, ReturnId,
    TransferId,
};

/// Where units of a delivery went.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Assigned {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Units it got.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    /// Whether everything it wants from this warehouse is reserved now, or left already.
    #[diesel(sql_type = Bool)]
    pub is_ready: bool,
}

/// Where the units of a reception went, in queue order; what is left over is on the shelf.
pub fn assigned_by(conn: &mut PgConnection, reception: ReceptionId) -> QueryResult<Vec<Assigned>> {
    diesel::sql_query(
        "select l.product_id, o.id as order_id, o.number as order_number, c.name as customer,
           sum(e.change)::int4 as quantity,
           coalesce(bool_and(k.state in ('reserved', 'in_preparation', 'done')), false) as is_ready
         from decisions d
         join receptions r on r.id = d.reception_id
         join reservation_entries e on e.decision_id = d.id and e.change > 0
         join order_lines l on l.id = e.order_line_id
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         left join consignments k on k.order_id = o.id and k.warehouse_id = r.warehouse_id
         where d.reception_id = $1
         group by l.product_id, o.id, o.number, c.name
         order by l.product_id, min(e.order_line_id)",
    )
    .bind::<BigInt, _>(reception)
    .load(conn)
}

/// The orders that got units of the reception called `:reception`, as a list of their ids.
pub const SERVED_SQL: &str = "(select l.order_id from decisions d
    join reservation_entries e on e.decision_id = d.id and e.change > 0
    join order_lines l on l.id = e.order_line_id
    where d.reception_id = :reception)";

/// Where units of a transfer went that reached a shelf.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct AssignedByTransfer {
    /// The decision that gave them: one for all that arrived at once.
    #[diesel(sql_type = BigInt)]
    pub decision_id: i64,
    #[diesel(embed)]
    pub assigned: Assigned,
}

/// Where the units of a transfer went that arrived or came back, in queue order; what is left over is
/// on the shelf.
pub fn assigned_by_transfer(
    conn: &mut PgConnection,
    transfer: TransferId,
) -> QueryResult<Vec<AssignedByTransfer>> {
    diesel::sql_query(
        "select m.decision_id, m.product_id, o.id as order_id, o.number as order_number,
           c.name as customer, sum(e.change)::int4 as quantity,
           coalesce(bool_and(k.state in ('reserved', 'in_preparation', 'done')), false) as is_ready
         from movements m
         join reservation_entries e on e.decision_id = m.decision_id and e.change > 0
         join order_lines l on l.id = e.order_line_id and l.product_id = m.product_id
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         left join consignments k on k.order_id = o.id and k.warehouse_id = m.to_warehouse_id
         where m.transfer_id = $1 and m.to_warehouse_id is not null
         group by m.decision_id, m.product_id, o.id, o.number, c.name
         order by m.decision_id, m.product_id, min(e.order_line_id)",
    )
    .bind::<BigInt, _>(transfer)
    .load(conn)
}

/// Where good units of a return went, in queue order; what is left over is on the shelf.
pub fn assigned_by_return(conn: &mut PgConnection, id: ReturnId) -> QueryResult<Vec<Assigned>> {
    diesel::sql_query(
        "select l.product_id, o.id as order_id, o.number as order_number, c.name as customer,
           sum(e.change)::int4 as quantity,
           coalesce(bool_and(k.state in ('reserved', 'in_preparation', 'done')), false) as is_ready
         from reservation_entries e
         join order_lines l on l.id = e.order_line_id
         join orders o on o.id = l.order_id
         join customers c on c.id = o.customer_id
         left join consignments k on k.order_id = o.id and k.warehouse_id = l.warehouse_id
         where e.decision_id in (select decision_id from movements where return_id = $1)
           and e.change > 0
         group by l.product_id, o.id, o.number, c.name
         order by l.product_id, min(e.order_line_id)",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
}

/// The SKU of the kit of which a row of demand `d` is a part, as a scalar; null: it is none.
pub const KIT_SQL: &str = "(select kit.sku from order_lines part
    join order_lines sold on sold.id = part.kit_line_id
    join products kit on kit.id = sold.product_id
    where part.id = d.order_line_id)";

/// A line in the queue of a place.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Claimant {
    #[diesel(sql_type = BigInt)]
    pub order_line_id: OrderLineId,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
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
    /// Whether the order is on hold.
    #[diesel(sql_type = Bool)]
    pub held: bool,
    /// Whether somebody pinned it before all others.
    #[diesel(sql_type = Bool)]
    pub pinned: bool,
    /// Units in a parcel being prepared.
    #[diesel(sql_type = Integer)]
    pub taken: Quantity,
    /// Whether units of it were moved by hand.
    #[diesel(sql_type = Bool)]
    pub moved: bool,
    /// SKU of the kit it is a part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub kit: Option<String>,
    /// Whether it is reserved in whole sets.
    #[diesel(sql_type = Bool)]
    pub(super) in_sets: bool,
}

impl Claimant {
    /// Units to ship that are not reserved.
    pub fn missing(&self) -> Quantity {
        self.to_ship.less(self.reserved)
    }

    /// Whether it has reserved units outside of parcels, which may be moved by the unit.
    pub fn may_give(&self) -> bool {
        self.reserved > self.taken && !self.in_sets
    }
}

/// The first `most` lines in the queue of a place, first served first.
pub fn claimants(conn: &mut PgConnection, place: Place, most: i64) -> QueryResult<Vec<Claimant>> {
    some_claimants(conn, place, "true", most)
}

/// The first `most` of those that miss units.
pub(super) fn short_claimants(
    conn: &mut PgConnection,
    place: Place,
    most: i64,
) -> QueryResult<Vec<Claimant>> {
    some_claimants(conn, place, "d.reserved < d.to_ship", most)
}

fn some_claimants(
    conn: &mut PgConnection,
    place: Place,
    which: &str,
    most: i64,
) -> QueryResult<Vec<Claimant>> {
    diesel::sql_query(format!(
        "select d.order_line_id, d.order_id, o.number as order_number, c.name as customer,
           d.to_ship, d.reserved, d.uncovered, d.expected_on, d.held,
           d.pinned_at is not null as pinned, d.taken,
           exists (select from turns t where t.order_line_id = d.order_line_id) as moved,
           {KIT_SQL} as kit, d.kit_line_id is not null as in_sets
         from demand d join orders o on o.id = d.order_id join customers c on c.id = o.customer_id
         where d.warehouse_id = $1 and d.product_id = $2 and {which}
         order by {QUEUE_SQL} limit $3"
    ))
    .bind::<BigInt, _>(place.warehouse)
    .bind::<BigInt, _>(place.product)
    .bind::<BigInt, _>(most)
    .load(conn)
}

/// Units on their way to a place.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Incoming {
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_id: Option<PurchaseOrderId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    /// The number of what brings them.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Units to come.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    #[diesel(sql_type = Date)]
    pub due_on: NaiveDate,
}

impl Incoming {
    /// The page of the purchase order or the transfer that brings them.
    pub fn path(&self) -> String {
        let record = brought_by(self.purchase_order_id, self.transfer_id);
        record.map_or_else(String::new, RecordRef::path)
    }
}

/// What is on its way to a place, by date.
pub fn incoming(conn: &mut PgConnection, place: Place) -> QueryResult<Vec<Incoming>> {
    diesel::sql_query(
        "select s.purchase_order_id, s.transfer_id, coalesce(p.number, t.number) as number,
           s.quantity, s.due_on
         from supply s
         left join purchase_orders p on p.id = s.purchase_order_id
         left join transfers t on t.id = s.transfer_id
         where s.warehouse_id = $1 and s.product_id = $2
         order by s.due_on, s.purchase_order_line_id, s.transfer_line_id",
    )
    .bind::<BigInt, _>(place.warehouse)
    .bind::<BigInt, _>(place.product)
    .load(conn)
}
