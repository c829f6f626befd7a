//! The pages of the catalog.

mod levels;
mod links;
mod product_list;
mod products;
mod supplier_list;
mod suppliers;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    product_list::routes(config);
    products::routes(config);
    links::routes(config);
    levels::routes(config);
    supplier_list::routes(config);
    suppliers::routes(config);
}
