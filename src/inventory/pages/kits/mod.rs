//! Kits: what a product is packed of, on its page and in a form, and how many there are.

mod card;
mod edit;
mod list;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    card::routes(config);
    edit::routes(config);
    list::routes(config);
}
