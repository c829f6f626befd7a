//! The look of a line in the words of the components.

use crate::stock::Look;
use crate::web::dates;

/// What `components/status.html` needs to draw a line.
pub(super) struct Words {
    pub(super) look: &'static str,
    pub(super) note: String,
}

/// How a line looks, and the words that complete it.
pub(super) fn words(look: Look) -> Words {
    let (look, note) = match look {
        Look::Shipped => ("shipped", String::new()),
        Look::Cancelled => ("cancelled", String::new()),
        Look::Reserved => ("reserved", String::new()),
        Look::Partly { reserved, of, .. } => ("partial", format!("{reserved} of {of}")),
        Look::Missing {
            expected_on: Some(date),
        } => ("missing", dates::short_day(&date)),
        Look::Missing { expected_on: None } => ("missing", "not on order".to_owned()),
        Look::Waiting => ("waiting", String::new()),
    };
    Words { look, note }
}
