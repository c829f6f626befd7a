//! The pages of returns.

mod desk;
mod list;
mod message;
mod new;
mod of_order;
mod show;
mod steps;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    list::routes(config);
    desk::routes(config);
    new::routes(config);
    show::routes(config);
    steps::routes(config);
    message::routes(config);
    of_order::routes(config);
}
