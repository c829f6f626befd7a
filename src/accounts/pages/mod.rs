//! Signing in and out, one's own password, and everybody's accounts.

mod address;
mod guess;
mod identify;
mod profile;
mod session;
mod sign_in;
mod users;

use actix_web::web::ServiceConfig;

pub use identify::identify;

pub fn routes(config: &mut ServiceConfig) {
    config.configure(sign_in::routes);
    config.configure(profile::routes);
    config.configure(users::routes);
}
