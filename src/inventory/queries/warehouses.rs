//! Warehouses, and what uses them.

use diesel::dsl::{count, sum};
use diesel::prelude::*;

use crate::catalog::Warehouse;
use crate::inventory::{CountStatus, TransferStatus};
use crate::schema::{
    counts, demand, levels, orders, products, purchase_orders, transfers, warehouses,
};
use crate::types::{WarehouseId, first_few};

/// How many names a refusal tells.
const FEW: i64 = 3;

/// A warehouse in the list, with what it holds.
#[derive(Debug, Clone)]
pub struct WarehouseListed {
    pub warehouse: Warehouse,
    /// Units, of all products together.
    pub holds: Holds,
}

/// Units of all products of a warehouse together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Holds {
    pub on_hand: i64,
    /// What customers wait for.
    pub to_ship: i64,
    /// What is on its way.
    pub incoming: i64,
}

/// On hand, to ship, incoming; none of a sum over nothing.
type Sums = (Option<i64>, Option<i64>, Option<i64>);

/// All warehouses, active ones first, of them the primary one.
pub fn warehouses_listed(conn: &mut PgConnection) -> QueryResult<Vec<WarehouseListed>> {
    let all = Warehouse::query()
        .order((
            warehouses::is_active.desc(),
            warehouses::is_primary.desc(),
            warehouses::code,
        ))
        .load(conn)?;
    let sums: Vec<(WarehouseId, Sums)> = levels::table
        .group_by(levels::warehouse_id)
        .select((
            levels::warehouse_id,
            (
                sum(levels::on_hand),
                sum(levels::to_ship),
                sum(levels::incoming),
            ),
        ))
        .load(conn)?;
    let holds = |id| {
        let (_, (on_hand, to_ship, incoming)) = sums.iter().find(|(of, _)| *of == id)?;
        Some(Holds {
            on_hand: on_hand.unwrap_or_default(),
            to_ship: to_ship.unwrap_or_default(),
            incoming: incoming.unwrap_or_default(),
        })
    };
    Ok(all
        .into_iter()
        .map(|warehouse: Warehouse| WarehouseListed {
            holds: holds(warehouse.id).unwrap_or_default(),
            warehouse,
        })
        .collect())
}

/// What would be lost if the warehouse were no longer used, in words; none: nothing.
pub fn what_depends_on(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Option<String>> {
    let named = |what: &str, (names, all): (Vec<String>, i64)| {
        (all > 0).then(|| format!("{what} {}", first_few(&names, all)))
    };
    let reasons: Vec<String> = [
        named("stock of", stocked(conn, id)?),
        named("open orders", open_orders(conn, id)?),
        named("open purchase orders", open_purchase_orders(conn, id)?),
        named("open transfers", open_transfers(conn, id)?),
        named("open counts", open_counts(conn, id)?),
    ]
    .into_iter()
    .flatten()
    .collect();
    Ok((!reasons.is_empty()).then(|| reasons.join(", ")))
}

/// The open orders it still ships to, in words; none: there are none.
pub fn orders_waiting(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Option<String>> {
    let (numbers, all) = open_orders(conn, id)?;
    Ok((all > 0).then(|| first_few(&numbers, all)))
}

/// SKUs that lie there: the first few, and how many there are.
fn stocked(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<(Vec<String>, i64)> {
    let lying = levels::table
        .inner_join(products::table)
        .filter(levels::warehouse_id.eq(id))
        .filter((levels::on_hand + levels::doubted).gt(0));
    let skus = lying
        .order(products::sku)
        .limit(FEW)
        .select(products::sku)
        .load(conn)?;
    Ok((skus, lying.count().get_result(conn)?))
}

/// Numbers of orders it still ships to: the first few, and how many there are.
fn open_orders(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<(Vec<String>, i64)> {
    let waiting = demand::table
        .inner_join(orders::table)
        .filter(demand::warehouse_id.eq(id));
    let numbers = waiting
        .order(orders::number)
        .distinct()
        .limit(FEW)
        .select(orders::number)
        .load(conn)?;
    let all = waiting
        .select(count(demand::order_id).aggregate_distinct())
        .get_result(conn)?;
    Ok((numbers, all))
}

/// Numbers of purchase orders that deliver there: the first few, and how many there are.
fn open_purchase_orders(
    conn: &mut PgConnection,
    id: WarehouseId,
) -> QueryResult<(Vec<String>, i64)> {
    let open = purchase_orders::table
        .filter(purchase_orders::warehouse_id.eq(id))
        .filter(purchase_orders::status.ne_all(["received", "cancelled"]));
    let numbers = open
        .clone()
        .order(purchase_orders::id)
        .limit(FEW)
        .select(purchase_orders::number)
        .load(conn)?;
    Ok((numbers, open.count().get_result(conn)?))
}

/// Numbers of counts there that are not over: the first few, and how many there are.
pub fn open_counts(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<(Vec<String>, i64)> {
    let open = counts::table
        .filter(counts::warehouse_id.eq(id))
        .filter(counts::status.eq(CountStatus::Open));
    let numbers = open
        .order(counts::id)
        .limit(FEW)
        .select(counts::number)
        .load(conn)?;
    Ok((numbers, open.count().get_result(conn)?))
}

/// Numbers of transfers that come from there or go there: the first few, and how many there are.
fn open_transfers(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<(Vec<String>, i64)> {
    let open = transfers::table
        .filter(
            transfers::from_warehouse_id
                .eq(id)
                .or(transfers::to_warehouse_id.eq(id)),
        )
        .filter(transfers::status.eq_any(TransferStatus::OPEN));
    let numbers = open
        .clone()
        .order(transfers::id)
        .limit(FEW)
        .select(transfers::number)
        .load(conn)?;
    Ok((numbers, open.count().get_result(conn)?))
}
