//! A parcel leaves.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};

use super::locking::{Refused, lock_all};
use super::way::{Carriers, Way};
use super::{manifests, tell};
use crate::db::{Act, set_based};
use crate::preparation::{Departure, Error, Shipment, ShipmentStatus, queries};
use crate::sales;
use crate::schema::{shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{
    Event, ManifestId, OrderId, OrderLineId, Quantity, RecordRef, ShipmentId, first_few,
};

/// Parcels that the reason of a decision names.
const NAMED: usize = 5;

/// What became of parcels that were to leave together.
#[derive(Debug, Default)]
pub struct Left {
    pub gone: Vec<Shipment>,
    /// The number of each that stayed, and why.
    pub stayed: Vec<Refused>,
}

impl Left {
    /// What became of one.
    fn only(mut self) -> Result<Shipment, Error> {
        match self.stayed.pop() {
            Some((_, refusal)) => Err(refusal),
            None => self.gone.pop().ok_or(diesel::NotFound.into()),
        }
    }
}

/// A parcel that leaves, and the way it leaves by.
pub struct Going {
    pub parcel: Shipment,
    pub way: Way,
}

/// A parcel leaves, from any step of its way: stock moves, the lines of the order count what left,
/// and the order closes when nothing is left to ship. What is left keeps its place in the queue.
///
/// # Errors
/// [`Error::Step`] when it left already or was given back; [`Error::NoTracking`] and
/// [`Error::NotItsTracking`] of its carrier; [`Error::NumberTaken`] by another parcel.
pub fn ship(
    act: &mut Act<'_>,
    shipment: ShipmentId,
    departure: &Departure,
) -> Result<Shipment, Error> {
    leave(act, &[shipment], Some(departure))?.only()
}

/// A packed parcel leaves the way it was labelled for, else with the carrier of the shipping method of its order.
///
/// # Errors
/// Those of [`ship`]; [`Error::NotPacked`].
pub fn ship_packed(act: &mut Act<'_>, shipment: ShipmentId) -> Result<Shipment, Error> {
    leave(act, &[shipment], None)?.only()
}

/// Packed parcels leave, each the way it was labelled for, else with the carrier of the shipping method
/// of its order. One that cannot leave keeps nobody else from it. A constant number of statements.
///
/// # Errors
/// Those of the database; what a rule refuses stays, and says why.
pub fn ship_all(act: &mut Act<'_>, parcels: &[ShipmentId]) -> Result<Left, Error> {
    leave(act, parcels, None)
}

fn leave(
    act: &mut Act<'_>,
    parcels: &[ShipmentId],
    departure: Option<&Departure>,
) -> Result<Left, Error> {
    let (mut stayed, mut going) = (Vec::new(), Vec::new());
    let locked = lock_all(act, parcels, ShipmentStatus::Shipped, &mut stayed)?;
    let carriers = Carriers::load(act)?;
    for (parcel, order) in locked {
        let way = match departure {
            Some(departure) => carriers.settle(departure.clone()),
            None if parcel.status != ShipmentStatus::Packed => {
                Err(Error::NotPacked(parcel.number.clone()))
            }
            None => carriers.settle(carriers.usual(&parcel, &order.shipping_method)),
        };
        match way {
            Ok(way) => going.push(Going { parcel, way }),
            Err(refusal) => stayed.push((parcel.number, refusal)),
        }
    }
    let going = with_new_numbers(act, going, &mut stayed)?;
    let gone = match going.is_empty() {
        true => Vec::new(),
        false => go(act, &going)?,
    };
    Ok(Left { gone, stayed })
}

/// Those whose tracking number no other parcel has.
fn with_new_numbers(
    act: &mut Act<'_>,
    going: Vec<Going>,
    stayed: &mut Vec<Refused>,
) -> QueryResult<Vec<Going>> {
    let departures: Vec<&Departure> = going.iter().map(|each| &each.way.departure).collect();
    let now = act.at();
    let mut numbers = queries::numbers_in_use(act, &departures, now)?;
    let mut new = Vec::with_capacity(going.len());
    for each in going {
        match numbers.give_to(&each.parcel, &each.way.departure) {
            Ok(()) => new.push(each),
            Err(refusal) => stayed.push((each.parcel.number.clone(), refusal)),
        }
    }
    Ok(new)
}

/// What was locked leaves.
fn go(act: &mut Act<'_>, going: &[Going]) -> Result<Vec<Shipment>, Error> {
    move_units(act, going)?;
    let manifests = manifests::join(act, going)?;
    let gone = write(act, going, &manifests)?;
    let left = |parcel: &Shipment| {
        let left = Event::ParcelShipped {
            parcel: parcel.number.clone(),
            carrier: parcel.carrier.clone(),
            tracking: parcel.tracking_number.clone(),
        };
        let order = RecordRef::Order(parcel.order_id);
        [(order, left.clone()), (parcel.record(), left)]
    };
    act.note_each(&gone.iter().flat_map(left).collect::<Vec<_>>())?;
    tell::customers(act, &gone)?;
    Ok(gone)
}

fn move_units(act: &mut Act<'_>, going: &[Going]) -> Result<(), Error> {
    let orders: HashMap<ShipmentId, OrderId> = going
        .iter()
        .map(|each| (each.parcel.id, each.parcel.order_id))
        .collect();
    let lines = lines(act, going)?;
    let leaving = lines
        .iter()
        .map(|(shipment, line, quantity)| Happening::Ship {
            line: *line,
            quantity: *quantity,
            shipment: *shipment,
        });
    let leaving: Vec<_> = leaving.collect();
    stock::change(
        act,
        &Cause::of(CauseKind::Shipment).because(named(going)),
        &leaving,
    )?;
    let left = lines
        .iter()
        .map(|(shipment, line, quantity)| (orders[shipment], *line, *quantity));
    Ok(sales::mark_shipped(act, &left.collect::<Vec<_>>())?)
}

fn lines(
    conn: &mut PgConnection,
    going: &[Going],
) -> QueryResult<Vec<(ShipmentId, OrderLineId, Quantity)>> {
    let parcels = going.iter().map(|each| each.parcel.id);
    shipment_lines::table
        .filter(shipment_lines::shipment_id.eq_any(parcels))
        .order(shipment_lines::id)
        .select((
            shipment_lines::shipment_id,
            shipment_lines::order_line_id,
            shipment_lines::quantity,
        ))
        .load(conn)
}

/// `SH-000001, SH-000002 and 3 more`.
fn named(going: &[Going]) -> String {
    let first = going.iter().take(NAMED);
    let first: Vec<String> = first.map(|each| each.parcel.number.clone()).collect();
    first_few(&first, i64::try_from(going.len()).unwrap_or(i64::MAX))
}

fn write(
    act: &mut Act<'_>,
    going: &[Going],
    manifests: &HashMap<ShipmentId, ManifestId>,
) -> QueryResult<Vec<Shipment>> {
    set_based!(
        "update shipments s set status = 'shipped', shipped_at = :at, carrier = u.carrier,
           carrier_id = u.carrier_id, tracking_number = u.tracking, manifest_id = u.manifest,
           packer_id = null, packing_since = null
         from :rows where s.id = u.id",
        going, |each|
        id: BigInt = each.parcel.id,
        carrier: Text = each.way.departure.carrier.as_str(),
        carrier_id: Nullable<BigInt> = each.way.carrier,
        tracking: Text = each.way.departure.tracking_number.as_str(),
        manifest: BigInt = manifests[&each.parcel.id];
        at: Timestamptz = act.at()
    )
    .execute(act.conn())?;
    Shipment::query()
        .filter(shipments::id.eq_any(going.iter().map(|each| each.parcel.id)))
        .order(shipments::id)
        .load(act.conn())
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
