//! The pages of the catalog.

mod levels;
mod links;
mod product_list;
mod products;
mod suppliers;

use actix_web::web::ServiceConfig;

/// Where they are.
pub fn routes(config: &mut ServiceConfig) {
    product_list::routes(config);
    products::routes(config);
    links::routes(config);
    levels::routes(config);
    suppliers::routes(config);
}
