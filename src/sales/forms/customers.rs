//! The form of a customer.

use std::str::FromStr;

use crate::sales::{Customer, CustomerInput};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{Email, FieldErrors, Fields, optional, optional_text, read_form, required_text};

/// What it says; the code is empty when one is to be found.
///
/// # Errors
/// All that is wrong with it.
pub fn customer(form: &Fields) -> Result<CustomerInput, FieldErrors> {
    read_form!(form => CustomerInput {
        code: "code", |text| optional_text(text, 64);
        name: "name", |text| required_text(text, 200);
        email: "email", optional_email;
        phone: "phone", |text| optional_text(text, 60);
        address: "address", |text| optional_text(text, 1000);
        country: "country", |text| optional_text(text, 60);
        priority: "priority", Priority::from_str;
        shipping_policy: "shipping_policy", ShippingPolicy::from_str;
        note: "note", |text| optional_text(text, 4000);
    })
}

/// An address, or none when left empty.
pub(super) fn optional_email(text: &str) -> Result<String, String> {
    let email = optional(text, Email::parse)?;
    Ok(email.map(|email| email.to_string()).unwrap_or_default())
}

/// The form of a customer nobody has filled in yet.
pub fn of_new_customer(typed: Fields) -> Fields {
    typed
        .with("priority", Priority::Normal)
        .with("shipping_policy", ShippingPolicy::PartialAllowed)
}

/// What the fields of the form are called.
const LABELS: [(&str, &str); 9] = [
    ("code", "Code"),
    ("name", "Name"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("address", "Address"),
    ("country", "Country"),
    ("priority", "Class of new orders"),
    ("shipping_policy", "Shipping of new orders"),
    ("note", "Note"),
];

/// What is kept where the form says something else: label and text.
pub fn of_others(typed: &Fields, kept: &Customer) -> Vec<(&'static str, String)> {
    let kept = of_customer(Fields::default(), kept);
    let other = LABELS
        .iter()
        .filter(|(name, _)| typed.get(name).trim() != kept.get(name).trim());
    other
        .map(|(name, label)| (*label, in_words(kept.get(name)).to_owned()))
        .collect()
}

/// The word of a choice, and any other text as it is.
fn in_words(kept: &str) -> &str {
    let policy = ShippingPolicy::from_str(kept).map(ShippingPolicy::label);
    policy
        .or_else(|_| Priority::from_str(kept).map(Priority::label))
        .unwrap_or(if kept.is_empty() { "nothing" } else { kept })
}

/// The form of a customer, where nothing else was typed.
pub fn of_customer(typed: Fields, kept: &Customer) -> Fields {
    typed
        .with("version", kept.version)
        .with("code", &kept.code)
        .with("name", &kept.name)
        .with("email", &kept.email)
        .with("phone", &kept.phone)
        .with("address", &kept.address)
        .with("country", &kept.country)
        .with("priority", kept.priority)
        .with("shipping_policy", kept.shipping_policy)
        .with("note", &kept.note)
}
