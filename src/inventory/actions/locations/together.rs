//! The same said of many locations at once.

use crate::catalog::{Location, LocationKind};
use crate::db::Act;
use crate::inventory::Error;
use crate::inventory::locations::codes::natural;
use crate::inventory::locations::entry::{Entry, FURTHEST, STEP};
use crate::inventory::locations::error::Refusal;
use crate::inventory::locations::file::Changed;
use crate::types::{LocationId, Quantity, WarehouseId};

/// What is said of many locations; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Together {
    pub kind: Option<LocationKind>,
    pub zone: Option<String>,
    /// A capacity, or that none is said.
    pub capacity: Option<Option<Quantity>>,
    pub is_active: Option<bool>,
    /// The walk passes them by their codes, from this place on.
    pub walk_from: Option<i32>,
}

impl Together {
    fn after(&self, before: &Location) -> Entry {
        let before = Entry::from(before);
        Entry {
            kind: self.kind.unwrap_or(before.kind),
            zone: self.zone.clone().unwrap_or(before.zone),
            capacity: self.capacity.unwrap_or(before.capacity),
            is_active: self.is_active.unwrap_or(before.is_active),
            ..before
        }
    }
}

/// Says the same of locations of a warehouse, all or none; how many are other than before.
///
/// # Errors
/// [`Refusal::NothingChosen`], [`Refusal::NothingToChange`], [`Refusal::HoldsGoods`],
/// [`Refusal::KindHoldsGoods`], [`Refusal::WalkTooFar`].
pub fn change_locations(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    ids: &[LocationId],
    together: &Together,
) -> Result<usize, Error> {
    if *together == Together::default() {
        return Err(Refusal::NothingToChange.into());
    }
    super::lock(act, warehouse)?;
    let mut locations = super::lock_locations(act, ids)?;
    locations.retain(|location| location.warehouse_id == warehouse);
    if locations.is_empty() {
        return Err(Refusal::NothingChosen.into());
    }
    locations.sort_by(|one, other| natural(&one.code, &other.code));
    let mut entries: Vec<Entry> = locations
        .iter()
        .map(|before| together.after(before))
        .collect();
    if let Some(from) = together.walk_from {
        renumber(&mut entries, from)?;
    }
    let pairs = locations.iter().zip(&entries);
    let asked: Vec<_> = pairs
        .map(|(before, after)| (before, after.kind, after.is_active))
        .collect();
    super::refuse_if_holding(act, &asked)?;
    let changed: Vec<Changed> = locations
        .iter()
        .zip(entries)
        .map(|(before, after)| Changed {
            line: 0,
            id: before.id,
            before: before.into(),
            after,
        })
        .filter(|change| change.before != change.after)
        .collect();
    super::many::update(act, &changed)?;
    Ok(changed.len())
}

fn renumber(entries: &mut [Entry], from: i32) -> Result<(), Refusal> {
    let mut place = from;
    for entry in entries {
        if place > FURTHEST {
            return Err(Refusal::WalkTooFar);
        }
        entry.walk = place;
        place += STEP;
    }
    Ok(())
}
