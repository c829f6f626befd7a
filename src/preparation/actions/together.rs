//! What became of orders to which one thing was to be done together.

use crate::preparation::Error;
use crate::sales;
use crate::types::OrderId;

/// What became of orders to which one thing was to be done together.
#[derive(Debug, Default)]
pub struct Together {
    /// Those it was done to.
    pub done: Vec<OrderId>,
    /// Those it was not done to, and why.
    pub refused: Vec<(OrderId, Error)>,
}

impl Together {
    /// The same, unless somebody has to say first what becomes of parcels: then nothing is done.
    ///
    /// # Errors
    /// [`Error::ChooseParcels`].
    pub fn or_asked(self) -> Result<Self, Error> {
        let unsaid = |(_, why): &(OrderId, Error)| matches!(why, Error::ChooseParcels(_));
        let (mut asked, refused): (Vec<_>, Vec<_>) = self.refused.into_iter().partition(unsaid);
        match asked.pop() {
            Some((_, asked)) => Err(asked),
            None => Ok(Self { refused, ..self }),
        }
    }

    /// Leaves out those of which it says why.
    pub(super) fn refuse(&mut self, why: impl Fn(OrderId) -> Option<Error>) {
        let refused = &mut self.refused;
        self.done.retain(|id| {
            let refusal = why(*id).map(|refusal| (*id, refusal));
            let stays = refusal.is_none();
            refused.extend(refusal);
            stays
        });
    }
}

impl From<sales::Together> for Together {
    fn from(together: sales::Together) -> Self {
        let refused = together.refused.into_iter();
        Self {
            done: together.orders.iter().map(|order| order.id).collect(),
            refused: refused.map(|(id, why)| (id, why.into())).collect(),
        }
    }
}
