//! The lines of the form of an order.

use std::collections::BTreeSet;

use crate::sales::queries::LineShown;
use crate::types::{FieldErrors, Fields, Money, OrderLineId, Quantity, Sku, WarehouseId, optional};

/// A line of an order, as a browser sends it.
#[derive(Debug, Clone, Default)]
pub struct LineForm {
    /// The id of a line that exists.
    pub line: String,
    pub sku: String,
    /// The name of the product, to be shown; not sent.
    pub name: String,
    pub quantity: String,
    /// Empty: the price of the product.
    pub price: String,
    pub warehouse: String,
}

/// What a line of a form says.
#[derive(Debug, Clone)]
pub struct SaidLine {
    pub line: Option<OrderLineId>,
    pub sku: Sku,
    pub quantity: Quantity,
    /// None: the price of the product.
    pub price: Option<Money>,
    /// None: the rules choose.
    pub warehouse: Option<WarehouseId>,
}

/// What a form says of the lines of an order that it shows.
#[derive(Debug, Clone, Default)]
pub struct SaidLines {
    pub rows: Vec<SaidLine>,
    /// Lines that it shows and that have no row in it any more.
    pub taken_out: BTreeSet<OrderLineId>,
}

impl SaidLines {
    pub fn of(form: &Fields, rows: Vec<SaidLine>) -> Self {
        let stay: BTreeSet<OrderLineId> = rows.iter().filter_map(|row| row.line).collect();
        Self {
            taken_out: &shown(form) - &stay,
            rows,
        }
    }
}

/// The box of a form that names the placed lines it shows, beside their rows: a row may be taken out.
pub const SHOWN: &str = "shown";

/// What stands in that box.
pub fn shown_in(lines: &[LineForm]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.line.as_str()).collect();
    lines.join(" ")
}

fn shown(form: &Fields) -> BTreeSet<OrderLineId> {
    let lines = form.get(SHOWN).split_whitespace();
    lines.filter_map(|line| line.parse().ok()).collect()
}

/// The lines of a form, in the order they were sent: every `line` begins one. Lines nobody typed
/// anything into are left out.
pub fn lines(form: &Fields) -> Vec<LineForm> {
    let mut lines: Vec<LineForm> = Vec::new();
    for (name, value) in form.iter() {
        if name == "line" {
            lines.push(LineForm::default());
        }
        if let Some(box_of_line) = lines.last_mut().and_then(|line| line.named(name)) {
            value.clone_into(box_of_line);
        }
    }
    lines.retain(|line| !line.is_blank());
    lines
}

impl LineForm {
    /// A line as it stands.
    pub fn of(shown: &LineShown) -> Self {
        Self {
            line: shown.line.id.to_string(),
            sku: shown.sku.to_string(),
            name: shown.name.clone(),
            quantity: shown.line.wanted().to_string(),
            price: shown.line.unit_price.input(),
            warehouse: shown.line.warehouse_id.to_string(),
        }
    }

    fn named(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "line" => Some(&mut self.line),
            "sku" => Some(&mut self.sku),
            "quantity" => Some(&mut self.quantity),
            "price" => Some(&mut self.price),
            "warehouse" => Some(&mut self.warehouse),
            _ => None,
        }
    }

    /// Whether nobody typed anything into it.
    fn is_blank(&self) -> bool {
        let typed = [&self.line, &self.sku, &self.quantity, &self.price];
        typed.iter().all(|text| text.trim().is_empty())
    }

    /// What it says; complaints go beside the line `at`.
    pub(super) fn parse(&self, at: usize, errors: &mut FieldErrors) -> Option<SaidLine> {
        let line = self.line.parse().ok();
        let quantity = match line {
            // Nothing of a line that exists cancels it.
            Some(_) => Quantity::parse(&self.quantity),
            None => Quantity::parse_positive(&self.quantity),
        };
        let sku = errors.field(format!("sku-{at}"), Sku::parse(&self.sku));
        let quantity = errors.field(format!("quantity-{at}"), quantity);
        let price = optional(&self.price, Money::parse);
        let price = errors.field(format!("price-{at}"), price);
        let warehouse = optional(&self.warehouse, str::parse).map_err(|_| "Choose a warehouse.");
        let warehouse = errors.field(format!("warehouse-{at}"), warehouse);
        Some(SaidLine {
            line,
            sku: sku?,
            quantity: quantity?,
            price: price?,
            warehouse: warehouse?,
        })
    }
}
