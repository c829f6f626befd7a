//! The rows that books are opened from.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use crate::stock::books::{Balances, Claimed};
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
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<LevelRow>> {
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
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<LevelRow>> {
    diesel::sql_query(
        "select l.warehouse_id, l.product_id, l.on_hand, l.reserved, l.to_ship, l.incoming
         from unnest($1, $2) as place (w, p)
         join levels l on l.warehouse_id = place.w and l.product_id = place.p
         order by l.warehouse_id, l.product_id for update of l",
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

pub(super) fn read_demand(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<DemandRow>> {
    diesel::sql_query(
        "select d.order_line_id, d.order_id, d.warehouse_id, d.product_id, d.to_ship, d.reserved,
           d.taken, d.pinned_at, d.priority_rank, d.required_by, d.placed_at, d.line_number, d.held,
           s.purchase_order_line_id as covered_by, d.expected_on, d.uncovered
         from unnest($1, $2) as place (w, p)
         join demand d on d.warehouse_id = place.w and d.product_id = place.p
         left join supply s on s.id = d.supply_id",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .load(conn)
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

pub(super) fn read_supply(
    conn: &mut PgConnection,
    warehouses: &[WarehouseId],
    products: &[ProductId],
) -> QueryResult<Vec<SupplyRow>> {
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
