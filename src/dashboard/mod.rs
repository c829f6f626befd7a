//! The first page: what waits and for how long, what is ready, what is late.
//!
//! Reads what the domains keep, in a constant number of statements, and no more often than the size of
//! the shop allows; each figure leads to the page that shows its rows.
//!
//! Owns `figures_by_day`: what each day left behind, kept once it is over. [`keep_days`] writes it, by
//! the housekeeping of the server, and nothing else; a day that was kept stays as it was said.

mod days;
mod lists;
mod pages;
mod queries;
mod reading;
mod trends;

pub use days::{Day, keep_days};
pub use pages::routes;
pub use reading::Readings;
