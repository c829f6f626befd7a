//! Where goods lie, what moves, and who waits.

mod adjusting;
mod correcting;
mod bins;
mod integrity;
mod kinds;
mod levels;
mod lists;
mod moving;
mod pinning;
mod policies;
mod rules;
mod supply;
mod warehouses;
