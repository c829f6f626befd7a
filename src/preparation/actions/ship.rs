//! How a parcel ends: it leaves, or its units go back to the queue.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::{Act, Who, history};
use crate::preparation::model::InParcel;
use crate::preparation::{Departure, Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{OrderLineId, Quantity, RecordRef, ShipmentId, UserId};

/// A parcel leaves, from any step of its way: stock moves, the lines of the order count what left,
/// and the order closes when nothing is left to ship. What is left keeps its place in the queue.
///
/// # Errors
/// [`Error::Step`] when it left already or was given back.
pub fn ship(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    departure: &Departure,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Shipment, Error> {
    let parcel = lock(conn, shipment, ShipmentStatus::Shipped)?;
    let lines = lines(conn, shipment)?;

    let cause = Cause::of(CauseKind::Shipment).because(&parcel.number);
    let leaving = lines.iter().map(|line| Happening::Ship {
        line: line.order_line_id,
        quantity: line.quantity,
        shipment,
    });
    let leaving: Vec<_> = leaving.collect();
    stock::change(
        &mut Act::new(conn, Who::from(user).at(at)),
        &cause,
        &leaving,
    )?;
    let left: Vec<(OrderLineId, Quantity)> = lines
        .iter()
        .map(|line| (line.order_line_id, line.quantity))
        .collect();
    let act = &mut Act::new(conn, Who::from(user).at(at));
    sales::mark_shipped(act, parcel.order_id, &left)?;

    let parcel = diesel::update(shipments::table.find(shipment))
        .set((
            shipments::status.eq(ShipmentStatus::Shipped),
            shipments::carrier.eq(&departure.carrier),
            shipments::tracking_number.eq(&departure.tracking_number),
            shipments::shipped_at.eq(at),
        ))
        .returning(Shipment::as_returning())
        .get_result(conn)?;
    let words = format!("{} {}", parcel.number, departure.words());
    note(conn, &parcel, user, "Parcel shipped", words.trim())?;
    Ok(parcel)
}

/// A parcel is given up: what was taken for it goes back to the queue.
///
/// # Errors
/// [`Error::Step`] when it left, or was given back already.
pub fn give_back(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Shipment, Error> {
    let parcel = lock(conn, shipment, ShipmentStatus::Cancelled)?;
    let cause =
        Cause::of(CauseKind::Preparation).because(format!("{} was given back", parcel.number));
    let back = Happening::PutBack {
        order: parcel.order_id,
        warehouse: parcel.warehouse_id,
    };
    stock::change(&mut Act::new(conn, Who::from(user).at(at)), &cause, &[back])?;

    let parcel = diesel::update(shipments::table.find(shipment))
        .set((
            shipments::status.eq(ShipmentStatus::Cancelled),
            shipments::cancelled_at.eq(at),
        ))
        .returning(Shipment::as_returning())
        .get_result(conn)?;
    note(
        conn,
        &parcel,
        user,
        "Given back to the queue",
        &parcel.number,
    )?;
    Ok(parcel)
}

/// Locks the order, then the parcel, and asks whether the step is one of the table. A parcel that
/// ended already is told so before its order is asked, which may be closed by then.
fn lock(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    to: ShipmentStatus,
) -> Result<Shipment, Error> {
    let seen = allowed(Shipment::query().find(shipment).first(conn)?, to)?;
    let order = sales::lock_open(conn, seen.order_id).map_err(Error::from);
    if let Err(failure) = &order
        && !failure.is_rule()
    {
        return order.map(|_| seen);
    }
    let parcel = Shipment::query().find(shipment).for_update().first(conn)?;
    let parcel = allowed(parcel, to)?;
    order.map(|_| parcel)
}

fn allowed(parcel: Shipment, to: ShipmentStatus) -> Result<Shipment, Error> {
    if parcel.status.can_become(to) {
        Ok(parcel)
    } else {
        Err(Error::Step {
            number: parcel.number,
            from: parcel.status,
            to,
        })
    }
}

fn lines(conn: &mut PgConnection, shipment: ShipmentId) -> QueryResult<Vec<InParcel>> {
    InParcel::query()
        .filter(shipment_lines::shipment_id.eq(shipment))
        .load(conn)
}

fn note(
    conn: &mut PgConnection,
    parcel: &Shipment,
    user: UserId,
    what: &str,
    detail: &str,
) -> QueryResult<()> {
    let records = [RecordRef::Order(parcel.order_id), parcel.record()];
    history::note_all(conn, &records, Some(user), what, detail)
}
