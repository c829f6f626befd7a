//! Where goods lie, what moves, and who waits.

mod adjusting;
pub mod bins;
mod correcting;
mod counting;
mod in_row;
mod integrity;
mod into_bins;
mod kinds;
mod kits;
mod levels;
mod lists;
pub mod locations;
mod long_transfers;
mod moving;
mod pinning;
mod policies;
mod putting_away;
mod rules;
mod scanning;
mod supply;
mod warehouses;
