//! What people choose about a file.

use super::imports::orders::{Choices, Destination};
use crate::types::{FieldErrors, Fields, optional, optional_text, read_form};

/// Where the orders of a file go, and what is chosen about it; a box that says anything is ticked.
///
/// # Errors
/// Every complaint beside its field.
pub fn parse(form: &Fields) -> Result<(Destination, Choices), FieldErrors> {
    let to = read_form!(form => Destination {
        warehouse: "warehouse", |text| optional(text, str::parse).map_err(|_| "Choose a warehouse.");
        channel: "channel", |text| optional_text(text, 60);
    })?;
    let choices = Choices {
        create_products: !form.get("create_products").is_empty(),
        without_refused: !form.get("without_refused").is_empty(),
        with_closed: !form.get("with_closed").is_empty(),
    };
    Ok((to, choices))
}
