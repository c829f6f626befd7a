//! Locations come, change and are archived. What lies in them is written by stock alone.
//!
//! Who writes locations keeps their warehouse from others who do, so that what is read of its walk and
//! its codes stays true; stock goes on meanwhile. What is about to be put into a location keeps the
//! location itself, by its foreign key.

mod file;
mod many;
mod range;
mod together;

use diesel::prelude::*;

pub use file::{apply_locations, read_locations};
pub use range::{RangeInput, RangeMade, add_range};
pub use together::{Together, change_locations};

use crate::catalog::{Location, LocationKind, Warehouse};
use crate::db::{Act, announce};
use crate::inventory::locations::codes;
use crate::inventory::locations::entry::next_place;
use crate::inventory::locations::error::Refusal;
use crate::inventory::{Error, queries};
use crate::schema::{locations, warehouses};
use crate::types::{Event, LocationId, Quantity, WarehouseId};

/// What a person says about a location.
#[derive(Debug, Clone)]
pub struct LocationInput {
    pub code: String,
    /// None: the usual one.
    pub barcode: Option<String>,
    pub kind: LocationKind,
    /// May be empty.
    pub zone: String,
    /// None: after the last.
    pub walk: Option<i32>,
    /// None: not said.
    pub capacity: Option<Quantity>,
    /// Whether goods may be put there.
    pub is_active: bool,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = locations, treat_none_as_null = true)]
struct Written<'a> {
    code: &'a str,
    barcode: String,
    kind: LocationKind,
    zone: &'a str,
    walk: i32,
    capacity: Option<Quantity>,
    is_active: bool,
}

/// Makes a location.
///
/// # Errors
/// [`Error::NotActive`], [`Refusal::CodeTaken`], [`Refusal::BarcodeTaken`],
/// [`Refusal::BarcodeOfProduct`], [`Refusal::NoUsualBarcode`], [`Refusal::WalkTooFar`].
pub fn add_location(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    input: &LocationInput,
) -> Result<Location, Error> {
    let warehouse = lock_active(act, warehouse)?;
    let written = written(act, &warehouse, input)?;
    let location: Location = diesel::insert_into(locations::table)
        .values((
            &written,
            locations::warehouse_id.eq(warehouse.id),
            locations::created_at.eq(act.at()),
        ))
        .returning(Location::as_returning())
        .get_result(act.conn())
        .map_err(taken)?;
    act.tell(location.record(), &Event::Created)?;
    announce(act, &["locations".into()])?;
    Ok(location)
}

/// Writes what a person who read `version` says about a location over what was said before.
///
/// # Errors
/// Those of [`add_location`], [`Refusal::Changed`], and while goods lie there
/// [`Refusal::HoldsGoods`] and [`Refusal::KindHoldsGoods`].
pub fn edit_location(
    act: &mut Act<'_>,
    id: LocationId,
    version: i32,
    input: &LocationInput,
) -> Result<Location, Error> {
    let warehouse = queries::location(act, id)?.warehouse_id;
    let warehouse = lock(act, warehouse)?;
    let before = lock_locations(act, &[id])?.pop().ok_or(diesel::NotFound)?;
    if before.version != version {
        return Err(Refusal::Changed.into());
    }
    refuse_if_holding(act, &[(&before, input.kind, input.is_active)])?;
    let input = LocationInput {
        walk: Some(input.walk.unwrap_or(before.walk)),
        ..input.clone()
    };
    let written = written(act, &warehouse, &input)?;
    let after: Location = diesel::update(locations::table.find(id))
        .set((&written, locations::version.eq(version + 1)))
        .returning(Location::as_returning())
        .get_result(act.conn())
        .map_err(taken)?;
    act.tell(
        after.record(),
        &what_happened(before.is_active, after.is_active),
    )?;
    announce(act, &["locations".into()])?;
    Ok(after)
}

