//! A parcel is opened at a desk, put aside, or taken over from somebody.

use diesel::prelude::*;

use super::super::scanned::Scan;
use super::super::step::OpenAt;
use super::{lines, name_of, opened};
use crate::db::{Act, announce};
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus, Stage};
use crate::schema::{packages, shipments};
use crate::types::{Quantity, ShipmentId};

/// Opens a parcel for whoever acts, in place of the one they have open, or says why not.
pub(super) fn open(
    act: &mut Act<'_>,
    parcel: &Shipment,
    current: Option<&Shipment>,
) -> Result<Answer, Error> {
    let number = &parcel.number;
    match parcel.status {
        ShipmentStatus::Picked | ShipmentStatus::Packed => {}
        ShipmentStatus::ToPick => {
            return Ok(Answer::no(format!("{number} is not picked yet.")));
        }
        over => {
            let refusal = parcel.clone().refuses(ShipmentStatus::Packed);
            let why = match over {
                ShipmentStatus::Cancelled => format!("{number} was given back to the queue."),
                _ => refusal.to_string(),
            };
            return Ok(Answer::no(why));
        }
    }
    if let Some(current) = current.filter(|current| current.id != parcel.id)
        && let Some(why) = unfinished(act, current)?
    {
        return Ok(Answer::no(why));
    }
    if parcel.packer_id.is_some() && parcel.packer_id != act.by() {
        let name = name_of(act, parcel)?;
        return Ok(Answer::no(format!(
            "{name} has {number} open: take it over first, if it is to be packed here."
        )));
    }
    claim(act, parcel, current)?;
    Ok(welcome(act, parcel)?)
}

/// `SH-000012 (slot C): 3 to pack.`
fn welcome(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<Answer> {
    let units: Quantity = lines(act, parcel.id)?.iter().map(super::Line::left).sum();
    let number = &parcel.number;
    let slot = parcel
        .slot
        .map_or_else(String::new, |slot| format!(" (slot {slot})"));
    let words = match units.get() {
        0 => format!("{number}{slot} is packed."),
        units => format!("{number}{slot}: {units} to pack."),
    };
    Ok(Answer::of(Outcome::Opened, words))
}

/// Why a parcel is not left behind by a scan: something of it is in a package, and something is not.
fn unfinished(act: &mut Act<'_>, current: &Shipment) -> QueryResult<Option<String>> {
    let lines = lines(act, current.id)?;
    let begun = lines.iter().any(|line| !line.packed.is_zero());
    let done = lines.iter().all(|line| line.left().is_zero());
    let why = format!(
        "{} is not finished: pack the rest of it, or put it aside first.",
        current.number
    );
    Ok((begun && !done).then_some(why))
}

/// Whoever acts has it from now on, and nothing else.
fn claim(act: &mut Act<'_>, parcel: &Shipment, current: Option<&Shipment>) -> QueryResult<()> {
    if let Some(current) = current.filter(|current| current.id != parcel.id) {
        release(act, current)?;
    }
    if parcel.packer_id != act.by() {
        diesel::update(shipments::table.find(parcel.id))
            .set(OpenAt::by(act.by(), act.at()))
            .execute(act.conn())
            .map_err(lost)?;
    }
    diesel::insert_into(packages::table)
        .values((packages::shipment_id.eq(parcel.id), packages::number.eq(1)))
        .on_conflict_do_nothing()
        .execute(act.conn())?;
    announce(act, &parcel.topics())
}

/// Who has two desks open at once opens a parcel at one after the other: the second is tried again, and sees the first.
fn lost(error: diesel::result::Error) -> diesel::result::Error {
    use diesel::result::DatabaseErrorKind::{SerializationFailure, UniqueViolation};
    use diesel::result::Error::DatabaseError;
    match error {
        DatabaseError(UniqueViolation, told) => DatabaseError(SerializationFailure, told),
        other => other,
    }
}

fn release(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<()> {
    diesel::update(shipments::table.find(parcel.id))
        .set(OpenAt::NOBODY)
        .execute(act.conn())?;
    announce(act, &parcel.topics())
}

/// The parcel that whoever acts has open is closed as it is; what is packed of it stays so.
///
/// # Errors
/// [`Error::NothingOpen`].
pub fn put_aside(act: &mut Act<'_>) -> Result<Shipment, Error> {
    let open = opened(act)?.ok_or(Error::NothingOpen)?;
    release(act, &open)?;
    Ok(open)
}

/// Somebody goes on with a parcel that another person has open.
///
/// # Errors
/// [`Error::Step`] when it is not to be packed; [`Error::Unfinished`] when they have one open themselves
/// that is not finished.
pub fn take_over(act: &mut Act<'_>, id: ShipmentId) -> Result<Shipment, Error> {
    let current = opened(act)?;
    let parcel: Shipment = Shipment::query().find(id).for_update().first(act.conn())?;
    crate::stock::must_reach(act, [parcel.warehouse_id])?;
    let may = matches!(
        parcel.status,
        ShipmentStatus::Picked | ShipmentStatus::Packed
    );
    if !may {
        return Err(parcel.refuses(ShipmentStatus::Packed));
    }
    if let Some(current) = current.as_ref().filter(|current| current.id != id)
        && let Some(why) = unfinished(act, current)?
    {
        return Err(Error::Unfinished(why));
    }
    claim(act, &parcel, current.as_ref())?;
    let scan = Scan {
        shipment_id: Some(id),
        batch_id: parcel.batch_id,
        ..Scan::of(Stage::Pack, parcel.warehouse_id, &parcel.number)
    };
    let answer = welcome(act, &parcel)?;
    scan.keep(act, answer, &[])?;
    Ok(parcel)
}
