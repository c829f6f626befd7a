//! Parcels are given up: their units go back to the queue.

use diesel::prelude::*;

use super::step::{OpenAt, Step};
use crate::db::Act;
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::shipments;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Event, OrderId, RecordRef, ShipmentId};

/// A parcel is given up: what was taken for it goes back to the queue.
///
/// # Errors
/// [`Error::Step`] when it left, or was given back already.
pub fn give_back(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    let given_back = give_back_all(act, &[shipment])?.pop();
    given_back.ok_or(diesel::NotFound.into())
}

/// Several at once, all or none: beyond locking their orders, a constant number of statements.
///
/// # Errors
/// [`Error::Step`] when one of them left, or was given back already.
pub fn give_back_all(act: &mut Act<'_>, parcels: &[ShipmentId]) -> Result<Vec<Shipment>, Error> {
    let parcels = lock(act, parcels)?;
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

/// Locks the orders, on hold or not, then the parcels, each by id. A parcel that ended already is told so
/// before its order is asked, which may be closed by then.
fn lock(act: &mut Act<'_>, ids: &[ShipmentId]) -> Result<Vec<Shipment>, Error> {
    let all = || Shipment::query().filter(shipments::id.eq_any(ids));
    let seen: Vec<Shipment> = allowed(all().order(shipments::order_id).load(act.conn())?)?;
    if seen.len() < ids.len() {
        return Err(diesel::NotFound.into());
    }
    let mut orders: Vec<OrderId> = seen.iter().map(|parcel| parcel.order_id).collect();
    orders.dedup();
    let locked = orders
        .into_iter()
        .try_for_each(|order| sales::lock_unclosed(act, order).map(|_| ()));
    let refusal = match locked.map_err(Error::from) {
        Err(failure) if !failure.is_rule() => return Err(failure),
        locked => locked,
    };
    let parcels = allowed(all().order(shipments::id).for_update().load(act.conn())?)?;
    refusal.map(|()| parcels)
}

fn allowed(parcels: Vec<Shipment>) -> Result<Vec<Shipment>, Error> {
    let to = ShipmentStatus::Cancelled;
    let over = parcels.iter().find(|parcel| !parcel.status.can_become(to));
    match over {
        Some(over) => Err(over.clone().refuses(to)),
        None => Ok(parcels),
    }
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
