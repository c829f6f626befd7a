//! Signing in and out, one's own password, and everybody's accounts.

mod client;
mod code;
mod cookies;
mod forgotten;
mod guess;
mod identify;
mod profile;
mod second_factor;
mod sessions;
mod sign_in;
mod trail;
mod users;

use actix_web::web::ServiceConfig;

pub use cookies::named as cookie_named;
pub use identify::identify;

pub fn routes(config: &mut ServiceConfig) {
    config.configure(code::routes);
    config.configure(sign_in::routes);
    config.configure(forgotten::routes);
    config.configure(profile::routes);
    config.configure(second_factor::routes);
    config.configure(sessions::routes);
    config.configure(trail::routes);
    config.configure(users::routes);
}
