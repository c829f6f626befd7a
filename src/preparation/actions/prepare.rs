//! Taking orders into preparation: what is reserved becomes a parcel.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Timestamptz};

use crate::db::history;
use crate::preparation::Error;
use crate::preparation::queries::{self, Claimed};
use crate::sales::{self, Order};
use crate::stock::{self, Books, Cause, CauseKind, Place, Reach, ShippingPolicy, Taken};
use crate::types::{OrderId, Quantity, RecordRef, ShipmentId, UserId, WarehouseId};

/// What became of orders that were to be prepared together.
#[derive(Debug, Default)]
pub struct Batch {
    /// A parcel for each order that was taken, oldest order first.
    pub begun: Vec<ShipmentId>,
    /// The orders that were not, and why.
    pub refused: Vec<(OrderId, Error)>,
}

/// Takes all that is reserved for an order in a warehouse into a new parcel.
///
/// # Errors
/// When the order is on hold or closed, in preparation already, has nothing reserved here, or
/// ships complete only and is not.
pub fn prepare(
    conn: &mut PgConnection,
    order: OrderId,
    warehouse: WarehouseId,
    operator: UserId,
    at: DateTime<Utc>,
) -> Result<ShipmentId, Error> {
    let batch = prepare_all(conn, &[order], warehouse, operator, at)?;
    match batch.refused.into_iter().next() {
        Some((_, refusal)) => Err(refusal),
        None => batch
            .begun
            .first()
            .copied()
            .ok_or(Error::Db(diesel::NotFound)),
    }
}

/// Takes several orders, each into a parcel of its own. One that cannot be taken keeps nobody else
/// from it. Beyond locking the orders, a constant number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the batch.
pub fn prepare_all(
    conn: &mut PgConnection,
    orders: &[OrderId],
    warehouse: WarehouseId,
    operator: UserId,
    at: DateTime<Utc>,
) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    let mut open = lock(conn, orders, &mut batch)?;
    let ids: Vec<OrderId> = open.iter().map(|order| order.id).collect();

    for (id, shipment) in queries::under_way(conn, &ids, warehouse)? {
        if let Some(at) = open.iter().position(|order| order.id == id) {
            let order = open.remove(at).number;
            batch
                .refused
                .push((id, Error::AlreadyBegun { order, shipment }));
        }
    }
    if open.is_empty() {
        return Ok(batch);
    }

    let claimed = queries::claimed(conn, &ids)?;
    let places = claimed
        .iter()
        .filter(|line| line.warehouse_id == warehouse)
        .map(|line| Place::new(line.warehouse_id, line.product_id));
    let cause = Cause::at(CauseKind::Preparation, Some(operator), at);
    let reach = Reach::orders(ids, places);
    let (takings, _) = stock::change(conn, reach, &cause, |books| {
        let mut takings = Vec::new();
        for order in &open {
            match take(books, order, warehouse, &claimed) {
                Ok(taken) => takings.push((order.id, taken)),
                Err(refusal) if refusal.is_rule() => batch.refused.push((order.id, refusal)),
                Err(failure) => return Err(failure),
            }
        }
        Ok(takings)
    })?;
    batch.begun = begin(conn, &takings, warehouse, operator, at)?;
    Ok(batch)
}

/// Locks the orders, in the order of their ids so that two operators never wait for each other.
fn lock(
    conn: &mut PgConnection,
    orders: &[OrderId],
    batch: &mut Batch,
) -> Result<Vec<Order>, Error> {
    let mut open = Vec::new();
    for id in orders.iter().copied().collect::<BTreeSet<_>>() {
        match sales::lock_open(conn, id).map_err(Error::from) {
            Ok(order) => open.push(order),
            Err(refusal) if refusal.is_rule() => batch.refused.push((id, refusal)),
            Err(failure) => return Err(failure),
        }
    }
    Ok(open)
}

/// Takes what is reserved for one order; a refusal leaves the books as they were.
fn take(
    books: &mut Books,
    order: &Order,
    warehouse: WarehouseId,
    claimed: &[Claimed],
) -> Result<Vec<Taken>, Error> {
    let taken = books
        .take(order.id, warehouse)
        .map_err(|refusal| match refusal {
            stock::Error::NothingReserved => Error::NothingReserved(order.number.clone()),
            refusal => refusal.into(),
        })?;
    if order.shipping_policy == ShippingPolicy::CompleteOnly {
        let of_order = claimed.iter().filter(|line| line.order_id == order.id);
        let wanted: Quantity = of_order.clone().map(|line| line.to_ship).sum();
        let elsewhere: Quantity = of_order
            .filter(|line| line.warehouse_id != warehouse)
            .map(|line| line.reserved)
            .sum();
        let here: Quantity = taken.iter().map(|taken| taken.quantity).sum();
        let missing = wanted.less(elsewhere).less(here);
        if !missing.is_zero() {
            books.put_back(order.id, warehouse);
            let order = order.number.clone();
            return Err(Error::Incomplete { order, missing });
        }
    }
    Ok(taken)
}

/// Writes a parcel for each taking.
fn begin(
    conn: &mut PgConnection,
    takings: &[(OrderId, Vec<Taken>)],
    warehouse: WarehouseId,
    operator: UserId,
    at: DateTime<Utc>,
) -> Result<Vec<ShipmentId>, Error> {
    if takings.is_empty() {
        return Ok(Vec::new());
    }
    let orders: Vec<OrderId> = takings.iter().map(|(order, _)| *order).collect();
    let begun: Vec<Begun> = diesel::sql_query(
        "insert into shipments (number, order_id, warehouse_id, operator_id, created_at)
         select 'SH-' || lpad(n::text, greatest(6, length(n::text)), '0'), order_id, $2, $3, $4
         from (select order_id, nextval('shipment_numbers') as n from unnest($1) as order_id) numbered
         returning id, order_id",
    )
    .bind::<Array<BigInt>, _>(&orders)
    .bind::<BigInt, _>(warehouse)
    .bind::<BigInt, _>(operator)
    .bind::<Timestamptz, _>(at)
    .load(conn)?;

    let lines: Vec<(ShipmentId, &Taken)> = begun
        .iter()
        .flat_map(|parcel| {
            let of_order = takings
                .iter()
                .filter(|(order, _)| *order == parcel.order_id);
            of_order
                .flat_map(|(_, taken)| taken)
                .map(|taken| (parcel.id, taken))
        })
        .collect();
    diesel::sql_query(
        "insert into shipment_lines (shipment_id, order_line_id, product_id, quantity)
         select * from unnest($1, $2, $3, $4)",
    )
    .bind::<Array<BigInt>, _>(lines.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(
        lines
            .iter()
            .map(|(_, taken)| taken.line)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        lines
            .iter()
            .map(|(_, taken)| taken.product)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Integer>, _>(
        lines
            .iter()
            .map(|(_, taken)| taken.quantity)
            .collect::<Vec<_>>(),
    )
    .execute(conn)?;

    let records: Vec<RecordRef> = begun
        .iter()
        .flat_map(|parcel| {
            [
                RecordRef::Order(parcel.order_id),
                RecordRef::Shipment(parcel.id),
            ]
        })
        .collect();
    history::note_all(conn, &records, Some(operator), "Taken into preparation", "")?;
    Ok(begun.into_iter().map(|parcel| parcel.id).collect())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Begun {
    #[diesel(sql_type = BigInt)]
    id: ShipmentId,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
}
