//! The way parcels leave by: with whom, and under which number.

use diesel::prelude::*;

use crate::preparation::{Carrier, Departure, Error, Shipment, queries};
use crate::types::CarrierId;

/// How a parcel leaves, settled: what its carrier takes, under the name that it has.
#[derive(Debug, Clone)]
pub struct Way {
    pub departure: Departure,
    /// One of our carriers.
    pub carrier: Option<CarrierId>,
}

/// The carriers that are offered for parcels, each with its shipping methods.
pub struct Carriers(Vec<(Carrier, Vec<String>)>);

impl Carriers {
    pub fn load(conn: &mut PgConnection) -> QueryResult<Self> {
        let mut all = queries::carriers(conn)?;
        all.retain(|(carrier, _)| carrier.says.is_active);
        Ok(Self(all))
    }

    /// With the carrier and under the number that a parcel has already, else with the carrier whose
    /// method its order names, else in the way it names.
    pub fn usual(&self, parcel: &Shipment, method: &str) -> Departure {
        let carrier = match parcel.carrier.as_str() {
            "" => self.of(method).map_or(method, |carrier| &carrier.says.name),
            own => own,
        };
        Departure {
            carrier: carrier.to_owned(),
            tracking_number: parcel.tracking_number.clone(),
        }
    }

    /// The way a parcel leaves by.
    ///
    /// # Errors
    /// [`Error::NoTracking`], [`Error::NotItsTracking`].
    pub fn settle(&self, departure: Departure) -> Result<Way, Error> {
        if let Some(carrier) = self.called(&departure.carrier) {
            carrier.says.takes(&departure.tracking_number)?;
        }
        Ok(self.named(departure))
    }

    /// The way a parcel is to leave by; its number may be said later.
    ///
    /// # Errors
    /// [`Error::NotItsTracking`].
    pub fn intend(&self, departure: Departure) -> Result<Way, Error> {
        match departure.tracking_number.as_str() {
            "" => Ok(self.named(departure)),
            _ => self.settle(departure),
        }
    }

    /// Where the carrier is one of ours: as it is called, and which it is.
    fn named(&self, departure: Departure) -> Way {
        match self.called(&departure.carrier) {
            None => Way {
                departure,
                carrier: None,
            },
            Some(carrier) => Way {
                carrier: Some(carrier.id),
                departure: Departure {
                    carrier: carrier.says.name.clone(),
                    ..departure
                },
            },
        }
    }

    fn called(&self, name: &str) -> Option<&Carrier> {
        let is_it = |(carrier, _): &&(Carrier, _)| same(&carrier.says.name, name);
        self.0.iter().find(is_it).map(|(carrier, _)| carrier)
    }

    fn of(&self, method: &str) -> Option<&Carrier> {
        let is_its = |(_, methods): &&(_, Vec<String>)| methods.iter().any(|own| same(own, method));
        self.0.iter().find(is_its).map(|(carrier, _)| carrier)
    }
}

/// In whatever letters.
fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
