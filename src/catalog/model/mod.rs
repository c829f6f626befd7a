//! The rows of the catalog.

mod products;
mod suppliers;

pub use products::{Barcode, Product, ProductKind, SupplierProduct};
pub use suppliers::{Language, Supplier};
