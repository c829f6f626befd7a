//! Taking orders into preparation: what is reserved becomes a parcel.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use crate::catalog;
use crate::db::{Act, Document, set_based};
use crate::preparation::{Error, queries};
use crate::sales::{self, Order};
use crate::stock::{self, Cause, CauseKind, Happening, LineChange, ShippingPolicy};
use crate::types::{Event, OrderId, RecordRef, ShipmentId, WarehouseId};

/// What became of orders that were to be prepared together.
#[derive(Debug, Default)]
pub struct Prepared {
    /// A parcel for each order that was taken, oldest order first.
    pub begun: Vec<ShipmentId>,
    /// The orders that were not, and why.
    pub refused: Vec<(OrderId, Error)>,
}

/// Takes all that is reserved for an order in a warehouse into a new parcel.
///
/// # Errors
/// When the order is on hold or closed, in preparation already, has nothing reserved here, ships
/// complete only and is not, or nothing is shipped from here.
pub fn prepare(
    act: &mut Act<'_>,
    order: OrderId,
    warehouse: WarehouseId,
) -> Result<ShipmentId, Error> {
    let prepared = prepare_all(act, &[order], warehouse)?;
    match prepared.refused.into_iter().next() {
        Some((_, refusal)) => Err(refusal),
        None => prepared
            .begun
            .first()
            .copied()
            .ok_or(diesel::NotFound.into()),
    }
}

/// Takes several orders, each into a parcel of its own. One that cannot be taken keeps nobody else
/// from it. Beyond locking the orders, a constant number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the answer.
pub fn prepare_all(
    act: &mut Act<'_>,
    orders: &[OrderId],
    warehouse: WarehouseId,
) -> Result<Prepared, Error> {
    let mut prepared = Prepared::default();
    let place = catalog::warehouse(act, warehouse)?;
    if !place.kind.may_ship() {
        let why = place.kind.why_not(&place.name);
        let refused = orders
            .iter()
            .map(|order| (*order, Error::DoesNotShip(why.clone())));
        prepared.refused.extend(refused);
        return Ok(prepared);
    }
    let open = open(act, orders, warehouse, &mut prepared)?;
    if open.is_empty() {
        return Ok(prepared);
    }
    let takings = takings(act, &open, warehouse)?;
    let ids: Vec<OrderId> = open.iter().map(|order| order.id).collect();
    let stood = queries::stood_since(act, &ids, warehouse)?;
    let outcome = stock::change(act, &Cause::of(CauseKind::Preparation), &takings)?;
    prepared.begun = begin(act, &outcome.taken(), (warehouse, &stood))?;
    for (id, refusal) in outcome.refused {
        let order = open.iter().find(|order| order.id == id);
        let number = order.map_or_else(String::new, |order| order.number.clone());
        prepared
            .refused
            .push((id, Error::not_taken(number, refusal)));
    }
    Ok(prepared)
}

/// What of each order is to be taken: all that is reserved here, and of one that ships complete, no
/// less than is not reserved elsewhere.
fn takings(
    conn: &mut PgConnection,
    orders: &[Order],
    warehouse: WarehouseId,
) -> QueryResult<Vec<Happening>> {
    let whole = orders
        .iter()
        .filter(|order| order.shipping_policy == ShippingPolicy::CompleteOnly);
    let whole: Vec<OrderId> = whole.map(|order| order.id).collect();
    let needed = queries::needed_here(conn, &whole, warehouse)?;
    let takings = orders.iter().map(|order| Happening::Take {
        order: order.id,
        warehouse,
        at_least: needed.get(&order.id).copied().unwrap_or_default(),
    });
    Ok(takings.collect())
}

/// Locks the orders, in the order of their ids so that two operators never wait for each other, and
/// leaves out those that cannot be prepared.
fn open(
    conn: &mut PgConnection,
    orders: &[OrderId],
    warehouse: WarehouseId,
    prepared: &mut Prepared,
) -> Result<Vec<Order>, Error> {
    let mut open = Vec::new();
    for id in orders.iter().copied().collect::<BTreeSet<_>>() {
        match sales::lock_open(conn, id).map_err(Error::from) {
            Ok(order) => open.push(order),
            Err(refusal) if refusal.is_rule() => prepared.refused.push((id, refusal)),
            Err(failure) => return Err(failure),
        }
    }
    let ids: Vec<OrderId> = open.iter().map(|order| order.id).collect();
    for (id, shipment) in queries::under_way(conn, &ids, warehouse)? {
        if let Some(at) = open.iter().position(|order| order.id == id) {
            let order = open.remove(at).number;
            let refusal = Error::AlreadyBegun { order, shipment };
            prepared.refused.push((id, refusal));
        }
    }
    Ok(open)
}

/// Writes a parcel for each taking.
fn begin(
    act: &mut Act<'_>,
    taken: &[&LineChange],
    (warehouse, stood): (WarehouseId, &HashMap<OrderId, DateTime<Utc>>),
) -> Result<Vec<ShipmentId>, Error> {
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    let orders: BTreeSet<OrderId> = taken.iter().map(|line| line.order).collect();
    let numbers = Document::Shipment.numbers(act, orders.len())?;
    let begun: Vec<Begun> = set_based!(
        "insert into shipments (number, order_id, warehouse_id, operator_id, created_at, ready_at)
         select u.number, u.id, :warehouse, :operator, :at, u.ready from :rows
         returning id, order_id",
        numbers.iter().zip(&orders).collect::<Vec<_>>(),
        |(number, order)|
        number: Text = *number,
        id: BigInt = **order,
        ready: Nullable<Timestamptz> = stood.get(order).copied();
        warehouse: BigInt = warehouse,
        operator: Nullable<BigInt> = act.by(),
        at: Timestamptz = act.at()
    )
    .load(act.conn())?;

    let parcels: HashMap<OrderId, ShipmentId> = begun
        .iter()
        .map(|parcel| (parcel.order_id, parcel.id))
        .collect();
    set_based!(
        "insert into shipment_lines (shipment_id, order_line_id, product_id, quantity)
         select u.* from :rows",
        taken, |line|
        shipment: BigInt = parcels[&line.order],
        line: BigInt = line.line,
        product: BigInt = line.place.product,
        quantity: Integer = line.taken
    )
    .execute(act.conn())?;

    let orders = begun.iter().map(|parcel| RecordRef::Order(parcel.order_id));
    let parcels = begun.iter().map(|parcel| RecordRef::Shipment(parcel.id));
    let records: Vec<RecordRef> = orders.chain(parcels).collect();
    act.note_all(&records, &Event::ParcelBegun)?;
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
