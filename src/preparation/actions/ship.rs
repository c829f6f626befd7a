//! How a parcel ends: it leaves, or its units go back to the queue.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::history;
use crate::preparation::model::InParcel;
use crate::preparation::{Departure, Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Place, Reach};
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

    let cause = Cause::at(CauseKind::Shipment, Some(user), at).because(&parcel.number);
    stock::change(conn, reach(&parcel, &lines), &cause, |books| {
        for line in &lines {
            books.ship(line.order_line_id, line.quantity, shipment)?;
        }
        Ok::<_, Error>(())
    })?;
    let left: Vec<(OrderLineId, Quantity)> = lines
        .iter()
        .map(|line| (line.order_line_id, line.quantity))
        .collect();
    sales::mark_shipped(conn, parcel.order_id, &left, Some(user), at)?;

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
    let lines = lines(conn, shipment)?;

    let cause = Cause::at(CauseKind::Preparation, Some(user), at)
        .because(format!("{} was given back", parcel.number));
    stock::change(conn, reach(&parcel, &lines), &cause, |books| {
        books.put_back(parcel.order_id, parcel.warehouse_id);
        Ok::<_, Error>(())
    })?;

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

fn reach(parcel: &Shipment, lines: &[InParcel]) -> Reach {
    let places = lines
        .iter()
        .map(|line| Place::new(parcel.warehouse_id, line.product_id));
    Reach::orders([parcel.order_id], places)
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
