//! What browsers send about kits, and what it means.

use diesel::prelude::*;

use super::kit::MOST_PER_KIT;
use super::{Error, KitEdit, Part, queries};
use crate::catalog::KitPart;
use crate::types::{FieldErrors, Fields, ProductId, Quantity};

/// A part of a kit, as a browser sends it.
#[derive(Debug, Clone, Default)]
pub struct PartRow {
    /// A SKU or a barcode.
    pub sku: String,
    pub quantity: String,
}

impl From<&KitPart> for PartRow {
    fn from(kept: &KitPart) -> Self {
        Self {
            sku: kept.sku.to_string(),
            quantity: kept.quantity.to_string(),
        }
    }
}

/// The rows of a form, in the order they were sent: every `sku` begins one. Rows in which nothing stands
/// are left out.
pub fn rows(form: &Fields) -> Vec<PartRow> {
    let mut rows: Vec<PartRow> = Vec::new();
    for (name, value) in form.iter() {
        match (name, rows.last_mut()) {
            ("sku", _) => rows.push(PartRow {
                sku: value.trim().to_owned(),
                quantity: String::new(),
            }),
            ("quantity", Some(row)) => value.trim().clone_into(&mut row.quantity),
            _ => {}
        }
    }
    rows.retain(|row| !row.sku.is_empty() || !row.quantity.is_empty());
    rows
}

/// What the rows say of a product; complaints go beside `sku-0`, `quantity-0` and so on.
///
/// # Errors
/// All that is wrong with them, or those of the database.
pub fn edit(
    conn: &mut PgConnection,
    kit: ProductId,
    form: &Fields,
) -> Result<KitEdit, crate::Error> {
    let rows = rows(form);
    let called = queries::called(conn, rows.iter().map(|row| row.sku.as_str()))?;
    let mut errors = FieldErrors::default();
    let mut parts = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let product = called.product(&row.sku).ok_or(Error::NoSuchProduct);
        let product = errors.field(format!("sku-{at}"), product);
        let quantity = errors.field(format!("quantity-{at}"), per_kit(&row.quantity));
        if let (Some(product), Some(quantity)) = (product, quantity) {
            parts.push(Part { product, quantity });
        }
    }
    match errors.is_empty() {
        true => Ok(KitEdit {
            kit,
            seen: form.get("seen").to_owned(),
            parts,
        }),
        false => Err(errors.into()),
    }
}

/// Units of a part in one kit, as somebody types them.
///
/// # Errors
/// A sentence for the reader.
pub fn per_kit(text: &str) -> Result<Quantity, String> {
    match Quantity::parse_positive(text)? {
        units if units > MOST_PER_KIT => Err(format!("At most {MOST_PER_KIT} in one kit.")),
        units => Ok(units),
    }
}
