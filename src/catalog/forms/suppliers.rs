//! The form of the page of a supplier.

use serde::Deserialize;

use super::{optional, shown};
use crate::catalog::{Language, Supplier, SupplierInput};
use crate::types::{EmailList, FieldErrors, Money, currency, days, optional_text, required_text};

/// A supplier as a browser sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SupplierForm {
    pub code: String,
    pub name: String,
    pub contact_name: String,
    pub emails: String,
    pub phone: String,
    pub address: String,
    pub language: String,
    pub currency: String,
    pub lead_time_days: String,
    pub minimum_order: String,
    pub carriage_free_from: String,
    pub note: String,
}

impl SupplierForm {
    /// A supplier nobody has described yet.
    pub fn blank(currency: String) -> Self {
        Self {
            language: Language::English.to_string(),
            currency,
            lead_time_days: "7".into(),
            ..Self::default()
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<SupplierInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (
            Some(code),
            Some(name),
            Some(contact_name),
            Some(emails),
            Some(phone),
            Some(address),
            Some(language),
            Some(currency),
            Some(lead_time_days),
            Some(minimum_order),
            Some(carriage_free_from),
            Some(note),
        ) = (
            errors.field("code", required_text(&self.code, 40)),
            errors.field("name", required_text(&self.name, 200)),
            errors.field("contact_name", optional_text(&self.contact_name, 200)),
            errors.field("emails", EmailList::parse(&self.emails)),
            errors.field("phone", optional_text(&self.phone, 60)),
            errors.field("address", optional_text(&self.address, 1000)),
            errors.field("language", self.language.parse()),
            errors.field("currency", currency(&self.currency)),
            errors.field("lead_time_days", days(&self.lead_time_days, 730)),
            errors.field("minimum_order", optional(&self.minimum_order, Money::parse)),
            errors.field(
                "carriage_free_from",
                optional(&self.carriage_free_from, Money::parse),
            ),
            errors.field("note", optional_text(&self.note, 4000)),
        )
        else {
            return Err(errors);
        };
        Ok(SupplierInput {
            code,
            name,
            contact_name,
            emails,
            phone,
            address,
            language,
            currency,
            lead_time_days,
            minimum_order: minimum_order.unwrap_or_default(),
            carriage_free_from,
            note,
        })
    }
}

impl From<&Supplier> for SupplierForm {
    fn from(supplier: &Supplier) -> Self {
        let minimum = Some(supplier.minimum_order).filter(|least| *least > Money::ZERO);
        Self {
            code: supplier.code.clone(),
            name: supplier.name.clone(),
            contact_name: supplier.contact_name.clone(),
            emails: supplier.emails.lines(),
            phone: supplier.phone.clone(),
            address: supplier.address.clone(),
            language: supplier.language.to_string(),
            currency: supplier.currency.clone(),
            lead_time_days: supplier.lead_time_days.to_string(),
            minimum_order: shown(minimum.map(Money::input)),
            carriage_free_from: shown(supplier.carriage_free_from.map(Money::input)),
            note: supplier.note.clone(),
        }
    }
}
