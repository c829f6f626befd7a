//! The pages of preparation.

mod carriers;
mod columns;
mod hold;
mod named;
mod other_bin;
mod pick_list;
mod prepare;
mod said;
mod shipments;
mod slip;
mod tabs;
mod together;

use actix_web::web::ServiceConfig;

/// Where orders are prepared.
pub fn routes(config: &mut ServiceConfig) {
    tabs::routes(config);
    carriers::routes(config);
    prepare::routes(config);
    hold::routes(config);
    together::routes(config);
    other_bin::routes(config);
    // Before the page of one parcel, which would take its name for a number.
    slip::routes(config);
    shipments::routes(config);
    pick_list::routes(config);
}
