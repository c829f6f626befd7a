//! The pages of inventory.

mod adjust;
mod bins;
mod by_hand;
mod counts;
mod integrity;
mod kits;
mod level;
mod levels;
mod limits;
mod locations;
mod movements;
mod named;
mod policies;
mod product_bins;
mod put_away;
mod queue;
mod settings;
mod transfers;
mod warehouses;
mod weeks;

use actix_web::web::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    settings::routes(config);
    integrity::routes(config);
    adjust::routes(config);
    bins::routes(config);
    kits::routes(config);
    level::routes(config);
    levels::routes(config);
    limits::routes(config);
    locations::routes(config);
    movements::routes(config);
    product_bins::routes(config);
    put_away::routes(config);
    queue::routes(config);
    by_hand::routes(config);
    counts::routes(config);
    policies::routes(config);
    transfers::routes(config);
    warehouses::routes(config);
    weeks::routes(config);
}
