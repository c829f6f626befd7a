//! A correction of stock, as a browser sends it.

use serde::Deserialize;

use crate::inventory::actions::REASONS;
use crate::stock::MoveReason;
use crate::types::{Change, FieldErrors, RequestKey, Sku, WarehouseId, required_text};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AdjustForm {
    pub key: String,
    pub product: String,
    pub warehouse: String,
    pub quantity: String,
    pub reason: String,
    pub note: String,
}

/// What it means, but for the product: whether there is one only the database knows.
#[derive(Debug, Clone)]
pub struct Adjusting {
    pub key: RequestKey,
    pub product: Sku,
    pub warehouse: WarehouseId,
    pub change: Change,
    pub reason: MoveReason,
    pub note: String,
}

impl AdjustForm {
    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<Adjusting, FieldErrors> {
        let mut errors = FieldErrors::default();
        let warehouse = self.warehouse.parse().map_err(|_| "Choose a warehouse.");
        let reason = self.reason.parse::<MoveReason>();
        let reason = reason
            .ok()
            .filter(|reason| REASONS.contains(reason))
            .ok_or("Choose a reason.");
        let (key, product, warehouse, change, reason, note) = (
            errors.field("key", RequestKey::parse(&self.key)),
            errors.field("product", Sku::parse(&self.product)),
            errors.field("warehouse", warehouse),
            errors.field("quantity", Change::parse(&self.quantity)),
            errors.field("reason", reason),
            errors.field("note", required_text(&self.note, 500)),
        );
        match (key, product, warehouse, change, reason, note) {
            (Some(key), Some(product), Some(warehouse), Some(change), Some(reason), Some(note)) => {
                Ok(Adjusting {
                    key,
                    product,
                    warehouse,
                    change,
                    reason,
                    note,
                })
            }
            _ => Err(errors),
        }
    }
}
