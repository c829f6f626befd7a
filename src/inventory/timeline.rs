//! The supply of a place laid against its queue: stock, then what is on its way by date, then what
//! nobody brings.

use crate::stock::{Claimant, Incoming};
use crate::types::Quantity;

/// One layer of supply, and who gets it.
#[derive(Debug, PartialEq, Eq)]
pub struct Layer {
    pub kind: Kind,
    pub units: Quantity,
    /// In queue order.
    pub shares: Vec<Share>,
}

/// Where the units of a layer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// They lie there.
    Stock,
    /// They are on their way: which of the list.
    Coming(usize),
    /// They are not on order.
    Nowhere,
}

/// Units of a layer that go to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which of the queue.
    pub claimant: usize,
    pub units: Quantity,
}

impl Layer {
    /// Units that go to nobody who is shown.
    pub fn left(&self) -> Quantity {
        self.units
            .less(self.shares.iter().map(|share| share.units).sum())
    }
}

/// The layers, in the order in which they serve; empty ones are left out.
pub fn layers(on_hand: Quantity, incoming: &[Incoming], queue: &[Claimant]) -> Vec<Layer> {
    let stock = Layer {
        kind: Kind::Stock,
        units: on_hand,
        shares: shares(queue, |claimant| claimant.reserved),
    };
    let mut promised: Vec<Quantity> = queue
        .iter()
        .map(|claimant| claimant.missing().less(claimant.uncovered))
        .collect();
    let coming = incoming.iter().enumerate().map(|(at, supply)| {
        let mut left = supply.quantity;
        let mut taken = Vec::new();
        for (claimant, wanted) in promised.iter_mut().enumerate() {
            // Parts of a kit may be left for later by what comes first.
            let in_time = queue[claimant]
                .expected_on
                .is_none_or(|day| supply.due_on <= day);
            let units = left.min(*wanted);
            if !in_time {
                continue;
            }
            (left, *wanted) = (left.less(units), wanted.less(units));
            if !units.is_zero() {
                taken.push(Share { claimant, units });
            }
        }
        Layer {
            kind: Kind::Coming(at),
            units: supply.quantity,
            shares: taken,
        }
    });
    let coming: Vec<Layer> = coming.collect();
    let uncovered = shares(queue, |claimant| claimant.uncovered);
    let nowhere = Layer {
        kind: Kind::Nowhere,
        units: uncovered.iter().map(|share| share.units).sum(),
        shares: uncovered,
    };
    let all = std::iter::once(stock).chain(coming).chain([nowhere]);
    all.filter(|layer| !layer.units.is_zero()).collect()
}

fn shares(queue: &[Claimant], units: impl Fn(&Claimant) -> Quantity) -> Vec<Share> {
    let each = queue.iter().enumerate().map(|(claimant, line)| Share {
        claimant,
        units: units(line),
    });
    each.filter(|share| !share.units.is_zero()).collect()
}
