//! What the catalog can be asked.

mod levels;
mod pictures;
mod products;
mod scanned;
mod suppliers;
mod weights;

pub(super) use levels::{MovementListed, ProductLevel, latest_movements, product_levels};
pub use levels::{ProductTotals, product_totals};
pub(super) use pictures::{picture_mark, picture_unless};
pub(super) use products::{
    PRODUCT_SORTS, ProductLink, ProductListed, Shown, barcodes, drawn_alike, product_links,
    products_for_export, products_page,
};
pub use products::{ProductFilter, product, product_by_sku};
pub use scanned::product_scanned;
pub(super) use suppliers::{
    SUPPLIER_SORTS, SuppliedProduct, SupplierFilter, open_purchase_orders, supplied_products,
    suppliers_for_export, suppliers_page,
};
pub use suppliers::{supplier, suppliers};
pub(super) use weights::weight;
