//! Units that are to change hands, as a form says it.

use serde::Deserialize;

use crate::stock::HandMove;
use crate::types::{FieldErrors, OrderLineId, Quantity, required_text};

/// What a form says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// The line that is to get them; empty: they are released.
    pub to: String,
    /// How many.
    pub quantity: String,
    /// Why.
    pub reason: String,
}

impl MoveForm {
    /// What is to be moved.
    ///
    /// # Errors
    /// All that is wrong with it; the reason is not looked at.
    pub fn wanted(&self, from: OrderLineId) -> Result<HandMove, FieldErrors> {
        let mut errors = FieldErrors::default();
        let quantity = errors.field("quantity", Quantity::parse(&self.quantity));
        let to = match self.to.as_str() {
            "" => Some(None),
            to => match to.parse() {
                Ok(line) => Some(Some(line)),
                Err(_) => errors.field("to", Err("Choose one of these orders.")),
            },
        };
        match (quantity, to) {
            (Some(quantity), Some(to)) => Ok(HandMove { from, to, quantity }),
            _ => Err(errors),
        }
    }

    /// Why it is to be.
    ///
    /// # Errors
    /// When there is none.
    pub fn reason(&self) -> Result<String, FieldErrors> {
        required_text(&self.reason, 500)
            .map_err(|_| FieldErrors::one("reason", "Say why, in at most 500 characters."))
    }
}
