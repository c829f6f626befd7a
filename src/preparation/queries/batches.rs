//! Batches: those that are walked, those that could be, and what is in one.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use super::narrow::said;
use crate::db::sql;
use crate::preparation::{Batch, BatchKind, ShipmentStatus, Slot, Walk};
use crate::schema::{batches, users, warehouses};
use crate::types::{BatchId, OrderId, Quantity, RecordRef, ShipmentId, UserId, WarehouseId};

/// Orders of the queue that a proposal looks at.
const LOOKED_AT: i64 = 2_000;
/// Walks that a page lists.
const LISTED: i64 = 100;

/// What is to be picked in one walk: a batch, or a parcel by itself.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct ToWalk {
    #[diesel(sql_type = Nullable<BigInt>)]
    batch_id: Option<BatchId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    shipment_id: Option<ShipmentId>,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// None: a parcel by itself.
    #[diesel(sql_type = Nullable<Text>)]
    pub kind: Option<BatchKind>,
    #[diesel(sql_type = Nullable<Text>)]
    pub operator: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub parcels: i64,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    #[diesel(sql_type = BigInt)]
    pub picked: i64,
}

impl ToWalk {
    pub fn path(&self) -> String {
        match (self.batch_id, self.shipment_id) {
            (Some(batch), _) => crate::preparation::batch::path(batch),
            (None, parcel) => parcel.map_or_else(String::new, |id| RecordRef::Shipment(id).path()),
        }
    }

    pub fn walk_path(&self) -> String {
        let batch = self.batch_id.map(Walk::Batch);
        let walk = batch.or(self.shipment_id.map(Walk::Parcel));
        walk.map_or_else(String::new, Walk::path)
    }
}

/// What is to be picked in a warehouse, the oldest first; one's own before that of others.
pub fn to_walk(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    visitor: UserId,
) -> QueryResult<Vec<ToWalk>> {
    sql!(
        "with waiting as (
           select distinct batch_id, case when batch_id is null then id end as shipment_id
           from shipments where warehouse_id = :warehouse and status = 'to_pick'
         ), walks as (
           select w.batch_id, w.shipment_id, coalesce(b.number, s.number) as number, b.kind,
             coalesce(b.operator_id, s.operator_id) as operator_id, coalesce(b.created_at, s.created_at) as created_at
           from waiting w
           left join batches b on b.id = w.batch_id
           left join shipments s on s.id = w.shipment_id
           order by coalesce(b.operator_id, s.operator_id) = :visitor desc nulls last, 6
           limit :listed
         )
         select w.batch_id, w.shipment_id, w.number, w.kind, u.name as operator, w.created_at,
           p.parcels, p.units, p.picked
         from walks w
         left join users u on u.id = w.operator_id
         cross join lateral (
           select count(distinct s.id) as parcels, coalesce(sum(l.quantity), 0) as units,
             coalesce(sum(l.picked), 0) as picked
           from shipments s join shipment_lines l on l.shipment_id = s.id
           where (s.batch_id = w.batch_id or s.id = w.shipment_id) and s.status <> 'cancelled'
         ) p
         order by w.operator_id = :visitor desc nulls last, w.created_at",
        warehouse: BigInt = warehouse,
        visitor: BigInt = visitor,
        listed: BigInt = LISTED,
    )
    .load(conn)
}

/// How many orders stand ready that could be picked together.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Proposal {
    #[diesel(sql_type = Text)]
    pub kind: BatchKind,
    #[diesel(sql_type = BigInt)]
    pub orders: i64,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
}

/// What an order that stands ready is to a picker, in SQL; `c` is its consignment.
const KIND: &str =
    "(select case when count(*) > 1 then 'many_lines' when sum(own.units) = 1 then 'single_item'
       else 'one_line' end
     from (
       select l.ordered - l.shipped - l.cancelled as units from order_lines l
       where l.order_id = c.order_id and l.warehouse_id = c.warehouse_id and not l.is_kit
     ) own where own.units > 0)";

/// What could be picked together of the first orders of the queue.
pub fn proposals(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<Vec<Proposal>> {
    let text = format!(
        "with ready as (
           select c.order_id, c.warehouse_id from consignments c
           where c.warehouse_id = :warehouse and c.state = 'reserved'
           order by c.priority_rank, c.required_by, c.placed_at, c.order_id limit :looked_at
         ), each as (
           select {KIND} as kind, (
             select sum(d.reserved) from demand d
             where d.order_id = c.order_id and d.warehouse_id = c.warehouse_id) as units
           from ready c
         )
         select kind, count(*) as orders, coalesce(sum(units), 0)::int8 as units from each
         where kind is not null group by kind
         order by array_position(array['single_item', 'one_line', 'many_lines'], kind)"
    );
    sql!(
        text,
        warehouse: BigInt = warehouse,
        looked_at: BigInt = LOOKED_AT,
    )
    .load(conn)
}

