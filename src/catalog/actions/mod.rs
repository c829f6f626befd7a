//! What people do to the catalog. Each action is part of the transaction of whoever calls it, and
//! leaves a line in the history of the record.

mod barcodes;
mod links;
mod many;
mod pictures;
mod products;
mod suppliers;

pub use links::{LinkInput, edit_link, link_supplier, make_primary, unlink_supplier};
pub use many::add_products;
pub use pictures::{remove_picture, set_picture};
pub use products::{
    ProductInput, add_product, archive_product, edit_product, restore_product, set_kind,
};
pub use suppliers::{
    SupplierInput, add_supplier, archive_supplier, edit_supplier, restore_supplier,
};
