//! An order is stopped while a part of it may be in parcels.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::step::Step;
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
    sales::lock_unclosed(act, id)?;
    let in_parcels = stock::in_parcels(act, id)?;
    match parcels {
        _ if in_parcels.is_empty() => sales::hold(act, id, reason)?,
        None => return Err(Error::ChooseParcels(in_parcels)),
        Some(Parcels::GoOn) if is_all_taken(act, id)? => {
            return Err(Error::AllInParcels(in_parcels));
        }
        Some(Parcels::GoOn) => sales::hold(act, id, reason)?,
        Some(Parcels::GiveBack) => {
            give_back(act, id)?;
            sales::hold_after(act, id, &put_back(id, &in_parcels), reason)?;
        }
    }
    Ok(())
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of the database.
pub fn preview_hold(
    conn: &mut PgConnection,
    id: OrderId,
    parcels: Option<Parcels>,
) -> Result<Effects, Error> {
    let mut happenings = match parcels {
        Some(Parcels::GiveBack) => put_back(id, &stock::in_parcels(conn, id)?),
        _ => Vec::new(),
    };
    happenings.push(Happening::Hold { order: id });
    Ok(stock::preview(conn, clock::now(), &happenings)?)
}

/// What is in parcels goes back to the queue.
fn put_back(order: OrderId, in_parcels: &[InParcel]) -> Vec<Happening> {
    let warehouses = in_parcels.iter().map(|each| each.warehouse_id);
    let warehouses: BTreeSet<WarehouseId> = warehouses.collect();
    let back = warehouses
        .into_iter()
        .map(|warehouse| Happening::PutBack { order, warehouse });
    back.collect()
}

/// All parcels of an order that somebody is at work on end.
fn give_back(act: &mut Act<'_>, order: OrderId) -> Result<(), Error> {
    let under_way = shipments::table
        .filter(shipments::order_id.eq(order))
        .filter(shipments::status.eq_any(ShipmentStatus::Cancelled.before()));
    let given_back: Vec<Shipment> = diesel::update(under_way)
        .set(Step::to(ShipmentStatus::Cancelled, act.at()))
        .returning(Shipment::as_returning())
        .get_results(act.conn())?;
    for parcel in given_back {
        let records = [RecordRef::Order(order), parcel.record()];
        let parcel = parcel.number;
        act.note_all(&records, &Event::ParcelGivenBack { parcel })?;
    }
    Ok(())
}

/// Whether no unit of it is left outside of parcels.
fn is_all_taken(conn: &mut PgConnection, order: OrderId) -> QueryResult<bool> {
    let outside = demand::table
        .filter(demand::order_id.eq(order))
        .filter(demand::taken.lt(demand::to_ship));
    Ok(!diesel::select(diesel::dsl::exists(outside)).get_result(conn)?)
}
