//! The pages of sales.

mod broken;
mod customers;
mod decide;
mod edit;
mod letters;
mod lines;
mod message;
mod moves;
mod order;
mod orders;
mod reroute;
mod rules;
mod suggest;
mod written;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    orders::routes(config);
    letters::routes(config);
    suggest::routes(config);
    edit::routes(config);
    decide::routes(config);
    order::routes(config);
    message::routes(config);
    customers::routes(config);
    rules::routes(config);
    reroute::routes(config);
    broken::routes(config);
}
