//! Products, and where they are bought.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::schema::{barcodes, products, supplier_products};
use crate::types::{
    Money, ProductId, Quantity, RecordRef, Sku, SupplierId, SupplierProductId, text_enum,
};

text_enum! {
    /// How a product comes into being.
    ProductKind {
        /// Bought and sold as it is.
        Simple = "simple", "Simple";
        /// Put together of other products.
        Kit = "kit", "Kit";
    }
}

/// What is sold.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = products)]
pub struct Product {
    pub id: ProductId,
    /// What the merchant calls it.
    pub sku: Sku,
    /// What the customer reads.
    pub name: String,
    /// How it comes into being.
    pub kind: ProductKind,
    /// Selling price without tax, in the currency of the company.
    pub price: Money,
    /// Weight of one unit; 0: unknown.
    pub weight_grams: i32,
    /// For colleagues.
    pub note: String,
    /// Since when it is no longer sold.
    pub archived_at: Option<DateTime<Utc>>,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

impl Product {
    /// Whether it is no longer sold.
    pub const fn is_archived(&self) -> bool {
        self.archived_at.is_some()
    }

    /// Whether it is packed of other products, and lies nowhere itself.
    pub const fn is_kit(&self) -> bool {
        matches!(self.kind, ProductKind::Kit)
    }

    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Product(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }
}

/// What a scanner reads off a product, or off a case of it.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = barcodes)]
pub struct Barcode {
    /// As printed.
    pub code: String,
    /// How many units it stands for.
    pub units: Quantity,
}

impl Barcode {
    /// Whether it stands for more than one unit.
    pub const fn is_of_case(&self) -> bool {
        self.units.get() > 1
    }
}

/// On what terms a supplier delivers a product.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = supplier_products)]
pub struct SupplierProduct {
    pub id: SupplierProductId,
    /// Who delivers.
    pub supplier_id: SupplierId,
    /// What is delivered.
    pub product_id: ProductId,
    /// What the supplier calls it; may be empty.
    pub supplier_sku: String,
    /// Buying price of one unit, in the currency of the supplier.
    pub price: Money,
    /// The fewest units an order may ask for.
    pub minimum_quantity: Quantity,
    /// Orders ask for whole packs of this many units.
    pub pack_size: Quantity,
    /// Days from order to delivery; none: as the supplier says for all products.
    pub lead_time_days: Option<i32>,
    /// Whether supply needs choose this supplier.
    pub is_primary: bool,
}
