//! The lines of the form of an order.

use crate::sales::queries::LineShown;
use crate::types::{FieldErrors, Money, OrderLineId, Quantity, Sku, WarehouseId};

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

impl LineForm {
    /// Whether nobody typed anything into it.
    pub fn is_blank(&self) -> bool {
        let typed = [&self.line, &self.sku, &self.quantity, &self.price];
        typed.iter().all(|text| text.trim().is_empty())
    }
}

/// What a line of a form says.
#[derive(Debug, Clone)]
pub struct SaidLine {
    pub line: Option<OrderLineId>,
    pub sku: Sku,
    pub quantity: Quantity,
    /// None: the price of the product.
    pub price: Option<Money>,
    pub warehouse: WarehouseId,
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

    /// What it says; complaints go beside the line `at`.
    pub fn parse(&self, at: usize, errors: &mut FieldErrors) -> Option<SaidLine> {
        let line = self.line.parse().ok();
        let quantity = match line {
            // Nothing of a line that exists cancels it.
            Some(_) => Quantity::parse(&self.quantity),
            None => Quantity::parse_positive(&self.quantity),
        };
        let sku = errors.field(format!("sku-{at}"), Sku::parse(&self.sku));
        let quantity = errors.field(format!("quantity-{at}"), quantity);
        let price = errors.field(format!("price-{at}"), optional_money(&self.price));
        let warehouse = self.warehouse.parse().map_err(|_| "Choose a warehouse.");
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

fn optional_money(text: &str) -> Result<Option<Money>, String> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        Money::parse(text).map(Some)
    }
}