/// What is asked of a batch that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub kind: BatchKind,
    /// Of orders that are sent so; empty: in any way.
    pub method: String,
    /// Of orders all of whose products lie in a zone; empty: anywhere.
    pub zone: String,
    pub at_most: i64,
}

/// The first orders of the queue that stand ready and are what is asked for.
pub fn first_ready(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    wanted: &Wanted,
) -> QueryResult<Vec<OrderId>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Ready {
        #[diesel(sql_type = BigInt)]
        order_id: OrderId,
    }
    let text = format!(
        "select c.order_id from consignments c join orders o on o.id = c.order_id
         where c.warehouse_id = :warehouse and c.state = 'reserved' and {KIND} = :kind
           and (:method is null or lower(o.shipping_method) = lower(:method))
           and (:zone is null or not exists (
             select from order_lines l
             where l.order_id = c.order_id and l.warehouse_id = c.warehouse_id and not l.is_kit
               and l.ordered > l.shipped + l.cancelled and not exists (
                 select from bin_contents i join locations b on b.id = i.location_id
                 where i.warehouse_id = l.warehouse_id and i.product_id = l.product_id
                   and i.quantity > i.held + i.doubted and lower(b.zone) = lower(:zone))))
         order by c.priority_rank, c.required_by, c.placed_at, c.order_id limit :at_most"
    );
    let rows: Vec<Ready> = sql!(
        text,
        warehouse: BigInt = warehouse,
        kind: Text = wanted.kind.as_str(),
        method: Nullable<Text> = said(&wanted.method),
        zone: Nullable<Text> = said(&wanted.zone),
        at_most: BigInt = wanted.at_most,
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| row.order_id).collect())
}

/// A batch with the names around it.
#[derive(Debug, Clone, HasQuery)]
#[diesel(base_query = batches::table
    .inner_join(warehouses::table)
    .left_join(users::table))]
pub struct BatchShown {
    #[diesel(embed)]
    pub batch: Batch,
    #[diesel(select_expression = warehouses::name)]
    pub warehouse: String,
    #[diesel(select_expression = users::name.nullable())]
    pub operator: Option<String>,
}

/// One batch.
pub fn batch(conn: &mut PgConnection, id: BatchId) -> QueryResult<BatchShown> {
    BatchShown::query().filter(batches::id.eq(id)).first(conn)
}

/// A parcel of a batch.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct InBatch {
    #[diesel(sql_type = BigInt)]
    pub id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Integer)]
    pub slot: Slot,
    #[diesel(sql_type = Text)]
    pub status: ShipmentStatus,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    pub shipping_method: String,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    #[diesel(sql_type = Integer)]
    pub picked: Quantity,
    #[diesel(sql_type = Integer)]
    pub packed: Quantity,
}

impl InBatch {
    pub fn path(&self) -> String {
        RecordRef::Shipment(self.id).path()
    }

    pub fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }
}

/// The parcels of a batch, by their places on the cart.
pub fn parcels_of(conn: &mut PgConnection, batch: BatchId) -> QueryResult<Vec<InBatch>> {
    sql!(
        "select s.id, s.number, s.slot, s.status, o.id as order_id, o.number as order_number, cu.name as customer,
           o.shipping_method, t.lines, t.units, t.picked, t.packed
         from shipments s
         join orders o on o.id = s.order_id
         join customers cu on cu.id = o.customer_id
         cross join lateral (
           select count(*) as lines, coalesce(sum(l.quantity), 0)::int4 as units,
             coalesce(sum(l.picked), 0)::int4 as picked, coalesce(sum(l.packed), 0)::int4 as packed
           from shipment_lines l where l.shipment_id = s.id
         ) t
         where s.batch_id = :batch
         order by s.slot",
        batch: BigInt = batch,
    )
    .load(conn)
}

/// People who may walk: those who can sign in.
pub fn walkers(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, String)>> {
    users::table
        .filter(users::disabled_at.is_null())
        .order(users::name)
        .select((users::id, users::name))
        .load(conn)
}
