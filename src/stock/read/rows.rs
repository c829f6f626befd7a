//! The rows that books are opened from.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::deserialize::{self, FromSqlRow};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::row::NamedRow;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, SmallInt, Timestamptz};

use super::key_row::{KeyColumns, KeyRow};
use super::places::of_places;
use crate::db::set_based;
use crate::stock::books::{Affected, Demand};
use crate::stock::kit::InSet;
use crate::stock::model::Place;
use crate::stock::origin::Origin;
use crate::types::{
    OrderId, OrderLineId, ProductId, PurchaseLineId, Quantity, TransferLineId, WarehouseId,
};

/// A row of [`DEMAND`], read field by field in its order: by its names, each of its twenty fields would be
/// looked for anew in each of forty thousand rows.
#[derive(Queryable)]
pub(super) struct DemandRow {
    pub(super) order_line_id: OrderLineId,
    key: KeyRow,
    warehouse_id: WarehouseId,
    product_id: ProductId,
    to_ship: Quantity,
    reserved: Quantity,
    taken: Quantity,
    held: bool,
    purchase_order_line_id: Option<PurchaseLineId>,
    transfer_line_id: Option<TransferLineId>,
    expected_on: Option<NaiveDate>,
    uncovered: Quantity,
    moved: bool,
    kit_line_id: Option<OrderLineId>,
    per_kit: Option<Quantity>,
    parts_in_kit: Option<i16>,
}

impl QueryableByName<Pg> for DemandRow {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        FromSqlRow::<Columns, Pg>::build_from_row(row)
    }
}

impl DemandRow {
    pub(super) fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }

    pub(super) fn demand(&self) -> Demand {
        Demand {
            key: self.key.key(),
            set: InSet::of_row(self.kit_line_id, self.per_kit, self.parts_in_kit),
            held: self.held,
            to_ship: self.to_ship,
            reserved: self.reserved,
            taken: self.taken,
            covered_by: Origin::of_row(self.purchase_order_line_id, self.transfer_line_id)
                .zip(self.expected_on),
            uncovered: self.uncovered,
            moved: self.moved,
        }
    }
}

/// The rows of demand `d`, each with what covers it.
const DEMAND: &str = "d.order_line_id, d.order_id, d.pinned_at, d.priority_rank, d.required_by, \
    d.placed_at, d.line_number, d.warehouse_id, d.product_id, d.to_ship, d.reserved, d.taken, d.held, \
    s.purchase_order_line_id, s.transfer_line_id, d.expected_on, d.uncovered, d.moved, \
    d.kit_line_id, d.per_kit, d.parts_in_kit";

type Columns = (
    BigInt,
    KeyColumns,
    BigInt,
    BigInt,
    Integer,
    Integer,
    Integer,
    Bool,
    Nullable<BigInt>,
    Nullable<BigInt>,
    Nullable<Date>,
    Integer,
    Bool,
    Nullable<BigInt>,
    Nullable<Integer>,
    Nullable<SmallInt>,
);

/// All lines of some places.
pub(super) fn read_everyone(
    conn: &mut PgConnection,
    of: &BTreeSet<Place>,
) -> QueryResult<Vec<DemandRow>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    of_places!(
        &format!(
            "select {DEMAND} from :rows
             join demand d on d.warehouse_id = u.w and d.product_id = u.p
             left join supply s on s.id = d.supply_id"
        ),
        of
    )
    .load(conn)
}

/// Some lines, and those of some orders, in some places.
pub(super) fn read_named(
    conn: &mut PgConnection,
    of: &BTreeSet<Place>,
    orders: &[OrderId],
    lines: &[OrderLineId],
) -> QueryResult<Vec<DemandRow>> {
    if of.is_empty() || (orders.is_empty() && lines.is_empty()) {
        return Ok(Vec::new());
    }
    of_places!(
        &format!(
            "select {DEMAND}
             from (
               select * from demand where order_id = any(:orders)
               union
               select * from demand where order_line_id = any(:lines)
             ) d
             left join supply s on s.id = d.supply_id
             where (d.warehouse_id, d.product_id) in (select u.w, u.p from :rows)"
        ),
        of;
        orders: Array<BigInt> = orders, lines: Array<BigInt> = lines
    )
    .load(conn)
}

/// The lines of some places that are affected; all of a place where somebody on hold waits who is
/// passed. `offset 0` has the index of the queue asked place by place; a join would rather read all
/// queues.
pub(super) fn read_affected(
    conn: &mut PgConnection,
    windows: &[(Place, Affected)],
    held_are_passed: bool,
) -> QueryResult<Vec<DemandRow>> {
    if windows.is_empty() {
        return Ok(Vec::new());
    }
    set_based!(
        &format!(
            "select {DEMAND}
             from (
               select u.*, u.everyone or :held_are_passed and exists (
                 select from demand h where h.warehouse_id = u.w and h.product_id = u.p and h.held
               ) as all_of_it
               from :rows
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
        ),
        windows, |(place, affected)|
        w: BigInt = place.warehouse,
        p: BigInt = place.product,
        everyone: Bool = affected.everyone,
        short: Bool = affected.short,
        rank: Nullable<SmallInt> = affected.from.map(|key| key.priority_rank),
        required_by: Nullable<Date> = affected.from.map(|key| key.required_by),
        placed_at: Nullable<Timestamptz> = affected.from.map(|key| key.placed_at),
        order_id: Nullable<BigInt> = affected.from.map(|key| key.order),
        line_number: Nullable<Integer> = affected.from.map(|key| key.line_number);
        held_are_passed: Bool = held_are_passed
    )
    .load(conn)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct SupplyRow {
    #[diesel(sql_type = BigInt)]
    pub(super) id: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_line_id: Option<PurchaseLineId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_line_id: Option<TransferLineId>,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Integer)]
    pub(super) quantity: Quantity,
    #[diesel(sql_type = Date)]
    pub(super) due_on: NaiveDate,
}

impl SupplyRow {
    /// A row has one; the check of the table says so.
    pub(super) fn origin(&self) -> Option<Origin> {
        Origin::of_row(self.purchase_order_line_id, self.transfer_line_id)
    }

    pub(super) fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

pub(super) fn read_supply(
    conn: &mut PgConnection,
    of: &BTreeSet<Place>,
) -> QueryResult<Vec<SupplyRow>> {
    of_places!(
        "select s.id, s.purchase_order_line_id, s.transfer_line_id, s.warehouse_id, s.product_id,
           s.quantity, s.due_on
         from :rows join supply s on s.warehouse_id = u.w and s.product_id = u.p",
        of
    )
    .load(conn)
}
