//! Forms of the pages of products.

use serde::Deserialize;

use super::{optional, shown};
use crate::catalog::{Limits, LinkInput, Product, ProductInput, SupplierProduct};
use crate::types::{
    FieldErrors, Money, Quantity, Sku, SupplierId, days, optional_text, required_text,
};

/// A product as a browser sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    pub sku: String,
    pub name: String,
    pub price: String,
    pub barcode: String,
    pub weight: String,
    pub note: String,
}

impl ProductForm {
    /// What it says.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(&self) -> Result<ProductInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (Some(sku), Some(name), Some(price), Some(barcode), Some(weight), Some(note)) = (
            errors.field("sku", Sku::parse(&self.sku)),
            errors.field("name", required_text(&self.name, 300)),
            errors.field("price", Money::parse(&self.price)),
            errors.field("barcode", optional(&self.barcode, barcode)),
            errors.field("weight", optional(&self.weight, Quantity::parse)),
            errors.field("note", optional_text(&self.note, 4000)),
        ) else {
            return Err(errors);
        };
        Ok(ProductInput {
            sku,
            name,
            price,
            barcode,
            weight_grams: weight.unwrap_or_default().as_i32(),
            note,
        })
    }
}

impl From<&Product> for ProductForm {
    fn from(product: &Product) -> Self {
        Self {
            sku: product.sku.to_string(),
            name: product.name.clone(),
            price: product.price.input(),
            barcode: shown(product.barcode.as_ref()),
            weight: shown((product.weight_grams > 0).then_some(product.weight_grams)),
            note: product.note.clone(),
        }
    }
}

fn barcode(text: &str) -> Result<String, String> {
    let code = text.trim();
    if code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(code.to_owned())
    } else {
        Err("A barcode has at most 64 letters and digits, without blanks.".into())
    }
}

/// The terms of a supplier as a browser sends them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    pub supplier: String,
    pub supplier_sku: String,
    pub price: String,
    pub minimum_quantity: String,
    pub pack_size: String,
    pub lead_time_days: String,
}

impl LinkForm {
    /// Whose terms they are, and what they say.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse_new(&self) -> Result<(SupplierId, LinkInput), FieldErrors> {
        let supplier = self.supplier.parse();
        let supplier = supplier.map_err(|_| FieldErrors::one("supplier", "Choose a supplier."));
        match (supplier, self.parse()) {
            (Ok(supplier), Ok(terms)) => Ok((supplier, terms)),
            (supplier, terms) => Err(supplier
                .err()
                .unwrap_or_default()
                .and(terms.err().unwrap_or_default())),
        }
    }

    /// What they say.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse(&self) -> Result<LinkInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let lead_time = |text: &str| days(text, 730);
        let (Some(supplier_sku), Some(price), Some(minimum), Some(pack), Some(lead_time)) = (
            errors.field("supplier_sku", optional_text(&self.supplier_sku, 64)),
            errors.field("price", Money::parse(&self.price)),
            errors.field(
                "minimum_quantity",
                Quantity::parse_positive(&self.minimum_quantity),
            ),
            errors.field("pack_size", Quantity::parse_positive(&self.pack_size)),
            errors.field("lead_time_days", optional(&self.lead_time_days, lead_time)),
        ) else {
            return Err(errors);
        };
        Ok(LinkInput {
            supplier_sku,
            price,
            minimum_quantity: minimum,
            pack_size: pack,
            lead_time_days: lead_time,
        })
    }

    /// Terms nobody has named yet.
    pub fn blank() -> Self {
        Self {
            minimum_quantity: "1".into(),
            pack_size: "1".into(),
            ..Self::default()
        }
    }
}

impl From<&SupplierProduct> for LinkForm {
    fn from(terms: &SupplierProduct) -> Self {
        Self {
            supplier: terms.supplier_id.to_string(),
            supplier_sku: terms.supplier_sku.clone(),
            price: terms.price.input(),
            minimum_quantity: terms.minimum_quantity.to_string(),
            pack_size: terms.pack_size.to_string(),
            lead_time_days: shown(terms.lead_time_days),
        }
    }
}

/// Levels of a product in a warehouse as a browser sends them; empty: the default of the warehouse.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LimitsForm {
    pub warning: String,
    pub ideal: String,
}

impl LimitsForm {
    /// What they say.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse(&self) -> Result<Limits, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (Some(warning_level), Some(ideal_level)) = (
            errors.field("warning", optional(&self.warning, Quantity::parse)),
            errors.field("ideal", optional(&self.ideal, Quantity::parse)),
        ) else {
            return Err(errors);
        };
        Ok(Limits {
            warning_level,
            ideal_level,
        })
    }
}

impl From<Limits> for LimitsForm {
    fn from(limits: Limits) -> Self {
        Self {
            warning: shown(limits.warning_level),
            ideal: shown(limits.ideal_level),
        }
    }
}
