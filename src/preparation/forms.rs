//! What the forms of preparation send.

use serde::Deserialize;

use super::model::Departure;
use crate::types::{FieldErrors, OrderId, RequestKey, WarehouseId, optional_text};

/// The orders chosen in a tab. A form with boxes repeats a name, so it is read as pairs.
pub(super) struct PrepareForm(pub(super) Vec<(String, String)>);

/// Orders to be prepared in a warehouse.
pub(super) struct Chosen {
    pub(super) key: RequestKey,
    pub(super) warehouse: WarehouseId,
    pub(super) orders: Vec<OrderId>,
}

impl PrepareForm {
    /// A row's own button names one order, whatever boxes are ticked.
    pub(super) fn parse(&self) -> Result<Chosen, FieldErrors> {
        let mut errors = FieldErrors::default();
        let key = errors.field("key", RequestKey::parse(self.value("key")));
        let warehouse = self
            .value("warehouse")
            .parse()
            .map_err(|_| "Choose a warehouse.");
        let warehouse = errors.field("warehouse", warehouse);
        let only: Vec<OrderId> = self.ids("only").collect();
        let orders = if only.is_empty() {
            self.ids("order").collect()
        } else {
            only
        };
        match (key, warehouse) {
            (Some(key), Some(warehouse)) => Ok(Chosen {
                key,
                warehouse,
                orders,
            }),
            _ => Err(errors),
        }
    }

    fn value(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }

    fn ids(&self, name: &str) -> impl Iterator<Item = OrderId> {
        let named = self.0.iter().filter(move |(field, _)| field == name);
        named.filter_map(|(_, value)| value.parse().ok())
    }
}

/// A step of a parcel that says no more than that.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct StepForm {
    pub(super) key: String,
}

impl StepForm {
    pub(super) fn parse(&self) -> Result<RequestKey, FieldErrors> {
        RequestKey::parse(&self.key).map_err(|why| FieldErrors::one("key", why))
    }
}

/// How a parcel leaves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ShipForm {
    pub(super) key: String,
    pub(super) carrier: String,
    pub(super) tracking: String,
}

impl ShipForm {
    pub(super) fn parse(&self) -> Result<(RequestKey, Departure), FieldErrors> {
        let mut errors = FieldErrors::default();
        let key = errors.field("key", RequestKey::parse(&self.key));
        let carrier = errors.field("carrier", optional_text(&self.carrier, 80));
        let tracking = errors.field("tracking", optional_text(&self.tracking, 120));
        match (key, carrier, tracking) {
            (Some(key), Some(carrier), Some(tracking_number)) => Ok((
                key,
                Departure {
                    carrier,
                    tracking_number,
                },
            )),
            _ => Err(errors),
        }
    }
}
