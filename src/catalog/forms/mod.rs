//! What browsers send, and what it means.

mod products;
mod suppliers;

pub use products::{LimitsForm, LinkForm, ProductForm};
pub use suppliers::SupplierForm;

use std::fmt::Display;

/// The field of a form that shows what may be missing.
fn shown<T: Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// What is parsed unless it was left empty.
fn optional<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<Option<T>, E> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}
