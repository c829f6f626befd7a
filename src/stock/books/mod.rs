//! The books of some places, in memory: what happens is applied to them, then they are weighed and
//! written. Knows no database.

mod apply;
mod asks;
mod bins;
mod bounds;
mod by_hand;
mod demand;
mod goods;
mod known;
mod open;
mod parcels;
mod queue;
mod returned;
mod rules;
mod sets;
mod shelf;
mod transfers;
mod turn;

pub(super) use bins::{Bin, Bins, Content, Spot};
pub(super) use demand::{Demand, OpenDemand};
pub(super) use known::Affected;
pub(super) use open::{Books, Movement};
pub(super) use rules::Rules;
pub(super) use shelf::{Balances, Known, OpenShelf, OpenSupply};
pub(super) use turn::OpenTurn;
