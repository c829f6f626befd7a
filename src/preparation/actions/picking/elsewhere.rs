//! Units are taken out of another bin than was chosen.

use super::super::scanned::shared_out;
use super::lock;
use crate::db::Act;
use crate::preparation::queries::{self, Stop};
use crate::preparation::{Error, Walk};
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{LocationId, ProductId};

/// A stop of a walk, and the bin a picker prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherStop {
    pub product: ProductId,
    pub from: LocationId,
    pub to: LocationId,
}

/// What is left to take at a stop is taken out of another bin, as far as it lies there for nobody: for those first that
/// are served first. Answers in words.
///
/// # Errors
/// [`Error::NotWalked`]; [`Error::NothingShort`] when all of it was taken; [`Error::NoneFree`] in the other bin.
pub fn take_stop_elsewhere(
    act: &mut Act<'_>,
    walk: Walk,
    stop: OtherStop,
) -> Result<String, Error> {
    let walked = lock(act, walk)?;
    if let Some(why) = walked.of_other(act)? {
        return Err(Error::NotWalked(why));
    }
    let stops = queries::stops(act, walk, Some(stop.product))?;
    let stops: Vec<&Stop> = stops
        .iter()
        .filter(|each| each.bin_id == Some(stop.from) && !each.left().is_zero())
        .collect();
    let Some(first) = stops.first() else {
        let over = walked.is_over(act)?;
        return Err(over.map_or(Error::NothingShort, Error::NotWalked));
    };
    let others = queries::bins_with_free(act, walked.warehouse, stop.product)?;
    let other = others.iter().find(|bin| bin.id == stop.to);
    let other = other.ok_or_else(|| Error::NoneFree(first.sku.to_string()))?;
    let left = stops.iter().map(|each| each.left()).sum();
    let units = other.units.min(left);
    let shares = shared_out(
        stops.iter().map(|each| (each.order_line, each.left())),
        units,
    );
    let moved: Vec<Happening> = shares
        .into_iter()
        .map(|(line, quantity)| Happening::HoldElsewhere {
            line,
            from: stop.from,
            to: stop.to,
            quantity,
        })
        .collect();
    stock::change(act, &Cause::of(CauseKind::Preparation), &moved)?;
    walked.tell(act)?;
    Ok(format!(
        "{units} of {} are taken out of {} instead.",
        first.sku, other.code
    ))
}
