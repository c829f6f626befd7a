//! Warehouses begin to use bins, goods change them, and warehouses stop.

use diesel::prelude::*;

use super::kept;
use crate::catalog::{Location, Warehouse};
use crate::db::Act;
use crate::inventory::Error;
use crate::inventory::queries::open_counts;
use crate::schema::{locations, warehouses};
use crate::stock::{self, Cause, CauseKind, Happening, Place};
use crate::types::{Event, LocationId, Quantity, WarehouseId, first_few};

/// From now on every unit of a warehouse lies in a bin: all that is there in this one.
///
/// # Errors
/// [`Error::UsesBins`], [`Error::BeingCounted`], [`Error::NotOfWarehouse`] for a bin of another
/// warehouse, an archived one or one in quarantine.
pub fn use_locations(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    into: LocationId,
) -> Result<Warehouse, Error> {
    let before = lock(act, warehouse)?;
    if before.uses_locations {
        return Err(Error::UsesBins);
    }
    must_not_be_counted(act, warehouse)?;
    let bin: Option<Location> = Location::query().find(into).first(act.conn()).optional()?;
    let fits = |bin: &Location| bin.warehouse_id == warehouse && bin.takes_goods();
    let bin = bin.filter(fits).ok_or(Error::NotOfWarehouse)?;
    stock::fill_bin(act, warehouse, bin.id)?;
    switch(act, warehouse, true)
}

/// A warehouse does not say any more where in it goods lie.
///
/// # Errors
/// [`Error::UsesNoBins`], [`Error::BeingCounted`], [`stock::Error::InSeveralBins`],
/// [`stock::Error::InQuarantine`].
pub fn leave_locations(act: &mut Act<'_>, warehouse: WarehouseId) -> Result<Warehouse, Error> {
    if !lock(act, warehouse)?.uses_locations {
        return Err(Error::UsesNoBins);
    }
    must_not_be_counted(act, warehouse)?;
    stock::forget_bins(act, warehouse)?;
    switch(act, warehouse, false)
}

fn lock(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Warehouse> {
    Warehouse::query()
        .filter(warehouses::id.eq(id))
        .for_update()
        .first(conn)
}

/// Whoever counts there counts by bins, or without.
fn must_not_be_counted(conn: &mut PgConnection, id: WarehouseId) -> Result<(), Error> {
    match open_counts(conn, id)? {
        (_, 0) => Ok(()),
        (numbers, all) => Err(Error::BeingCounted(first_few(&numbers, all))),
    }
}

fn switch(act: &mut Act<'_>, id: WarehouseId, uses: bool) -> Result<Warehouse, Error> {
    let after: Warehouse = diesel::update(warehouses::table.find(id))
        .set(warehouses::uses_locations.eq(uses))
        .returning(Warehouse::as_returning())
        .get_result(act.conn())?;
    act.tell(after.record(), &Event::Edited)?;
    Ok(after)
}

/// Units that change bins.
#[derive(Debug, Clone)]
pub struct PutAway {
    pub place: Place,
    pub from: LocationId,
    pub to: LocationId,
    pub quantity: Quantity,
    /// In words; may be empty.
    pub note: String,
}

/// Puts units from one bin into another of the same warehouse, and answers with that. What goes into
/// quarantine is not on hand any more, and what leaves it is again: orders lose or gain by it, which
/// is a correction of stock, and asks for the right to it.
///
/// # Errors
/// [`Error::IsKit`], [`Error::SameBin`], [`Error::MayNotCorrect`], [`stock::Error::NotInBin`] when fewer lie there that
/// no parcel takes, [`stock::Error::NoSuchBin`] for one of another warehouse.
pub fn put_away(act: &mut Act<'_>, units: &PutAway, may_correct: bool) -> Result<Location, Error> {
    kept::no_kits(act, &[units.place.product], "move")?;
    let (from, to) = both(act, units)?;
    let (was, will) = (from.kind.is_usable(), to.kind.is_usable());
    if was != will && !may_correct {
        return Err(Error::MayNotCorrect);
    }
    let happens = Happening::PutAway {
        place: units.place,
        from: from.id,
        to: to.id,
        quantity: units.quantity,
        into_quarantine: was && !will,
        note: units.note.clone(),
    };
    let cause = Cause::of(CauseKind::Adjustment).because(units.note.clone());
    stock::change(act, &cause, &[happens])?;
    Ok(to)
}

/// The bins, kept as they are.
fn both(conn: &mut PgConnection, units: &PutAway) -> Result<(Location, Location), Error> {
    if units.from == units.to {
        return Err(Error::SameBin);
    }
    let bins: Vec<Location> = Location::query()
        .filter(locations::id.eq_any([units.from, units.to]))
        .order(locations::id)
        .for_share()
        .load(conn)?;
    let one = |id| bins.iter().find(|bin| bin.id == id).cloned();
    let both = one(units.from).zip(one(units.to));
    Ok(both.ok_or(diesel::NotFound)?)
}
