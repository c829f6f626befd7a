//! How much of a product a warehouse should have.

use diesel::prelude::*;

use super::error::Error;
use super::model::Place;
use crate::catalog;
use crate::db::Act;
use crate::schema::levels;
use crate::types::{Event, Quantity};

/// Below the warning level a product is replenished, up to the ideal level.
#[derive(Debug, Clone, Copy, PartialEq, AsChangeset)]
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
