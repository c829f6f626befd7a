//! The pages of preparation.

mod batches;
mod carriers;
mod columns;
mod endings;
mod figures;
mod hold;
mod labels;
mod other_bin;
mod packages;
mod packing;
mod pick_list;
mod picking;
mod prepare;
mod shipments;
mod shortage;
mod slip;
mod tabs;
mod walk;

use actix_web::web::ServiceConfig;

/// Where orders are prepared.
pub fn routes(config: &mut ServiceConfig) {
    tabs::routes(config);
    picking::routes(config);
    batches::routes(config);
    walk::routes(config);
    packing::routes(config);
    packages::routes(config);
    figures::routes(config);
    carriers::routes(config);
    prepare::routes(config);
    hold::routes(config);
    other_bin::routes(config);
    shortage::routes(config);
    // Before the page of one parcel, which would take its name for a number.
    slip::routes(config);
    labels::routes(config);
    endings::routes(config);
    shipments::routes(config);
    pick_list::routes(config);
}