fn written<'a>(
    conn: &mut PgConnection,
    warehouse: &Warehouse,
    input: &'a LocationInput,
) -> Result<Written<'a>, Error> {
    let barcode = match &input.barcode {
        Some(barcode) => barcode.clone(),
        None => codes::usual_barcode(warehouse, &input.code).map_err(Refusal::NoUsualBarcode)?,
    };
    refuse_if_of_products(conn, std::slice::from_ref(&barcode))?;
    let walk = match input.walk {
        Some(walk) => walk,
        None => {
            next_place(queries::last_of_walk(conn, warehouse.id)?).ok_or(Refusal::WalkTooFar)?
        }
    };
    Ok(Written {
        code: &input.code,
        barcode,
        kind: input.kind,
        zone: &input.zone,
        walk,
        capacity: input.capacity,
        is_active: input.is_active,
    })
}

/// The warehouse, kept from others who write its locations.
fn lock(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Warehouse> {
    Warehouse::query()
        .filter(warehouses::id.eq(id))
        .for_no_key_update()
        .first(conn)
}

/// The same of a warehouse something can come to.
fn lock_active(conn: &mut PgConnection, id: WarehouseId) -> Result<Warehouse, Error> {
    match lock(conn, id)? {
        warehouse if warehouse.is_active => Ok(warehouse),
        warehouse => Err(Error::NotActive(warehouse.name)),
    }
}

/// Locations, kept from whoever is about to put goods there for the first time: in one order.
fn lock_locations(conn: &mut PgConnection, ids: &[LocationId]) -> QueryResult<Vec<Location>> {
    Location::query()
        .filter(locations::id.eq_any(ids))
        .order(locations::id)
        .for_update()
        .load(conn)
}

/// Nothing may be archived, become quarantine or cease to be while goods lie there: each with what it
/// is to be.
fn refuse_if_holding(
    conn: &mut PgConnection,
    changes: &[(&Location, LocationKind, bool)],
) -> Result<(), Error> {
    let archived: Vec<&Location> = changes
        .iter()
        .filter(|(before, _, is_active)| before.is_active && !is_active)
        .map(|(before, _, _)| *before)
        .collect();
    let turned: Vec<&Location> = changes
        .iter()
        .filter(|(before, kind, _)| before.kind.is_usable() != kind.is_usable())
        .map(|(before, _, _)| *before)
        .collect();
    let asked = archived.iter().chain(&turned).map(|location| location.id);
    let asked: Vec<LocationId> = asked.collect();
    if asked.is_empty() {
        return Ok(());
    }
    let holding = queries::holding(conn, &asked)?;
    let held = |of: &[&Location]| -> Option<String> {
        let of = of.iter().filter(|location| holding.contains(&location.id));
        let codes: Vec<String> = of.map(|location| location.code.clone()).collect();
        (!codes.is_empty()).then(|| queries::in_words(&codes))
    };
    if let Some(codes) = held(&archived) {
        return Err(Refusal::HoldsGoods(codes).into());
    }
    match held(&turned) {
        Some(codes) => Err(Refusal::KindHoldsGoods(codes).into()),
        None => Ok(()),
    }
}

fn refuse_if_of_products(conn: &mut PgConnection, barcodes: &[String]) -> Result<(), Error> {
    match queries::of_products(conn, barcodes)?.into_iter().next() {
        Some((_, sku)) => Err(Refusal::BarcodeOfProduct(sku).into()),
        None => Ok(()),
    }
}

fn what_happened(was_active: bool, is_active: bool) -> Event {
    match (was_active, is_active) {
        (true, false) => Event::Archived,
        (false, true) => Event::Restored,
        _ => Event::Edited,
    }
}

fn taken(error: diesel::result::Error) -> Error {
    let diesel::result::Error::DatabaseError(_, told) = &error else {
        return error.into();
    };
    match told.constraint_name() {
        Some("locations_warehouse_id_code_key") => Refusal::CodeTaken.into(),
        Some("locations_barcode_key") => Refusal::BarcodeTaken.into(),
        _ => error.into(),
    }
}
