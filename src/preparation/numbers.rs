//! A tracking number of a carrier is of one parcel.

use std::collections::HashMap;

use super::{Departure, Error, Shipment};
use crate::types::ShipmentId;

/// The parcels that have numbers already, among those that are to be given.
#[derive(Debug, Default)]
pub struct Numbers(HashMap<(String, String), Vec<(ShipmentId, String)>>);

impl Numbers {
    /// A carrier and a number, in whatever letters.
    pub fn key(departure: &Departure) -> (String, String) {
        let carrier = departure.carrier.to_lowercase();
        (carrier, departure.tracking_number.to_uppercase())
    }

    /// A parcel that has one already.
    pub fn keep(&mut self, key: (String, String), parcel: (ShipmentId, String)) {
        self.0.entry(key).or_default().push(parcel);
    }

    /// A parcel has its number from now on; answers with another that has it already, and keeps it then.
    pub fn give(
        &mut self,
        (id, number): (ShipmentId, &str),
        departure: &Departure,
    ) -> Option<String> {
        if departure.tracking_number.is_empty() {
            return None;
        }
        let having = self.0.entry(Self::key(departure)).or_default();
        let other = having.iter().find(|(other, _)| *other != id);
        let other = other.map(|(_, number)| number.clone());
        if other.is_none() {
            having.push((id, number.to_owned()));
        }
        other
    }

    /// The same of one whose number is scanned or typed.
    ///
    /// # Errors
    /// [`Error::NumberTaken`] by another parcel.
    pub fn give_to(&mut self, parcel: &Shipment, departure: &Departure) -> Result<(), Error> {
        match self.give((parcel.id, &parcel.number), departure) {
            None => Ok(()),
            Some(other) => Err(Error::NumberTaken {
                tracking: departure.tracking_number.clone(),
                other,
            }),
        }
    }
}
