//! The form of a customer.

use serde::Deserialize;

use crate::sales::{Customer, CustomerInput};
use crate::types::{Email, FieldErrors, optional_text, required_text};

/// A customer as a browser sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub country: String,
    pub priority: String,
    pub shipping_policy: String,
    pub note: String,
}

impl CustomerForm {
    /// One nobody has filled in yet.
    pub fn blank() -> Self {
        Self {
            priority: "normal".into(),
            shipping_policy: "partial_allowed".into(),
            ..Self::default()
        }
    }

    /// What it says; the code is empty when one is to be found.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<CustomerInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = errors.field("code", optional_text(&self.code, 64));
        let name = errors.field("name", required_text(&self.name, 200));
        let email = errors.field("email", optional_email(&self.email));
        let phone = errors.field("phone", optional_text(&self.phone, 60));
        let address = errors.field("address", optional_text(&self.address, 1000));
        let country = errors.field("country", optional_text(&self.country, 60));
        let priority = errors.field("priority", self.priority.parse());
        let policy = errors.field("shipping_policy", self.shipping_policy.parse());
        let note = errors.field("note", optional_text(&self.note, 4000));
        let (Some(code), Some(name), Some(email), Some(phone), Some(address)) =
            (code, name, email, phone, address)
        else {
            return Err(errors);
        };
        match (country, priority, policy, note) {
            (Some(country), Some(priority), Some(shipping_policy), Some(note)) => {
                Ok(CustomerInput {
                    code,
                    name,
                    email,
                    phone,
                    address,
                    country,
                    priority,
                    shipping_policy,
                    note,
                })
            }
            _ => Err(errors),
        }
    }
}

/// An address, or none when left empty.
pub(super) fn optional_email(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Ok(Email::parse(text)
        .map_err(|error| error.to_string())?
        .to_string())
}

impl From<&Customer> for CustomerForm {
    fn from(customer: &Customer) -> Self {
        Self {
            code: customer.code.clone(),
            name: customer.name.clone(),
            email: customer.email.clone(),
            phone: customer.phone.clone(),
            address: customer.address.clone(),
            country: customer.country.clone(),
            priority: customer.priority.to_string(),
            shipping_policy: customer.shipping_policy.to_string(),
            note: customer.note.clone(),
        }
    }
}
