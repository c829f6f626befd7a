//! The first page: what waits and for how long, what is ready, what is late.
//!
//! Owns no table and changes nothing. It reads what the domains keep, in a constant number of
//! statements, and no more often than the size of the shop allows; each figure leads to the page that
//! shows its rows.

mod pages;
mod queries;
mod reading;

pub use pages::routes;
pub use reading::Readings;
