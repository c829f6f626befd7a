//! No balance of a place grows beyond what can be counted.

use super::open::Books;
use crate::stock::bounds::{Balance, MOST};
use crate::stock::error::Error;

impl Books {
    /// Refused as [`Error::TooMany`] where a balance grew beyond its bound.
    pub(super) fn check_bounds(&self) -> Result<(), Error> {
        for (place, shelf) in &self.shelves {
            let (was, now) = (shelf.was, shelf.balances());
            let balances = [
                (Balance::OnHand, was.on_hand, now.on_hand),
                (Balance::ToShip, was.to_ship, now.to_ship),
                (Balance::Incoming, was.incoming, now.incoming),
            ];
            let mut balances = balances.into_iter();
            if let Some((balance, ..)) = balances.find(|(_, was, now)| now > was && *now > MOST) {
                return Err(Error::TooMany {
                    place: *place,
                    balance,
                    named: None,
                });
            }
        }
        Ok(())
    }
}
