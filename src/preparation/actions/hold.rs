//! An order is stopped while a part of it may be in parcels.

use std::collections::{BTreeSet, HashSet};

use diesel::prelude::*;

use super::Together;
use super::step::{OpenAt, Step};
use crate::db::Act;
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::{demand, shipments};
use crate::stock::{self, Effects, Happening, InParcel};
use crate::types::{Event, OrderId, RecordRef, WarehouseId, clock, text_enum};

text_enum! {
    /// What becomes of the parcels of an order that is stopped.
    Parcels {
        /// They leave.
        GoOn = "go_on", "It goes on";
        /// Their units go back to the queue.
        GiveBack = "give_back", "It is given back";
    }
}

/// Stops an order: no parcel is made of it until it is released. What is in parcels goes on or is
/// given back, as chosen; that must be said where there is any.
///
/// # Errors
/// [`Error::ChooseParcels`], [`Error::AllInParcels`] when they go on and nothing else is left, and
/// those of [`sales::hold`].
pub fn hold(
    act: &mut Act<'_>,
    id: OrderId,
    parcels: Option<Parcels>,
    reason: &str,
) -> Result<(), Error> {
    let held = hold_all(act, &[id], parcels, reason)?;
    match held.refused.into_iter().next() {
        Some((_, refusal)) => Err(refusal),
        None => Ok(()),
    }
}

/// The same of several: one that is refused keeps nobody else from it. A constant number of
/// statements.
///
/// # Errors
/// Those of the database; what a rule refuses is in the answer.
pub fn hold_all(
    act: &mut Act<'_>,
    ids: &[OrderId],
    parcels: Option<Parcels>,
    reason: &str,
) -> Result<Together, Error> {
    let going = sales::Together::lock_going(act, ids)?;
    let ids = going.ids();
    let mut held = Together::from(going);
    let in_parcels = stock::in_parcels_of(act, &ids)?;
    let all_taken = match parcels {
        Some(Parcels::GoOn) => all_taken(act, &ids)?,
        _ => HashSet::new(),
    };
    held.refuse(|id| {
        let its = || {
            in_parcels
                .iter()
                .filter(|each| each.order_id == id)
                .cloned()
        };
        its().next()?;
        match parcels {
            None => Some(Error::ChooseParcels(its().collect())),
            Some(_) if all_taken.contains(&id) => Some(Error::AllInParcels(its().collect())),
            Some(_) => None,
        }
    });
    let mut before = Vec::new();
    if parcels == Some(Parcels::GiveBack) {
        give_back(act, &held.done)?;
        before = put_back(&in_parcels);
    }
    sales::hold_all(act, &held.done, &before, reason)?;
    Ok(held)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of the database.
pub fn preview_hold(
    conn: &mut PgConnection,
    ids: &[OrderId],
    parcels: Option<Parcels>,
) -> Result<Effects, Error> {
    let mut happenings = match parcels {
        Some(Parcels::GiveBack) => put_back(&stock::in_parcels_of(conn, ids)?),
        _ => Vec::new(),
    };
    happenings.extend(ids.iter().map(|order| Happening::Hold { order: *order }));
    Ok(stock::preview(conn, clock::now(), &happenings)?)
}

/// What is in parcels goes back to the queue.
fn put_back(in_parcels: &[InParcel]) -> Vec<Happening> {
    let places = in_parcels
        .iter()
        .map(|each| (each.order_id, each.warehouse_id));
    let places: BTreeSet<(OrderId, WarehouseId)> = places.collect();
    let back = places
        .into_iter()
        .map(|(order, warehouse)| Happening::PutBack { order, warehouse });
    back.collect()
}

/// All parcels of these orders that somebody is at work on end.
fn give_back(act: &mut Act<'_>, orders: &[OrderId]) -> Result<(), Error> {
    let under_way = shipments::table
        .filter(shipments::order_id.eq_any(orders))
        .filter(shipments::status.eq_any(ShipmentStatus::Cancelled.before()));
    let given_back: Vec<Shipment> = diesel::update(under_way)
        .set((
            Step::to(ShipmentStatus::Cancelled, act.at()),
            OpenAt::NOBODY,
        ))
        .returning(Shipment::as_returning())
        .get_results(act.conn())?;
    let events = given_back.into_iter().flat_map(|parcel| {
        let records = [RecordRef::Order(parcel.order_id), parcel.record()];
        let parcel = parcel.number;
        records.map(|record| {
            let parcel = parcel.clone();
            (record, Event::ParcelGivenBack { parcel })
        })
    });
    Ok(act.note_each(&events.collect::<Vec<_>>())?)
}

/// The orders of which no unit is left outside of parcels.
fn all_taken(conn: &mut PgConnection, orders: &[OrderId]) -> QueryResult<HashSet<OrderId>> {
    let outside: Vec<OrderId> = demand::table
        .filter(demand::order_id.eq_any(orders))
        .filter(demand::taken.lt(demand::to_ship))
        .select(demand::order_id)
        .distinct()
        .load(conn)?;
    let all = orders.iter().copied();
    Ok(all.filter(|order| !outside.contains(order)).collect())
}
