//! The columns of the tabs, on the page and in a file.

use chrono::NaiveDate;

use crate::preparation::queries::{Exported, Listed};
use crate::stock::When;
use crate::types::{Grams, Quantity};
use crate::web::Column;

/// An order of a tab in a file.
pub(super) struct InFile {
    order: Listed,
    missing: Quantity,
    products: String,
    when: When,
}

impl InFile {
    pub(super) fn of(exported: Exported, today: NaiveDate) -> Self {
        Self {
            when: exported.order.when(today),
            order: exported.order,
            missing: exported.missing,
            products: exported.products,
        }
    }
}

pub(super) const COLUMNS: &[Column<InFile>] = &[
    Column::head("Order").in_file("order", |row| row.order.number.clone()),
    Column::head("Placed")
        .class("wide")
        .in_file("placed", |row| row.order.placed_at.to_rfc3339()),
    Column::head("Required by").in_file("required_by", |row| date(row.order.required_by())),
    Column::head("Priority")
        .class("wide")
        .in_file("priority", |row| row.order.priority.to_string()),
    Column::head("Customer").in_file("customer", |row| row.order.customer.clone()),
    Column::head("Country")
        .class("wide")
        .in_file("country", |row| row.order.country.clone()),
    Column::head("Shipping")
        .class("wide")
        .in_file("shipping_method", |row| row.order.shipping_method.clone()),
    Column::head("Weight")
        .class("number wide")
        .in_file("weight_kg", |row| weight(&row.order)),
    Column::file("lines", |row| row.order.lines.to_string()),
    Column::head("Items")
        .class("number wide")
        .in_file("units", |row| row.order.units.to_string()),
    Column::file("missing", |row| row.missing.to_string()),
    Column::head("Products").in_file("products", |row| row.products.clone()),
    Column::file("expected", |row| date(row.when.day())),
    Column::file("late", |row| row.when.late_words()),
    Column::file("shipment", |row| {
        row.order.shipment.clone().unwrap_or_default()
    }),
    Column::file("tracking", |row| row.order.tracking_number.clone()),
];

fn weight(order: &Listed) -> String {
    order.weight().map_or_else(String::new, Grams::kilograms)
}

fn date(date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
