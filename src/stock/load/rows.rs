//! The rows that books are opened from.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use super::columns;
use crate::stock::books::{Balances, Claimed, Concerned};
use crate::stock::model::Place;
use crate::stock::queue::QueueKey;
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseLineId, PurchaseOrderId, Quantity, WarehouseId,
};

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct LevelRow {
    #[diesel(sql_type = BigInt)]
    pub(super) warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    pub(super) product_id: ProductId,
    #[diesel(sql_type = Integer)]
    on_hand: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    incoming: Quantity,
}

impl LevelRow {
    pub(super) fn balances(&self) -> Balances {
        Balances {
            on_hand: self.on_hand,
            reserved: self.reserved,
            to_ship: self.to_ship,
            incoming: self.incoming,
        }
    }
}

/// The levels as they are.
pub(super) fn read_levels(
    conn: &mut PgConnection,
    places: &BTreeSet<Place>,
) -> QueryResult<Vec<LevelRow>> {
    let (warehouses, products) = columns(places);
    diesel::sql_query(
        "select l.warehouse_id, l.product_id, l.on_hand, l.reserved, l.to_ship, l.incoming
         from unnest($1, $2) as place (w, p)
         join levels l on l.warehouse_id = place.w and l.product_id = place.p",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}

/// Locks the levels in the one order everybody keeps: warehouse, then product.
pub(super) fn lock_levels(
    conn: &mut PgConnection,
    places: &BTreeSet<Place>,
) -> QueryResult<Vec<LevelRow>> {
    let (warehouses, products) = columns(places);
    diesel::sql_query(
        "select l.warehouse_id, l.product_id, l.on_hand, l.reserved, l.to_ship, l.incoming
         from unnest($1, $2) as place (w, p)
         join levels l on l.warehouse_id = place.w and l.product_id = place.p
         order by l.warehouse_id, l.product_id for no key update of l",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct DemandRow {
    #[diesel(sql_type = BigInt)]
    pub(super) order_line_id: OrderLineId,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    pub(super) warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    pub(super) product_id: ProductId,
    #[diesel(sql_type = Integer)]
    to_ship: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    taken: Quantity,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pinned_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = SmallInt)]
    priority_rank: i16,
    #[diesel(sql_type = Date)]
    required_by: NaiveDate,
    #[diesel(sql_type = Timestamptz)]
    placed_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    line_number: i32,
    #[diesel(sql_type = Bool)]
    held: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    covered_by: Option<PurchaseLineId>,
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    uncovered: Quantity,
}

impl DemandRow {
    pub(super) fn claimed(&self) -> Claimed {
        Claimed {
            key: QueueKey::new(
                self.pinned_at,
                self.priority_rank,
                self.required_by,
                self.placed_at,
                self.order_id,
                self.line_number,
            ),
            held: self.held,
            to_ship: self.to_ship.get(),
            reserved: self.reserved.get(),
            taken: self.taken.get(),
            covered_by: self.covered_by.zip(self.expected_on),
            uncovered: self.uncovered.get(),
        }
    }
}

/// The rows of demand `d`, each with the purchase order line that covers it.
const DEMAND: &str = "d.order_line_id, d.order_id, d.warehouse_id, d.product_id, d.to_ship, \
    d.reserved, d.taken, d.pinned_at, d.priority_rank, d.required_by, d.placed_at, d.line_number, \
    d.held, s.purchase_order_line_id as covered_by, d.expected_on, d.uncovered";

/// All lines of some places.
pub(super) fn read_everyone(
    conn: &mut PgConnection,
    places: &BTreeSet<Place>,
) -> QueryResult<Vec<DemandRow>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let (warehouses, products) = columns(places);
    diesel::sql_query(format!(
        "select {DEMAND}
         from unnest($1, $2) as place (w, p)
         join demand d on d.warehouse_id = place.w and d.product_id = place.p
         left join supply s on s.id = d.supply_id"
    ))
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}

