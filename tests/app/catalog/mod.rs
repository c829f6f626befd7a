//! What is sold and who delivers it.

mod lists;
mod products;
mod skus;
mod suppliers;
