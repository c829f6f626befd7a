//! `/locations`: the bins of a warehouse. Everybody reads, admins write.

mod chosen;
mod edit;
mod file;
mod labels;
mod list;
mod range;
mod show;
mod together;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list::list)
        .service(list::export)
        .service(show::show)
        .service(edit::new)
        .service(edit::create)
        .service(edit::edit)
        .service(edit::update)
        .service(range::new)
        .service(range::create)
        .service(together::edit)
        .service(together::update)
        .service(labels::print)
        .service(file::ask)
        .service(file::preview)
        .service(file::confirm);
}
