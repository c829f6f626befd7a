//! How much of a product a warehouse should have.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::error::Error;
use super::model::Place;
use super::read;
use crate::catalog;
use crate::db::announce::{announce, topics};
use crate::db::{Act, set_based};
use crate::schema::{levels, locations};
use crate::types::{Event, LocationId, ProductId, Quantity, RecordRef};

/// Below the warning level a product is replenished, up to the ideal level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = levels, treat_none_as_null = true)]
pub struct Limits {
    /// None: the default of the warehouse.
    pub warning_level: Option<Quantity>,
    /// None: the default of the warehouse.
    pub ideal_level: Option<Quantity>,
}

/// Sets the levels of a product in a warehouse.
///
/// # Errors
/// [`Error::IdealBelowWarning`], also when one of the two is the default of the warehouse.
pub fn set_limits(act: &mut Act<'_>, place: Place, limits: Limits) -> Result<(), Error> {
    let product = catalog::product(act, place.product)?;
    let warehouse = catalog::warehouse(act, place.warehouse)?;
    let warning = limits
        .warning_level
        .unwrap_or(warehouse.default_warning_level);
    let ideal = limits.ideal_level.unwrap_or(warehouse.default_ideal_level);
    if ideal < warning {
        return Err(Error::IdealBelowWarning { warning, ideal });
    }
    diesel::insert_into(levels::table)
        .values((
            levels::warehouse_id.eq(warehouse.id),
            levels::product_id.eq(product.id),
            levels::warning_level.eq(limits.warning_level),
            levels::ideal_level.eq(limits.ideal_level),
        ))
        .on_conflict((levels::warehouse_id, levels::product_id))
        .do_update()
        .set(limits)
        .execute(act.conn())?;
    let event = Event::LevelsSet {
        warehouse: warehouse.code,
        warning: limits.warning_level,
        ideal: limits.ideal_level,
    };
    Ok(act.tell(product.record(), &event)?)
}

/// Keeps places from others until the transaction ends, in the order everybody keeps; a place nobody
/// used before is made.
///
/// # Errors
/// Those of the database.
pub fn hold(act: &mut Act<'_>, places: impl IntoIterator<Item = Place>) -> Result<(), Error> {
    let places: BTreeSet<Place> = places.into_iter().collect();
    read::hold(act, &places)
}

/// Sets the levels of places that are held, in one statement; whoever asks has seen that no ideal
/// level is below its warning level, and keeps the histories.
///
/// # Errors
/// Those of the database.
pub fn set_limits_of_all(act: &mut Act<'_>, all: &[(Place, Limits)]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    set_based!(
        "update levels l set warning_level = u.warning_level, ideal_level = u.ideal_level
         from :rows where l.warehouse_id = u.warehouse and l.product_id = u.product",
        all, |(place, limits)|
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        warning_level: Nullable<Integer> = limits.warning_level,
        ideal_level: Nullable<Integer> = limits.ideal_level
    )
    .execute(act.conn())?;
    let products: BTreeSet<ProductId> = all.iter().map(|(place, _)| place.product).collect();
    announce(act, &topics("product", products))?;
    Ok(())
}

/// Sets the bin a product belongs in, where it is put away first; none: any.
///
/// # Errors
/// Those of the database.
pub fn set_usual_bin(
    act: &mut Act<'_>,
    place: Place,
    bin: Option<LocationId>,
) -> Result<(), Error> {
    set_usual_bins_of_all(act, &[(place, bin)])?;
    let warehouse = catalog::warehouse(act, place.warehouse)?.code;
    let bin = locations::table
        .filter(locations::id.nullable().eq(bin))
        .select(locations::code)
        .first(act.conn())
        .optional()?;
    let record = RecordRef::Product(place.product);
    Ok(act.note(record, &Event::UsualBinSet { warehouse, bin })?)
}

/// Sets the bins that products belong in, in one statement; whoever asks keeps the histories.
///
/// # Errors
/// Those of the database.
pub fn set_usual_bins_of_all(
    act: &mut Act<'_>,
    all: &[(Place, Option<LocationId>)],
) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    set_based!(
        "update levels l set usual_location_id = u.bin
         from :rows where l.warehouse_id = u.warehouse and l.product_id = u.product",
        all, |(place, bin)|
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        bin: Nullable<BigInt> = *bin
    )
    .execute(act.conn())?;
    let products: BTreeSet<ProductId> = all.iter().map(|(place, _)| place.product).collect();
    announce(act, &topics("product", products))?;
    Ok(())
}
