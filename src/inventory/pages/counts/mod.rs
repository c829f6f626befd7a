//! Counts: the list, a new one, counting by scanner or by hand, and what is made of it.

mod decide;
mod line;
mod list;
mod new;
mod next;
mod review;
mod scan;
mod show;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    list::routes(config);
    new::routes(config);
    next::routes(config);
    show::routes(config);
    scan::routes(config);
    line::routes(config);
    review::routes(config);
    decide::routes(config);
}
