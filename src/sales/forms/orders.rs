//! The form of an order: a head, and as many lines as somebody adds.

use super::customers::optional_email;
use super::lines::{LineForm, SaidLine};
use crate::sales::queries::LineShown;
use crate::sales::{Customer, Order};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{FieldErrors, RequestKey, optional_date, optional_text, required_text};
use chrono::NaiveDate;

/// An order as a browser sends it.
#[derive(Debug, Clone, Default)]
pub struct OrderForm {
    pub request_key: String,
    pub version: String,
    /// The code or the name of a customer, or the name of a new one.
    pub customer: String,
    /// The name of a customer who is new.
    pub new_name: String,
    pub new_email: String,
    pub channel: String,
    pub external_reference: String,
    pub ship_to: String,
    pub country: String,
    pub required_by: String,
    pub priority: String,
    pub shipping_policy: String,
    pub shipping_method: String,
    pub note: String,
    pub lines: Vec<LineForm>,
}

/// What the head of a form says.
#[derive(Debug, Clone)]
pub struct Said {
    pub channel: String,
    pub external_reference: String,
    pub ship_to: String,
    pub country: String,
    pub required_by: Option<NaiveDate>,
    /// None: the form did not ask for it.
    pub priority: Option<Priority>,
    pub shipping_policy: ShippingPolicy,
    pub shipping_method: String,
    pub note: String,
    /// Of a customer who is new; may be empty.
    pub new_name: String,
    pub new_email: String,
    pub lines: Vec<SaidLine>,
}

impl OrderForm {
    /// Reads the fields in the order they were sent: every `line` begins a line. Lines nobody
    /// typed anything into are left out.
    pub fn read(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            if name == "line" {
                form.lines.push(LineForm {
                    line: value,
                    ..LineForm::default()
                });
            } else if let Some(field) = form.field(&name) {
                *field = value;
            }
        }
        form.lines.retain(|line| !line.is_blank());
        form
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "request_key" => &mut self.request_key,
            "version" => &mut self.version,
            "customer" => &mut self.customer,
            "new_name" => &mut self.new_name,
            "new_email" => &mut self.new_email,
            "channel" => &mut self.channel,
            "external_reference" => &mut self.external_reference,
            "ship_to" => &mut self.ship_to,
            "country" => &mut self.country,
            "required_by" => &mut self.required_by,
            "priority" => &mut self.priority,
            "shipping_policy" => &mut self.shipping_policy,
            "shipping_method" => &mut self.shipping_method,
            "note" => &mut self.note,
            "sku" => &mut self.lines.last_mut()?.sku,
            "quantity" => &mut self.lines.last_mut()?.quantity,
            "price" => &mut self.lines.last_mut()?.price,
            "warehouse" => &mut self.lines.last_mut()?.warehouse,
            _ => return None,
        })
    }

    /// A new order that nobody filled in yet.
    pub fn blank() -> Self {
        Self {
            request_key: RequestKey::fresh().to_string(),
            channel: "manual".into(),
            priority: "normal".into(),
            shipping_policy: "partial_allowed".into(),
            ..Self::default()
        }
    }

    /// Takes over what is known of a customer.
    pub fn deliver_to(&mut self, customer: &Customer) {
        self.ship_to = customer.address.clone();
        self.country = customer.country.clone();
        self.priority = customer.priority.to_string();
        self.shipping_policy = customer.shipping_policy.to_string();
    }

    /// An order as it stands; lines of which nothing is wanted any more are left out.
    pub fn of(order: &Order, lines: &[LineShown]) -> Self {
        let wanted = lines.iter().filter(|line| !line.line.wanted().is_zero());
        Self {
            version: order.version.to_string(),
            channel: order.channel.clone(),
            external_reference: order.external_reference.clone(),
            ship_to: order.ship_to.clone(),
            country: order.country.clone(),
            required_by: order
                .required_by
                .map(|day| day.to_string())
                .unwrap_or_default(),
            priority: order.priority.to_string(),
            shipping_policy: order.shipping_policy.to_string(),
            shipping_method: order.shipping_method.clone(),
            note: order.note.clone(),
            lines: wanted.map(LineForm::of).collect(),
            ..Self::default()
        }
    }

    /// What a form of a new order says, which names its customer.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse_new(&self) -> Result<Said, FieldErrors> {
        let said = self.parse();
        if !self.customer.trim().is_empty() {
            return said;
        }
        let mut errors = said.err().unwrap_or_default();
        errors.add(
            "customer",
            "Choose a customer, or type the name of a new one.",
        );
        Err(errors)
    }

    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it, lines as `quantity-0`, `sku-1` and so on.
    pub fn parse(&self) -> Result<Said, FieldErrors> {
        let mut errors = FieldErrors::default();
        let channel = errors.field("channel", required_text(&self.channel, 60));
        let reference = errors.field(
            "external_reference",
            optional_text(&self.external_reference, 120),
        );
        let ship_to = errors.field("ship_to", optional_text(&self.ship_to, 1000));
        let country = errors.field("country", optional_text(&self.country, 60));
        let required_by = errors.field("required_by", optional_date(&self.required_by));
        let priority = errors.field("priority", optional_priority(&self.priority));
        let policy = errors.field("shipping_policy", self.shipping_policy.parse());
        let method = errors.field("shipping_method", optional_text(&self.shipping_method, 120));
        let note = errors.field("note", optional_text(&self.note, 4000));
        let new_name = errors.field("new_name", optional_text(&self.new_name, 200));
        let new_email = errors.field("new_email", optional_email(&self.new_email));
        let lines: Vec<Option<SaidLine>> = (0..)
            .zip(&self.lines)
            .map(|(at, line)| line.parse(at, &mut errors))
            .collect();
        if self.lines.is_empty() {
            errors.add("lines", "Add at least one line: a SKU and a quantity.");
        }

        let (Some(channel), Some(external_reference), Some(ship_to), Some(country)) =
            (channel, reference, ship_to, country)
        else {
            return Err(errors);
        };
        let (Some(required_by), Some(priority), Some(shipping_policy), Some(shipping_method)) =
            (required_by, priority, policy, method)
        else {
            return Err(errors);
        };
        match (note, new_name, new_email) {
            (Some(note), Some(new_name), Some(new_email)) if errors.is_empty() => Ok(Said {
                channel,
                external_reference,
                ship_to,
                country,
                required_by,
                priority,
                shipping_policy,
                shipping_method,
                note,
                new_name,
                new_email,
                lines: lines.into_iter().flatten().collect(),
            }),
            _ => Err(errors),
        }
    }
}

fn optional_priority(text: &str) -> Result<Option<Priority>, String> {
    if text.is_empty() {
        Ok(None)
    } else {
        text.parse().map(Some)
    }
}
