//! What is sold and who delivers it.

mod barcodes;
mod lists;
mod products;
mod skus;
mod suppliers;
