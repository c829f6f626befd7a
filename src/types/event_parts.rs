//! What the details of an event are made of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Money, Quantity, Sku};

/// Units of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsOf {
    pub sku: Sku,
    pub units: Quantity,
}

/// What was found in a parcel that came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsFound {
    pub good: Quantity,
    pub damaged: Quantity,
    /// Units that should have been there.
    pub missing: Quantity,
}

/// What was changed about an order by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum OrderChange {
    /// Units of a line.
    Units {
        sku: Sku,
        was: Quantity,
        now: Quantity,
    },
    /// Price of a line.
    Price { sku: Sku, was: Money, now: Money },
    /// A line ships from another warehouse.
    Warehouse { sku: Sku },
    /// A line it did not have.
    Line { sku: Sku, units: Quantity },
    /// How much it jumps the queue.
    Priority { was: String, now: String },
    /// The day it is needed; `None`: none any more.
    RequiredBy { day: Option<NaiveDate> },
    /// Whether it may leave in several parcels.
    ShippingPolicy { now: String },
    /// How it is sent; may be empty.
    ShippingMethod { now: String },
}

/// A line of a purchase order that asks for more or fewer units than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChanged {
    /// Number of the line.
    pub line: i32,
    /// Units before.
    pub was: Quantity,
    /// Units now.
    pub now: Quantity,
}

/// A day that was named for a purchase order, or for one of its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateNamed {
    /// Number of the line; `None`: the whole purchase order.
    pub line: Option<i32>,
    /// Whether it is the supplier's word; otherwise the buyer expects it.
    pub stated: bool,
    /// `None`: what was named before is taken back.
    pub day: Option<NaiveDate>,
}

/// Something said of a record that was changed, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChanged {
    /// What a reader calls it.
    pub what: String,
    /// May be empty.
    pub was: String,
    /// May be empty.
    pub now: String,
}

/// What was done to one of a list that notes and tasks choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum ListChange {
    /// It is offered from now on.
    Added,
    /// It is called otherwise, or means something else.
    Changed { changes: Vec<FieldChanged> },
    /// It stands one further up, or one further down.
    Moved { up: bool },
    /// It is offered no more; what took its place where it was chosen.
    Removed { successor: Option<String> },
}
