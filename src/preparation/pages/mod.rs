//! The pages of preparation.

mod batches;
mod carriers;
mod columns;
mod desk;
mod endings;
mod figures;
mod files;
mod hold;
mod label;
mod labels;
mod leaving;
mod manifest;
mod manifests;
mod named;
mod other_bin;
mod packages;
mod packing;
mod pick_list;
mod picking;
mod places;
mod prepare;
mod said;
mod shipments;
mod shipping_mail;
mod shortage;
mod slip;
mod tabs;
mod together;
mod tracking;
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
    together::routes(config);
    other_bin::routes(config);
    shortage::routes(config);
    // Before the page of one parcel, which would take its name for a number.
    slip::routes(config);
    endings::routes(config);
    labels::routes(config);
    leaving::routes(config);
    shipments::routes(config);
    label::routes(config);
    pick_list::routes(config);
    manifests::routes(config);
    manifest::routes(config);
    files::routes(config);
    tracking::routes(config);
    shipping_mail::routes(config);
}
