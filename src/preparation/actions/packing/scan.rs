//! What a scan at a packing desk means.

use diesel::prelude::*;

use super::called::{Called, called, of_one_line};
use super::count::{Goods, count};
use super::open::open;
use super::{Station, name_of, opened};
use crate::catalog;
use crate::db::Act;
use crate::preparation::actions::ship;
use crate::preparation::queries;
use crate::preparation::{Answer, Departure, Error, Outcome, Read, Shipment, ShipmentStatus};
use crate::types::Quantity;

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
    if let Some(parcel) = packed(current.as_ref())
        && is_tracking(act, parcel, &read.code, true)?
    {
        return leave(act, station, parcel, &read.code);
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
    match catalog::product_scanned(act, &read.code)? {
        Some((product, units)) => {
            let goods = Goods {
                product: product.id,
                sku: product.sku,
                units: units.times(read.times),
            };
            goods_scanned(act, station, read, (current, goods))
        }
        None => nothing_called(act, station, read, current.as_ref()),
    }
}

/// Why a scan that was meant for a parcel is not taken for another.
fn taken_over(
    act: &mut Act<'_>,
    station: &Station,
    current: Option<&Shipment>,
) -> QueryResult<Option<String>> {
    let Some(seen) = station.seen else {
        return Ok(None);
    };
    if current.is_some_and(|current| current.id == seen) {
        return Ok(None);
    }
    let seen: Option<Shipment> = Shipment::query().find(seen).first(act.conn()).optional()?;
    let theirs = seen.filter(|seen| seen.packer_id.is_some() && seen.packer_id != act.by());
    let Some(theirs) = theirs else {
        return Ok(None);
    };
    let name = name_of(act, &theirs)?;
    Ok(Some(format!(
        "{name} took {} over: it is packed there.",
        theirs.number
    )))
}

fn packed(current: Option<&Shipment>) -> Option<&Shipment> {
    current.filter(|parcel| parcel.status == ShipmentStatus::Packed)
}

/// Whether a code is a tracking number of the carrier of a parcel; where nobody says what they look like, only if `strict`
/// is not asked for.
fn is_tracking(
    act: &mut Act<'_>,
    parcel: &Shipment,
    code: &str,
    strict: bool,
) -> QueryResult<bool> {
    let carrier = queries::carrier_for(act, parcel.order_id)?;
    let carrier = queries::carrier_called(act, &carrier)?;
    Ok(match carrier {
        Some(carrier) if carrier.says.tracking_pattern.is_empty() => !strict,
        Some(carrier) => carrier.says.takes(code).is_ok(),
        None => !strict,
    })
}

/// The open parcel is packed and leaves by this tracking number.
fn leave(
    act: &mut Act<'_>,
    station: &Station,
    parcel: &Shipment,
    tracking: &str,
) -> Result<Answer, Error> {
    let departure = Departure {
        carrier: queries::carrier_for(act, parcel.order_id)?,
        tracking_number: tracking.to_owned(),
    };
    ship(act, parcel.id, &departure)?;
    let words = format!("{} has left, {tracking}.", parcel.number);
    let scan = station.scan(Some(parcel), tracking);
    Ok(scan.keep(act, Answer::of(Outcome::Opened, words), &[])?)
}

fn goods_scanned(
    act: &mut Act<'_>,
    station: &Station,
    read: &Read,
    (current, goods): (Option<Shipment>, Goods),
) -> Result<Answer, Error> {
    if read.times > Quantity::new(1) && !station.unscanned {
        let why = "Scan each unit: you may not count several at once.";
        let scan = station.scan(current.as_ref(), &read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let parcel = match &current {
        Some(open) if open.status != ShipmentStatus::Packed => Some(open.clone()),
        _ => of_one_line(act, station.warehouse, goods.product)?,
    };
    let Some(parcel) = parcel else {
        let why = match &current {
            Some(packed) => format!("No: {} is packed. One too many.", packed.number),
            None => format!("No picked order waits for {} alone.", goods.sku),
        };
        let scan = station.scan(current.as_ref(), &read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    };
    let scan = station.scan(Some(&parcel), &read.code);
    if current
        .as_ref()
        .is_none_or(|current| current.id != parcel.id)
    {
        let opened = open(act, &parcel, current.as_ref())?;
        if opened.outcome == Outcome::Refused {
            return Ok(scan.keep(act, opened, &[])?);
        }
    }
    count(act, &parcel, scan, &goods)
}

/// A code that names nothing is the tracking number of what is packed.
fn nothing_called(
    act: &mut Act<'_>,
    station: &Station,
    read: &Read,
    current: Option<&Shipment>,
) -> Result<Answer, Error> {
    let scan = station.scan(current, &read.code);
    let Some(parcel) = packed(current) else {
        let why = format!("Nothing is called {}.", read.code);
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    };
    match is_tracking(act, parcel, &read.code, false)? {
        true => leave(act, station, parcel, &read.code),
        false => {
            let carrier = queries::carrier_for(act, parcel.order_id)?;
            let why = format!(
                "{} does not look like a tracking number of {carrier}.",
                read.code
            );
            Ok(scan.keep(act, Answer::no(why), &[])?)
        }
    }
}
