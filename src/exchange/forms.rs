//! What people choose about a file.

use serde::Deserialize;

use super::imports::orders::{Choices, Destination};
use crate::types::{FieldErrors, optional_text};

/// What a browser sent about a file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    /// The warehouse that ships its orders.
    pub warehouse: String,
    /// Where its orders come from.
    pub channel: String,
    /// Anything: unknown products are created.
    pub create_products: String,
    /// Anything: orders are imported without their refused lines.
    pub without_refused: String,
}

impl ImportForm {
    /// Reads it.
    ///
    /// # Errors
    /// Every complaint beside its field.
    pub fn parse(&self) -> Result<(Destination, Choices), FieldErrors> {
        let mut errors = FieldErrors::default();
        let warehouse = self.warehouse.parse().map_err(|_| "Choose a warehouse.");
        let warehouse = errors.field("warehouse", warehouse);
        let channel = errors.field("channel", optional_text(&self.channel, 60));
        let (Some(warehouse), Some(channel)) = (warehouse, channel) else {
            return Err(errors);
        };
        let channel = if channel.is_empty() {
            "import".to_owned()
        } else {
            channel
        };
        let choices = Choices {
            create_products: !self.create_products.is_empty(),
            without_refused: !self.without_refused.is_empty(),
        };
        Ok((Destination { warehouse, channel }, choices))
    }
}
