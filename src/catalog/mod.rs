//! What is sold, who supplies it, and for whom: products, suppliers, the company.
//!
//! Owns the tables `products`, `barcodes`, `product_pictures`, `suppliers`, `supplier_products` and `company`, and of `levels` the
//! two columns a person sets, warning and ideal level; the balances beside them are stock's.
//! Warehouses and their locations are read from here by everybody and written by `inventory`.
//!
//! Promises:
//! - a SKU, a barcode and the code of a supplier are each used once;
//! - a product with suppliers has exactly one primary supplier;
//! - nothing is ever deleted: what is no longer used is archived, and can be restored.
//!
//! A kit is a product with parts: it is never bought and never lies anywhere; how many there are is
//! worked out from its parts. The parts are written by `inventory` as well.
//!
//! Refuses to archive a product that has stock, demand or incoming units, a part of a kit that is
//! offered, a kit for which orders wait, and a supplier that has open purchase orders.

mod actions;
mod company;
mod cost;
mod error;
mod forms;
mod kits;
mod locations;
mod model;
pub mod pages;
mod picture;
mod queries;
mod shipping_mail;
mod warehouses;

pub use actions::{
    LinkInput, ProductInput, SupplierInput, add_product, add_products, add_supplier,
    archive_product, archive_supplier, edit_link, edit_product, edit_supplier, link_supplier,
    make_primary, remove_picture, restore_product, restore_supplier, set_kind, set_picture,
    unlink_supplier,
};
pub use company::{Company, company, edit_company, settle_zone, today, zone};
pub use cost::{COST, cost_of};
pub use error::Error;
pub use kits::{
    KitOfPart, KitPart, KitStock, Packable, kit_refusal, kit_refusals, kit_stock, kits_of_parts,
    open_orders, packable, parts_in_words, parts_of_kits,
};
pub use locations::{Location, LocationKind, PickBy, bin_called, bins_called, quarantine_of};
pub use model::{Barcode, Language, Product, ProductKind, Supplier, SupplierProduct};
pub use picture::{MOST_BYTES as MOST_PICTURE_BYTES, NoPicture, Picture, picture};
pub use queries::{
    ProductFilter, ProductTotals, product, product_by_sku, product_scanned, supplier, suppliers,
};
pub use shipping_mail::{ShippingMail, set_shipping_mail, shipping_mail};
pub use warehouses::{
    AllocationPolicy, Warehouse, WarehouseKind, all_warehouses, any_warehouse,
    defective_warehouses, primary_warehouse, warehouse, warehouses,
};
