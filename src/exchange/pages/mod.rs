//! `/imports`: upload a file, look at what it comes to, confirm.

mod list;
mod show;
mod stock;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    stock::routes(config);
    config
        .service(list::list)
        .service(list::create)
        .service(show::show)
        .service(show::choose)
        .service(show::confirm)
        .service(show::discard)
        .service(show::left_out);
}
