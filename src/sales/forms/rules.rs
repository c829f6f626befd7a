//! The form of a shipping rule, and that of an order it is tried on.

use std::str::FromStr;

use diesel::prelude::*;

use crate::catalog;
use crate::error::Result;
use crate::sales::{Rule, RuleInput, Way};
use crate::types::{
    ChannelId, FieldErrors, Fields, Quantity, Sku, SupplierId, TooLong, WarehouseId, optional,
    optional_text, read_form,
};

/// What the form of a rule says, but for its product: whether there is one only the database knows.
struct Said {
    country: String,
    shipping_method: String,
    channel: Option<ChannelId>,
    sku: Option<Sku>,
    supplier: Option<SupplierId>,
    way: Way,
}

/// A rule as a form describes it, with the warehouses it looks at.
///
/// # Errors
/// All that is wrong with it.
pub fn rule(conn: &mut PgConnection, form: &Fields) -> Result<(RuleInput, Vec<WarehouseId>)> {
    TooLong::check_typed(form, "warehouse")?;
    let said = read_form!(form => Said {
        country: "country", |text| optional_text(text, 200);
        shipping_method: "shipping_method", |text| optional_text(text, 120);
        channel: "channel", |text| optional(text, str::parse).map_err(|_| "Choose a channel.");
        sku: "sku", |text| optional(text, Sku::parse);
        supplier: "supplier", |text| optional(text, str::parse).map_err(|_| "Choose a supplier.");
        way: "way", Way::from_str;
    });
    let way = form.get("way").parse().unwrap_or(Way::Named);
    let (said, warehouses) = FieldErrors::both(said, warehouses(form, way))?;
    let product = match said.sku {
        Some(sku) => Some(catalog::product_by_sku(conn, &sku)?.ok_or_else(unknown)?.id),
        None => None,
    };
    let input = RuleInput {
        country: said.country,
        shipping_method: said.shipping_method,
        channel_id: said.channel,
        product_id: product,
        supplier_id: said.supplier,
        way: said.way,
    };
    Ok((input, warehouses))
}

/// The warehouses that are chosen, in their order.
fn warehouses(form: &Fields, way: Way) -> Result<Vec<WarehouseId>, FieldErrors> {
    let wrong = |sentence: &str| FieldErrors::one("warehouse", sentence);
    let chosen = form.all("warehouse").filter(|each| !each.is_empty());
    let chosen: Result<Vec<WarehouseId>, _> = chosen.map(str::parse).collect();
    let chosen = chosen.map_err(|_| wrong("Choose warehouses of the list."))?;
    let twice = (1..chosen.len()).any(|at| chosen[..at].contains(&chosen[at]));
    match (way, chosen.len()) {
        (_, 0) => Err(wrong("Choose at least one warehouse.")),
        (Way::Named, 2..) => Err(wrong(
            "This way names one warehouse: choose one, or another way.",
        )),
        _ if twice => Err(wrong("Choose each warehouse once.")),
        _ => Ok(chosen),
    }
}

fn unknown() -> FieldErrors {
    FieldErrors::one("sku", "No product has this SKU.")
}

/// The form of a rule, where nothing else was typed.
pub fn of_rule(typed: Fields, rule: &Rule) -> Fields {
    if typed.has("way") {
        return typed;
    }
    let id = |id: Option<String>| id.unwrap_or_default();
    let kept = [
        ("country", rule.says.country.clone()),
        ("shipping_method", rule.says.shipping_method.clone()),
        ("channel", id(rule.says.channel_id.map(|id| id.to_string()))),
        ("sku", id(rule.sku.as_ref().map(Sku::to_string))),
        (
            "supplier",
            id(rule.says.supplier_id.map(|id| id.to_string())),
        ),
        ("way", rule.says.way.to_string()),
    ];
    let kept = kept.map(|(name, value)| (name.to_owned(), value));
    let looked_at = rule.warehouses.iter();
    let looked_at = looked_at.map(|each| ("warehouse".to_owned(), each.id.to_string()));
    kept.into_iter().chain(looked_at).collect::<Vec<_>>().into()
}

/// An order that rules are tried on.
#[derive(Debug, Clone)]
pub struct TriedOrder {
    pub sku: Sku,
    pub units: Quantity,
    pub country: String,
    pub shipping_method: String,
    /// Name of the channel.
    pub channel: String,
}

pub fn tried(form: &Fields) -> Result<TriedOrder, FieldErrors> {
    read_form!(form => TriedOrder {
        sku: "sku", Sku::parse;
        units: "quantity", Quantity::parse_positive;
        country: "country", |text| optional_text(text, 60);
        shipping_method: "shipping_method", |text| optional_text(text, 120);
        channel: "channel", |text| optional_text(text, 60);
    })
}
