//! What is sold and who delivers it.

mod barcodes;
mod lists;
mod pictures;
mod products;
mod skus;
mod suppliers;
