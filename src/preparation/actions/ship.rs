//! A parcel leaves.

use diesel::prelude::*;

use super::step::{OpenAt, Step};
use crate::db::Act;
use crate::preparation::{Departure, Error, Shipment, ShipmentStatus, queries};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{CarrierId, Event, OrderLineId, Quantity, RecordRef, ShipmentId};

/// A parcel leaves, from any step of its way: stock moves, the lines of the order count what left,
/// and the order closes when nothing is left to ship. What is left keeps its place in the queue.
///
/// # Errors
/// [`Error::Step`] when it left already or was given back; [`Error::NoTracking`] and
/// [`Error::NotItsTracking`] of its carrier.
pub fn ship(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    departure: &Departure,
) -> Result<Shipment, Error> {
    let parcel = lock(act, shipment, ShipmentStatus::Shipped)?;
    let (departure, carrier) = with_carrier(act, departure.clone())?;
    let left = lines(act, shipment)?;
    let leaving = left.iter().map(|(line, quantity)| Happening::Ship {
        line: *line,
        quantity: *quantity,
        shipment,
    });
    let leaving: Vec<_> = leaving.collect();
    let cause = Cause::of(CauseKind::Shipment).because(&parcel.number);
    stock::change(act, &cause, &leaving)?;
    sales::mark_shipped(act, parcel.order_id, &left)?;

    let shipped = Event::ParcelShipped {
        parcel: parcel.number,
        carrier: departure.carrier.clone(),
        tracking: departure.tracking_number.clone(),
    };
    let step = Step::to(ShipmentStatus::Shipped, act.at());
    end(act, shipment, step.by(&departure, carrier), &shipped)
}

/// Where the carrier is one of ours: as it is called, which it is, and with a number that it takes.
fn with_carrier(
    conn: &mut PgConnection,
    departure: Departure,
) -> Result<(Departure, Option<CarrierId>), Error> {
    let Some(carrier) = queries::carrier_called(conn, &departure.carrier)? else {
        return Ok((departure, None));
    };
    carrier.says.takes(&departure.tracking_number)?;
    let departure = Departure {
        carrier: carrier.says.name,
        ..departure
    };
    Ok((departure, Some(carrier.id)))
}

fn end(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    step: Step<'_>,
    event: &Event,
) -> Result<Shipment, Error> {
    let parcel: Shipment = diesel::update(shipments::table.find(shipment))
        .set((step, OpenAt::NOBODY))
        .returning(Shipment::as_returning())
        .get_result(act.conn())?;
    act.note_all(&[RecordRef::Order(parcel.order_id), parcel.record()], event)?;
    Ok(parcel)
}

/// Locks the order, on hold or not, then the parcel, and asks whether the step is one of the table. A
/// parcel that ended already is told so before its order is asked, which may be closed by then.
fn lock(
    conn: &mut PgConnection,
    shipment: ShipmentId,
    to: ShipmentStatus,
) -> Result<Shipment, Error> {
    let seen = allowed(Shipment::query().find(shipment).first(conn)?, to)?;
    let order = sales::lock_unclosed(conn, seen.order_id).map_err(Error::from);
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
        Err(parcel.refuses(to))
    }
}

fn lines(
    conn: &mut PgConnection,
    shipment: ShipmentId,
) -> QueryResult<Vec<(OrderLineId, Quantity)>> {
    shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipment))
        .select((shipment_lines::order_line_id, shipment_lines::quantity))
        .load(conn)
}

/// Refuses what was not scanned into packages, once it has left: then the transaction is to be given up.
///
/// # Errors
/// [`Error::NotScanned`].
pub fn must_be_packed(act: &mut Act<'_>, parcel: &Shipment) -> Result<(), Error> {
    let unpacked = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(parcel.id))
        .filter(shipment_lines::packed.lt(shipment_lines::quantity));
    match diesel::select(diesel::dsl::exists(unpacked)).get_result(act.conn())? {
        true => Err(Error::NotScanned(parcel.number.clone())),
        false => Ok(()),
    }
}
