//! What a parcel leaves in: what each package weighs, and its size.

use diesel::prelude::*;

use super::must_have_open;
use crate::db::{Act, announce};
use crate::preparation::Error;
use crate::schema::packages;
use crate::types::ShipmentId;

/// What somebody measured of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = packages, treat_none_as_null = true)]
pub struct PackageInput {
    /// Grams.
    pub weight: Option<i32>,
    /// Millimetres, like width and height.
    pub length: Option<i32>,
    pub width: Option<i32>,
    pub height: Option<i32>,
}

/// The package that was begun last: what is scanned goes there.
pub(super) fn current(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<i32> {
    let last: Option<i32> = packages::table
        .filter(packages::shipment_id.eq(parcel))
        .select(diesel::dsl::max(packages::number))
        .first(conn)?;
    Ok(last.unwrap_or(1))
}

/// One more package of the open parcel is begun.
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::NoSuchPackage`] beyond the 99th.
pub fn add_package(act: &mut Act<'_>, parcel: ShipmentId) -> Result<(), Error> {
    let parcel = must_have_open(act, parcel)?;
    let next = current(act, parcel.id)? + 1;
    if next > 99 {
        return Err(Error::NoSuchPackage);
    }
    diesel::insert_into(packages::table)
        .values((
            packages::shipment_id.eq(parcel.id),
            packages::number.eq(next),
        ))
        .execute(act.conn())?;
    Ok(announce(act, &parcel.topics())?)
}

/// Keeps it of a package of the open parcel.
///
/// # Errors
/// [`Error::NothingOpen`], [`Error::NoSuchPackage`].
pub fn edit_package(
    act: &mut Act<'_>,
    (parcel, number): (ShipmentId, i32),
    input: &PackageInput,
) -> Result<(), Error> {
    let parcel = must_have_open(act, parcel)?;
    let changed = diesel::update(packages::table.find((parcel.id, number)))
        .set(input)
        .execute(act.conn())?;
    match changed {
        0 => Err(Error::NoSuchPackage),
        _ => Ok(announce(act, &parcel.topics())?),
    }
}
