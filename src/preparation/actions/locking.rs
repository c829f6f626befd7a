//! Parcels, kept from others together with their orders.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::sales::{self, Order};
use crate::schema::shipments;
use crate::types::{OrderId, ShipmentId};

/// Number of a parcel that takes no such step, and why.
pub type Refused = (String, Error);

/// Locks the orders, on hold or not, then the parcels, each by id, and asks whether the step is one of
/// the table. A parcel that ended already is told so before its order is asked, which may be closed by
/// then. A constant number of statements.
pub fn lock_all(
    conn: &mut PgConnection,
    ids: &[ShipmentId],
    to: ShipmentStatus,
    refused: &mut Vec<Refused>,
) -> QueryResult<Vec<(Shipment, Order)>> {
    let these = || Shipment::query().order(shipments::id);
    let seen = these().filter(shipments::id.eq_any(ids)).load(conn)?;
    let seen = allowed(seen, to, refused);
    if seen.is_empty() {
        return Ok(Vec::new());
    }
    let orders: Vec<OrderId> = seen.iter().map(|parcel| parcel.order_id).collect();
    let orders = sales::lock_all(conn, &orders)?.into_iter();
    let orders: HashMap<OrderId, Order> = orders.map(|order| (order.id, order)).collect();
    let ids = seen.iter().map(|parcel| parcel.id);
    let locked = these().filter(shipments::id.eq_any(ids)).for_update();
    let mut open = Vec::new();
    for parcel in allowed(locked.load(conn)?, to, refused) {
        let order = orders.get(&parcel.order_id).ok_or(diesel::NotFound)?;
        if order.is_open() {
            open.push((parcel, order.clone()));
        } else {
            refused.push((parcel.number, sales::Error::Closed(order.status).into()));
        }
    }
    Ok(open)
}

/// The same of one.
///
/// # Errors
/// Why it takes no such step; `NotFound`.
pub fn lock(
    conn: &mut PgConnection,
    id: ShipmentId,
    to: ShipmentStatus,
) -> Result<Shipment, Error> {
    let mut refused = Vec::new();
    let locked = lock_all(conn, &[id], to, &mut refused)?.pop();
    match (locked, refused.pop()) {
        (Some((parcel, _)), _) => Ok(parcel),
        (None, Some((_, refusal))) => Err(refusal),
        (None, None) => Err(diesel::NotFound.into()),
    }
}

/// Those for which it is.
fn allowed(
    parcels: Vec<Shipment>,
    to: ShipmentStatus,
    refused: &mut Vec<Refused>,
) -> Vec<Shipment> {
    let may = |parcel: &Shipment| parcel.status.can_become(to);
    let (allowed, others): (Vec<_>, Vec<_>) = parcels.into_iter().partition(may);
    let others = others.into_iter();
    refused.extend(others.map(|parcel| (parcel.number.clone(), parcel.refuses(to))));
    allowed
}
