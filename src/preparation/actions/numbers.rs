//! A tracking number is of one parcel.

use diesel::prelude::*;

use super::way::Way;
use crate::db::Act;
use crate::preparation::{Error, Shipment, queries};
use crate::types::ShipmentId;

/// The parcels that have numbers already, among those that are to be given.
pub struct Numbers(queries::InUse);

impl Numbers {
    pub fn load<'a>(act: &mut Act<'_>, ways: impl Iterator<Item = &'a Way>) -> QueryResult<Self> {
        let departures: Vec<_> = ways.map(|way| &way.departure).collect();
        let now = act.at();
        Ok(Self(queries::numbers_in_use(act, &departures, now)?))
    }

    /// A parcel has its number from now on.
    ///
    /// # Errors
    /// [`Error::NumberTaken`] by another parcel.
    pub fn give(&mut self, parcel: &Shipment, way: &Way) -> Result<(), Error> {
        if way.departure.tracking_number.is_empty() {
            return Ok(());
        }
        let having = self
            .0
            .entry(queries::number_key(&way.departure))
            .or_default();
        let other = |(id, _): &&(ShipmentId, String)| *id != parcel.id;
        if let Some((_, other)) = having.iter().find(other) {
            return Err(Error::NumberTaken {
                tracking: way.departure.tracking_number.clone(),
                other: other.clone(),
            });
        }
        having.push((parcel.id, parcel.number.clone()));
        Ok(())
    }
}
