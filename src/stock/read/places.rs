//! Places side by side, for a statement.

use std::collections::BTreeSet;

use crate::stock::model::Place;

pub(super) fn places<'a>(all: impl IntoIterator<Item = &'a Place>) -> Vec<Place> {
    let unique: BTreeSet<Place> = all.into_iter().copied().collect();
    unique.into_iter().collect()
}
