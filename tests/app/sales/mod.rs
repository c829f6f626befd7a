//! Orders from the sales desk: placing, changing, stopping and giving up; and the pages for it.

pub mod by_hand;
mod cancelling;
mod channels;
mod customers;
pub mod desk;
mod editing;
mod giving_up;
mod holding;
mod kits;
mod list;
mod long;
mod long_edited;
mod narrowing;
mod page;
mod placing;
mod priority;
mod rerouting;
mod rules;
mod transferring;
