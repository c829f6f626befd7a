//! The form of an order: a head, and as many lines as somebody adds.

use std::str::FromStr;

use chrono::NaiveDate;

use super::customers::optional_email;
use super::lines::{LineForm, SHOWN, SaidLines, lines, shown_in};
use crate::sales::{Customer, Order};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{
    FieldErrors, Fields, RequestKey, optional, optional_date, optional_text, read_form,
};

/// What the form of an order says.
#[derive(Debug, Clone)]
pub struct Said {
    pub head: Head,
    pub lines: SaidLines,
}

/// What its head says.
#[derive(Debug, Clone)]
pub struct Head {
    pub external_reference: String,
    pub ship_to: String,
    pub country: String,
    /// In lower case; may be empty.
    pub email: String,
    pub required_by: Option<NaiveDate>,
    /// None: the form did not ask for it.
    pub priority: Option<Priority>,
    pub shipping_policy: ShippingPolicy,
    pub shipping_method: String,
    pub note: String,
    /// Why units are cancelled; may be empty.
    pub giving_up: String,
    /// Of a customer who is new; may be empty.
    pub new_name: String,
}

/// What a form of a new order says, which names its customer and has a line at least.
///
/// # Errors
/// All that is wrong with it.
pub fn new_order(form: &Fields) -> Result<Said, FieldErrors> {
    let mut errors = FieldErrors::default();
    if lines(form).is_empty() {
        errors.add("lines", "Add at least one line: a SKU and a quantity.");
    }
    if form.get("customer").trim().is_empty() {
        let sentence = "Choose a customer, or type the name of a new one.";
        errors.add("customer", sentence);
    }
    match order(form) {
        Ok(said) if errors.is_empty() => Ok(said),
        said => Err(said.err().unwrap_or_default().and(errors)),
    }
}

/// What a form of an order says.
///
/// # Errors
/// All that is wrong with it, lines as `quantity-0`, `sku-1` and so on.
pub fn order(form: &Fields) -> Result<Said, FieldErrors> {
    let head = head(form);
    let mut errors = FieldErrors::default();
    let mut said = Vec::new();
    for (at, line) in lines(form).iter().enumerate() {
        said.push(line.parse(at, &mut errors));
    }
    match head {
        Ok(head) if errors.is_empty() => Ok(Said {
            head,
            lines: SaidLines::of(form, said.into_iter().flatten().collect()),
        }),
        head => Err(head.err().unwrap_or_default().and(errors)),
    }
}

fn head(form: &Fields) -> Result<Head, FieldErrors> {
    read_form!(form => Head {
        external_reference: "external_reference", |text| optional_text(text, 120);
        ship_to: "ship_to", |text| optional_text(text, 1000);
        country: "country", |text| optional_text(text, 60);
        email: "email", optional_email;
        required_by: "required_by", optional_date;
        priority: "priority", |text| optional(text, Priority::from_str);
        shipping_policy: "shipping_policy", ShippingPolicy::from_str;
        shipping_method: "shipping_method", |text| optional_text(text, 120);
        note: "note", |text| optional_text(text, 4000);
        giving_up: "giving_up", |text| optional_text(text, 500);
        new_name: "new_name", |text| optional_text(text, 200);
    })
}

/// The form of a new order, with what is known of the customer it is for, unless it was sent.
pub fn of_new_order(mut typed: Fields, customer: Option<&Customer>) -> Fields {
    if typed.has(RequestKey::FIELD) {
        return typed;
    }
    if let Some(customer) = customer {
        typed = typed
            .without(|name| name == "customer")
            .with("customer", &customer.code)
            .with("ship_to", &customer.address)
            .with("country", &customer.country)
            .with("email", &customer.email)
            .with("priority", customer.priority)
            .with("shipping_policy", customer.shipping_policy);
    }
    typed
        .with("priority", Priority::Normal)
        .with("shipping_policy", ShippingPolicy::PartialAllowed)
}

/// The form of an order that shows these of its lines, where nothing else was typed. One that was sent
/// says itself which it shows.
pub fn of_order(typed: Fields, kept: &Order, lines: &[LineForm]) -> Fields {
    let shown = match typed.has("version") {
        true => String::new(),
        false => shown_in(lines),
    };
    let required_by = kept.required_by.map(|day| day.to_string());
    typed
        .with(SHOWN, shown)
        .with("version", kept.version)
        .with("external_reference", &kept.external_reference)
        .with("ship_to", &kept.ship_to)
        .with("country", &kept.country)
        .with("email", &kept.email)
        .with("required_by", required_by.unwrap_or_default())
        .with("priority", kept.priority)
        .with("shipping_policy", kept.shipping_policy)
        .with("shipping_method", &kept.shipping_method)
        .with("note", &kept.note)
}
