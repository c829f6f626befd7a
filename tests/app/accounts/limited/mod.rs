//! Users limited to some warehouses: they see and touch only these, by URL too.

mod limiting;
mod seeing;
pub mod sides;
mod touching;
mod working;
