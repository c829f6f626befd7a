//! The pages of the catalog.

mod links;
mod pictures;
mod product_list;
mod products;
mod supplier_list;
mod suppliers;

use actix_web::web::ServiceConfig;

pub use products::ShowProduct;

pub fn routes(config: &mut ServiceConfig) {
    product_list::routes(config);
    pictures::routes(config);
    products::routes(config);
    links::routes(config);
    supplier_list::routes(config);
    suppliers::routes(config);
}
