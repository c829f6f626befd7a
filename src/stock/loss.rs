//! What a change takes from those who have it, and whether somebody agreed to that.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::outcome::LineChange;
use crate::types::Fields;

/// Units that are reserved for orders before a change, and not after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl Loss {
    pub(super) fn of(changes: &[LineChange]) -> Self {
        let losing = changes
            .iter()
            .filter(|change| change.reserved < change.reserved_before);
        let mut losing: Vec<&LineChange> = losing.collect();
        losing.sort_by_key(|change| change.line);
        let mut hasher = DefaultHasher::new();
        let (mut orders, mut units) = (BTreeSet::new(), 0);
        for change in &losing {
            (change.line, change.reserved_before, change.reserved).hash(&mut hasher);
            orders.insert(change.order);
            units += u64::from(change.reserved_before.less(change.reserved).get());
        }
        Self {
            orders: orders.len(),
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
