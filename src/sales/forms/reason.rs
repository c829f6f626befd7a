//! Why something is done: the form of a dialog.

use serde::Deserialize;

use crate::types::{FieldErrors, Quantity, required_text};

/// Why something is done, and of how many units.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReasonForm {
    pub reason: String,
    pub quantity: String,
}

impl ReasonForm {
    /// Why.
    ///
    /// # Errors
    /// When it gives no reason.
    pub fn reason(&self) -> Result<String, FieldErrors> {
        required_text(&self.reason, 500)
            .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."))
    }

    /// Why, and of how many units.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn of_units(&self) -> Result<(String, Quantity), FieldErrors> {
        let mut errors = FieldErrors::default();
        let quantity = errors.field("quantity", Quantity::parse_positive(&self.quantity));
        match (self.reason(), quantity) {
            (Ok(reason), Some(quantity)) => Ok((reason, quantity)),
            (Err(reason), _) => {
                for (field, sentence) in reason.iter() {
                    errors.add(field, sentence);
                }
                Err(errors)
            }
            (Ok(_), None) => Err(errors),
        }
    }
}
