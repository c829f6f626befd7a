//! What a change takes from those who have it, and whether somebody agreed to that.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::outcome::LineChange;
use crate::types::{Fields, Quantity};

/// Units that are reserved for orders before a change, and not after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loss {
    /// Orders that lose some.
    pub orders: usize,
    pub units: u64,
    /// Stands for which lines lose how many: what is agreed to is this loss, and no other.
    pub mark: String,
}

/// What a person agreed to lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// Whatever it is: nobody is there to be asked.
    ToAll,
    /// The loss of this mark, which they were shown; an empty one when they saw none.
    To(String),
}

impl Consent {
    /// What the form says of it, once its reader was asked.
    pub fn typed(form: &Fields) -> Self {
        Self::To(form.get("agreed").to_owned())
    }
}

/// Orders of which some units are counted, and how many units.
pub(super) fn tally(
    changes: &[LineChange],
    units: impl Fn(&LineChange) -> Quantity,
) -> (usize, u64) {
    let counted = changes.iter().map(|change| (change.order, units(change)));
    let (mut orders, mut sum) = (BTreeSet::new(), 0);
    for (order, units) in counted.filter(|(_, units)| !units.is_zero()) {
        orders.insert(order);
        sum += u64::from(units.get());
    }
    (orders.len(), sum)
}

impl Loss {
    pub(super) fn of(changes: &[LineChange]) -> Self {
        let losing = changes
            .iter()
            .filter(|change| change.reserved < change.reserved_before);
        let mut losing: Vec<&LineChange> = losing.collect();
        losing.sort_by_key(|change| change.line);
        let mut hasher = DefaultHasher::new();
        for change in &losing {
            (change.line, change.reserved_before, change.reserved).hash(&mut hasher);
        }
        let (orders, units) = tally(changes, |change| {
            change.reserved_before.less(change.reserved)
        });
        Self {
            orders,
            units,
            mark: format!("{:016x}", hasher.finish()),
        }
    }

    /// Whether nobody loses anything.
    pub const fn is_none(&self) -> bool {
        self.units == 0
    }

    /// Whether nobody loses, or exactly this was agreed to.
    pub(super) fn is_agreed(&self, consent: &Consent) -> bool {
        match consent {
            Consent::ToAll => true,
            Consent::To(mark) => self.is_none() || *mark == self.mark,
        }
    }
}
