//! What is sold and who delivers it.

mod barcodes;
mod lists;
pub mod pictures;
mod products;
mod skus;
mod suppliers;
