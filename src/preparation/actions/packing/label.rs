//! What a packed parcel leaves by: the number on its label.

use diesel::prelude::*;

use super::Station;
use crate::db::Act;
use crate::preparation::actions::ship;
use crate::preparation::queries;
use crate::preparation::{Answer, Carrier, Departure, Error, Outcome, Shipment};

/// Who takes a parcel: as it was labelled, else by the shipping method of its order.
fn carrier_name(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<String> {
    match parcel.carrier.as_str() {
        "" => queries::carrier_for(act, parcel.order_id),
        own => Ok(own.to_owned()),
    }
}

/// A packed parcel leaves by the number that was scanned; one that is not of its carrier, or of another parcel, is
/// refused.
pub(super) fn leave(
    act: &mut Act<'_>,
    station: &Station,
    parcel: &Shipment,
    tracking: &str,
) -> Result<Answer, Error> {
    let departure = Departure {
        carrier: carrier_name(act, parcel)?,
        tracking_number: tracking.to_owned(),
    };
    let answer = match ship(act, parcel.id, &departure) {
        Ok(_) => {
            let words = format!("{} has left, {tracking}.", parcel.number);
            Answer::of(Outcome::Opened, words)
        }
        Err(wrong @ (Error::NotItsTracking { .. } | Error::NumberTaken { .. })) => {
            Answer::no(wrong.to_string())
        }
        Err(refusal) => return Err(refusal),
    };
    let scan = station.scan(Some(parcel), tracking);
    Ok(scan.keep(act, answer, &[])?)
}

/// Whether nothing else is packed before the label of a packed parcel was scanned: its carrier takes none without a
/// number, and sends no file of numbers.
pub(super) fn awaits_label(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<bool> {
    if !parcel.tracking_number.is_empty() {
        return Ok(false);
    }
    let name = carrier_name(act, parcel)?;
    let carrier: Option<Carrier> = queries::carrier_called(act, &name)?;
    let Some(carrier) = carrier.filter(|carrier| carrier.says.needs_tracking) else {
        return Ok(false);
    };
    let (_, files) = queries::carrier_with_files(act, carrier.id)?;
    Ok(!files.imports())
}
