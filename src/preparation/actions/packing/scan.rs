//! What a scan at a packing desk means.

use diesel::prelude::*;

use super::called::{Called, called, of_one_line};
use super::count::{Goods, count};
use super::label::{awaits_label, leave};
use super::open::open;
use super::{Line, Station, lines, opened};
use crate::catalog;
use crate::db::Act;
use crate::preparation::{Answer, Error, Outcome, Read, Shipment, ShipmentStatus, Stage};
use crate::schema::{scans, shipments, users};
use crate::types::{Quantity, ShipmentId, UserId};

/// A scan at a packing desk: units of the open parcel; a parcel, its order or its place on a cart, to open it; a
/// product that makes up an order by itself; or, once all is packed, the tracking number it leaves by. What does not belong
/// there is refused, counts nothing, and is kept as well.
///
/// # Errors
/// Those of the database, of stock and of sales; a wrong scan is an answer.
pub fn scan_pack(act: &mut Act<'_>, station: &Station, read: &Read) -> Result<Answer, Error> {
    crate::stock::must_reach(act, [station.warehouse])?;
    let current = opened(act)?;
    if let Some(why) = taken_over(act, station, current.as_ref())? {
        let scan = station.scan(None, &read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    if let Some(open) = wanting(current.as_ref())
        && let Some(goods) = goods_called(act, read)?
    {
        let lines = lines(act, open.id)?;
        // What it wants is not taken for the name of something else.
        if lines.iter().any(|line| line.product_id == goods.product) {
            return into_open(act, station, read, (open, &lines), &goods);
        }
    }
    match called(act, station.warehouse, &read.code)? {
        Called::Parcel(parcel) => {
            let answer = open(act, &parcel, current.as_ref())?;
            let scan = station.scan(Some(&parcel), &read.code);
            return Ok(scan.keep(act, answer, &[])?);
        }
        Called::Batch(batch, number) => {
            let mut scan = station.scan(current.as_ref(), &read.code);
            scan.batch_id = Some(batch);
            let words = format!("{number}: scan a slot.");
            return Ok(scan.keep(act, Answer::of(Outcome::Opened, words), &[])?);
        }
        Called::Nothing => {}
    }
    match goods_called(act, read)? {
        Some(goods) => goods_scanned(act, station, read, (current, goods)),
        None => nothing_called(act, station, read, current.as_ref()),
    }
}

/// The open parcel, where it is not packed yet.
fn wanting(current: Option<&Shipment>) -> Option<&Shipment> {
    current.filter(|parcel| parcel.status != ShipmentStatus::Packed)
}

fn goods_called(act: &mut Act<'_>, read: &Read) -> QueryResult<Option<Goods>> {
    let found = catalog::product_scanned(act, &read.code)?;
    Ok(found.map(|(product, units)| Goods {
        product: product.id,
        sku: product.sku,
        units: units.times(read.times),
    }))
}

/// Units go into the open parcel; each is to be scanned by those who may not count.
fn into_open(
    act: &mut Act<'_>,
    station: &Station,
    read: &Read,
    parcel: (&Shipment, &[Line]),
    goods: &Goods,
) -> Result<Answer, Error> {
    let scan = station.scan(Some(parcel.0), &read.code);
    match by_the_unit(station, read) {
        Some(why) => Ok(scan.keep(act, Answer::no(why), &[])?),
        None => count(act, parcel, scan, goods),
    }
}

/// Why units are not counted several at once.
fn by_the_unit(station: &Station, read: &Read) -> Option<&'static str> {
    let may = station.unscanned || read.times == Quantity::new(1);
    (!may).then_some("Scan each unit: you may not count several at once.")
}

/// Why a scan that was meant for a parcel is not taken for another: somebody else went on with it.
fn taken_over(
    act: &mut Act<'_>,
    station: &Station,
    current: Option<&Shipment>,
) -> QueryResult<Option<String>> {
    let Some(seen) = meant_for_other(station, current) else {
        return Ok(None);
    };
    let last: Option<(Option<UserId>, String, String)> = scans::table
        .inner_join(shipments::table)
        .inner_join(users::table)
        .filter(scans::shipment_id.eq(seen))
        .filter(scans::stage.eq(Stage::Pack))
        .filter(scans::outcome.ne(Outcome::Refused))
        .order(scans::id.desc())
        .select((scans::user_id, users::name, shipments::number))
        .first(act.conn())
        .optional()?;
    let theirs = last.filter(|(by, ..)| *by != act.by());
    Ok(theirs.map(|(_, name, number)| format!("{name} took {number} over: it is packed there.")))
}

/// The parcel that was shown when something was scanned, where it is not the one that is open.
fn meant_for_other(station: &Station, current: Option<&Shipment>) -> Option<ShipmentId> {
    station
        .seen
        .filter(|seen| current.is_none_or(|current| current.id != *seen))
}

/// The parcel that goods were meant for, where it was closed before they were all in it.
fn closed_early(
    act: &mut Act<'_>,
    station: &Station,
    current: Option<&Shipment>,
) -> QueryResult<Option<String>> {
    let Some(seen) = meant_for_other(station, current).filter(|_| current.is_none()) else {
        return Ok(None);
    };
    shipments::table
        .find(seen)
        .filter(shipments::status.ne_all([ShipmentStatus::Packed, ShipmentStatus::Shipped]))
        .select(shipments::number)
        .first(act.conn())
        .optional()
}

fn packed(current: Option<&Shipment>) -> Option<&Shipment> {
    current.filter(|parcel| parcel.status == ShipmentStatus::Packed)
}

fn goods_scanned(
    act: &mut Act<'_>,
    station: &Station,
    read: &Read,
    (current, goods): (Option<Shipment>, Goods),
) -> Result<Answer, Error> {
    let why = match by_the_unit(station, read) {
        Some(why) => Some(why.to_owned()),
        None => not_yet(act, station, current.as_ref())?,
    };
    if let Some(why) = why {
        let scan = station.scan(current.as_ref(), &read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let parcel = match wanting(current.as_ref()) {
        Some(open) => Some(open.clone()),
        None => of_one_line(act, station.warehouse, goods.product)?,
    };
    let Some(parcel) = parcel else {
        let why = match &current {
            Some(packed) => format!("No: {} is packed. One too many.", packed.number),
            None => format!("No picked order waits for {} alone.", goods.sku),
        };
        let scan = station.scan(current.as_ref(), &read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    };
    if current
        .as_ref()
        .is_none_or(|current| current.id != parcel.id)
    {
        let opened = open(act, &parcel, current.as_ref())?;
        if opened.outcome == Outcome::Refused {
            let scan = station.scan(Some(&parcel), &read.code);
            return Ok(scan.keep(act, opened, &[])?);
        }
    }
    let lines = lines(act, parcel.id)?;
    into_open(act, station, read, (&parcel, &lines), &goods)
}

/// Why goods do not open the next parcel before something else is done.
fn not_yet(
    act: &mut Act<'_>,
    station: &Station,
    current: Option<&Shipment>,
) -> QueryResult<Option<String>> {
    if let Some(number) = closed_early(act, station, current)? {
        return Ok(Some(format!(
            "{number} is not open here any more: scan its number first."
        )));
    }
    let Some(parcel) = packed(current) else {
        return Ok(None);
    };
    let waits = awaits_label(act, parcel)?;
    Ok(waits.then(|| {
        let number = &parcel.number;
        format!("One too many: {number} is packed. Scan its label, or put it aside.")
    }))
}

/// A code that names nothing is the tracking number of what is packed.
fn nothing_called(
    act: &mut Act<'_>,
    station: &Station,
    read: &Read,
    current: Option<&Shipment>,
) -> Result<Answer, Error> {
    let Some(parcel) = packed(current) else {
        let scan = station.scan(current, &read.code);
        let why = format!("Nothing is called {}.", read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    };
    leave(act, station, parcel, &read.code)
}
