//! The pages of the organizer.

mod chosen;
mod entry;
mod list;
mod marks;
mod panel;
mod removal;
mod settings;
mod warnings;
mod write;

use actix_web::web::ServiceConfig;

pub use warnings::NOTES;

pub fn routes(config: &mut ServiceConfig) {
    list::routes(config);
    write::routes(config);
    panel::routes(config);
    marks::routes(config);
    entry::routes(config);
    chosen::routes(config);
    settings::routes(config);
    removal::routes(config);
}
