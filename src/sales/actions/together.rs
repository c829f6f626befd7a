//! One thing is done to many orders: whoever is refused keeps nobody else from it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::sales::{Error, Order};
use crate::schema::orders;
use crate::types::{OrderId, RecordRef};

/// Orders to which something is done together.
#[derive(Debug, Default)]
pub struct Together {
    /// Those it is done to, by id, as they were before.
    pub orders: Vec<Order>,
    /// Those it is not done to, and why.
    pub refused: Vec<(OrderId, Error)>,
}

impl Together {
    /// Locks open orders by id, so that two people never wait for each other, in one statement; taken
    /// before the books of stock.
    ///
    /// # Errors
    /// Those of the database, `NotFound` where one of them is not there.
    pub fn lock(conn: &mut PgConnection, ids: &[OrderId]) -> Result<Self, Error> {
        let ids: BTreeSet<OrderId> = ids.iter().copied().collect();
        let orders: Vec<Order> = Order::query()
            .filter(orders::id.eq_any(&ids))
            .order(orders::id)
            .for_no_key_update()
            .load(conn)?;
        if orders.len() < ids.len() {
            return Err(diesel::NotFound.into());
        }
        let mut locked = Self {
            orders,
            refused: Vec::new(),
        };
        locked.refuse(|order| (!order.is_open()).then_some(Error::Closed(order.status)));
        Ok(locked)
    }

    /// The same of orders that are to be stopped.
    ///
    /// # Errors
    /// Those of [`Together::lock`].
    pub fn lock_going(conn: &mut PgConnection, ids: &[OrderId]) -> Result<Self, Error> {
        let mut locked = Self::lock(conn, ids)?;
        locked.refuse(|order| {
            let reason = &order.hold_reason;
            order.is_held().then(|| Error::OnHold(reason.clone()))
        });
        Ok(locked)
    }

    /// Leaves out those of which it says why.
    pub(super) fn refuse(&mut self, why: impl Fn(&Order) -> Option<Error>) {
        let refused = &mut self.refused;
        self.orders.retain(|order| {
            let refusal = why(order).map(|refusal| (order.id, refusal));
            let stays = refusal.is_none();
            refused.extend(refusal);
            stays
        });
    }

    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }

    /// Those it is done to.
    pub fn ids(&self) -> Vec<OrderId> {
        self.orders.iter().map(|order| order.id).collect()
    }

    pub(super) fn records(&self) -> Vec<RecordRef> {
        self.orders.iter().map(Order::record).collect()
    }

    /// What became of the only one.
    pub(super) fn of_one(self) -> Result<(), Error> {
        match self.refused.into_iter().next() {
            Some((_, refusal)) => Err(refusal),
            None => Ok(()),
        }
    }
}
