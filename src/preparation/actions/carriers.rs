//! Carriers come, change and go.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::{Act, set_based};
use crate::error::OnConstraint;
use crate::preparation::{CarrierFiles, CarrierInput, Error};
use crate::schema::{carriers, shipping_methods};
use crate::types::CarrierId;

/// Adds a carrier, with the shipping methods that are its own.
///
/// # Errors
/// [`Error::CarrierNamed`], [`Error::MethodTaken`].
pub fn add_carrier(
    act: &mut Act<'_>,
    input: &CarrierInput,
    methods: &[String],
) -> Result<CarrierId, Error> {
    let id = diesel::insert_into(carriers::table)
        .values((input, carriers::created_at.eq(act.at())))
        .returning(carriers::id)
        .get_result(act.conn())
        .on_constraint("carriers_name_key", Error::CarrierNamed)?;
    give(act, id, methods)?;
    Ok(id)
}

/// Changes a carrier and its shipping methods. Parcels that left keep the name they left under.
///
/// # Errors
/// [`Error::CarrierNamed`], [`Error::MethodTaken`], `NotFound`.
pub fn edit_carrier(
    act: &mut Act<'_>,
    id: CarrierId,
    input: &CarrierInput,
    methods: &[String],
) -> Result<(), Error> {
    let changed = diesel::update(carriers::table.find(id))
        .set(input)
        .execute(act.conn())
        .on_constraint("carriers_name_key", Error::CarrierNamed)?;
    if changed == 0 {
        return Err(diesel::NotFound.into());
    }
    let own = shipping_methods::table.filter(shipping_methods::carrier_id.eq(id));
    diesel::delete(own).execute(act.conn())?;
    give(act, id, methods)
}

/// Says how the files of a carrier are written and read.
///
/// # Errors
/// `NotFound`.
pub fn set_files(act: &mut Act<'_>, id: CarrierId, files: &CarrierFiles) -> Result<(), Error> {
    let changed = diesel::update(carriers::table.find(id)).set(files);
    match changed.execute(act.conn())? {
        0 => Err(diesel::NotFound.into()),
        _ => Ok(()),
    }
}

fn give(act: &mut Act<'_>, carrier: CarrierId, methods: &[String]) -> Result<(), Error> {
    set_based!(
        "insert into shipping_methods (name, carrier_id) select u.name, :carrier from :rows",
        methods, |name| name: Text = name;
        carrier: BigInt = carrier
    )
    .execute(act.conn())
    .on_constraint("shipping_methods_name_key", Error::MethodTaken)?;
    Ok(())
}