/// The lines of some orders in some places.
pub(super) fn read_orders(
    conn: &mut PgConnection,
    places: &BTreeSet<Place>,
    orders: &BTreeSet<OrderId>,
) -> QueryResult<Vec<DemandRow>> {
    if places.is_empty() || orders.is_empty() {
        return Ok(Vec::new());
    }
    let (warehouses, products) = columns(places);
    diesel::sql_query(format!(
        "select {DEMAND}
         from demand d left join supply s on s.id = d.supply_id
         where d.order_id = any($3)
           and (d.warehouse_id, d.product_id) in (select * from unnest($1, $2))"
    ))
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<BigInt>, _>(orders.iter().copied().collect::<Vec<_>>())
    .load(conn)
}

/// The lines of some places that something concerns; all of a place where somebody on hold waits who
/// is passed. `offset 0` has the index of the queue asked place by place; a join would rather read
/// all queues.
pub(super) fn read_concerned(
    conn: &mut PgConnection,
    windows: &[(Place, Concerned)],
    held_are_passed: bool,
) -> QueryResult<Vec<DemandRow>> {
    if windows.is_empty() {
        return Ok(Vec::new());
    }
    let (warehouses, products) = columns(windows.iter().map(|(place, _)| place));
    let keys: Vec<Option<QueueKey>> = windows.iter().map(|(_, c)| c.from).collect();
    diesel::sql_query(format!(
        "select {DEMAND}
         from (
           select u.*, u.everyone or $10 and exists (
             select from demand h where h.warehouse_id = u.w and h.product_id = u.p and h.held
           ) as all_of_it
           from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
             as u (w, p, everyone, short, rank, required_by, placed_at, order_id, line_number)
         ) u
         cross join lateral (
           select * from demand q
           where q.warehouse_id = u.w and q.product_id = u.p
             and (u.all_of_it or u.short) and (u.all_of_it or q.reserved < q.to_ship)
           union all
           select * from demand q
           where q.warehouse_id = u.w and q.product_id = u.p and q.pinned_at is null
             and (q.priority_rank, q.required_by, q.placed_at, q.order_id, q.line_number)
               >= (u.rank, u.required_by, u.placed_at, u.order_id, u.line_number)
             and not u.all_of_it and not (u.short and q.reserved < q.to_ship)
           offset 0
         ) d
         left join supply s on s.id = d.supply_id"
    ))
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<Bool>, _>(windows.iter().map(|(_, c)| c.everyone).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(windows.iter().map(|(_, c)| c.short).collect::<Vec<_>>())
    .bind::<Array<Nullable<SmallInt>>, _>(part(&keys, |key| key.priority_rank))
    .bind::<Array<Nullable<Date>>, _>(part(&keys, |key| key.required_by))
    .bind::<Array<Nullable<Timestamptz>>, _>(part(&keys, |key| key.placed_at))
    .bind::<Array<Nullable<BigInt>>, _>(part(&keys, |key| key.order))
    .bind::<Array<Nullable<Integer>>, _>(part(&keys, |key| key.line_number))
    .bind::<Bool, _>(held_are_passed)
    .load(conn)
}

fn part<T>(keys: &[Option<QueueKey>], part: fn(QueueKey) -> T) -> Vec<Option<T>> {
    keys.iter().map(|key| key.map(part)).collect()
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct SupplyRow {
    #[diesel(sql_type = BigInt)]
    pub(super) purchase_order_line_id: PurchaseLineId,
    #[diesel(sql_type = BigInt)]
    pub(super) purchase_order_id: PurchaseOrderId,
    #[diesel(sql_type = BigInt)]
    pub(super) warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    pub(super) product_id: ProductId,
    #[diesel(sql_type = Integer)]
    pub(super) quantity: Quantity,
    #[diesel(sql_type = Date)]
    pub(super) due_on: NaiveDate,
}

pub(super) fn read_supply<'a>(
    conn: &mut PgConnection,
    places: impl IntoIterator<Item = &'a Place>,
) -> QueryResult<Vec<SupplyRow>> {
    let (warehouses, products) = columns(places);
    diesel::sql_query(
        "select s.purchase_order_line_id, s.purchase_order_id, s.warehouse_id, s.product_id,
           s.quantity, s.due_on
         from unnest($1, $2) as place (w, p)
         join supply s on s.warehouse_id = place.w and s.product_id = place.p",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
}
