//! Parcels are given up: their units go back to the queue.

use diesel::prelude::*;

use super::locking::lock_all;
use super::step::{OpenAt, Step};
use crate::db::Act;
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::schema::shipments;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, RecordRef, ShipmentId};

/// A parcel is given up: what was taken for it goes back to the queue.
///
/// # Errors
/// [`Error::Step`] when it left, or was given back already.
pub fn give_back(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    let given_back = give_back_all(act, &[shipment])?.pop();
    given_back.ok_or(diesel::NotFound.into())
}

/// Several at once, all or none, in a constant number of statements.
///
/// # Errors
/// [`Error::Step`] when one of them left, or was given back already.
pub fn give_back_all(act: &mut Act<'_>, parcels: &[ShipmentId]) -> Result<Vec<Shipment>, Error> {
    let mut refused = Vec::new();
    let locked = lock_all(act, parcels, ShipmentStatus::Cancelled, &mut refused)?;
    if let Some((_, refusal)) = refused.pop() {
        return Err(refusal);
    }
    if locked.len() < parcels.len() {
        return Err(diesel::NotFound.into());
    }
    let parcels: Vec<Shipment> = locked.into_iter().map(|(parcel, _)| parcel).collect();
    let back: Vec<Happening> = parcels
        .iter()
        .map(|parcel| Happening::PutBack {
            order: parcel.order_id,
            warehouse: parcel.warehouse_id,
        })
        .collect();
    let numbers: Vec<&str> = parcels.iter().map(|each| each.number.as_str()).collect();
    let why = match numbers[..] {
        [number] => format!("{number} was given back"),
        _ => format!("{} parcels were given back", numbers.len()),
    };
    let cause = Cause::of(CauseKind::Preparation).because(why);
    stock::change(act, &cause, &back)?;
    let ids = parcels.iter().map(|parcel| parcel.id);
    let given_back: Vec<Shipment> =
        diesel::update(shipments::table.filter(shipments::id.eq_any(ids)))
            .set((
                Step::to(ShipmentStatus::Cancelled, act.at()),
                OpenAt::NOBODY,
            ))
            .returning(Shipment::as_returning())
            .get_results(act.conn())?;
    note(act, &given_back)?;
    Ok(given_back)
}

fn note(act: &mut Act<'_>, parcels: &[Shipment]) -> QueryResult<()> {
    let mut events = Vec::new();
    for parcel in parcels {
        let given_back = Event::ParcelGivenBack {
            parcel: parcel.number.clone(),
        };
        events.push((RecordRef::Order(parcel.order_id), given_back.clone()));
        events.push((parcel.record(), given_back));
    }
    act.note_each(&events)
}
