//! A shelf that shares no kit with another: its claims are served by the unit.

use super::shelf::{Shelf, Verdict};
use crate::types::Quantity;

/// From the head of the queue each claim takes what it misses, while there is any.
pub(super) fn serve(shelf: &Shelf) -> Vec<Quantity> {
    let mut free = shelf.untaken();
    let mut reserved = shelf.taken();
    for (_, _, claim, missing) in shelf.in_turn(&reserved) {
        if shelf.claims[claim].eligible {
            let more = missing.min(free);
            free = free.less(more);
            reserved[claim] += more;
        }
    }
    reserved
}

/// Covers what is missing, in queue order: by stock that may not be taken yet, then by what is
/// coming, by date; the rest is a need.
pub(super) fn cover(shelf: &Shelf, reserved: &[Quantity], verdicts: &mut [Verdict]) {
    let mut idle = shelf.on_hand.less(reserved.iter().copied().sum());
    let mut layers = shelf.layers.iter().copied();
    let mut layer = layers.next();
    for (_, _, claim, mut missing) in shelf.in_turn(reserved) {
        let verdict = &mut verdicts[claim];
        let lies_here = missing.min(idle);
        idle = idle.less(lies_here);
        missing = missing.less(lies_here);
        while let Some(from) = layer.as_mut().filter(|_| !missing.is_zero()) {
            let units = missing.min(from.quantity);
            missing = missing.less(units);
            from.quantity = from.quantity.less(units);
            if !units.is_zero() {
                verdict.covered_by = Some((from.of, from.due_on));
            }
            if from.quantity.is_zero() {
                layer = layers.next();
            }
        }
        verdict.uncovered += missing;
    }
    for verdict in verdicts
        .iter_mut()
        .filter(|verdict| !verdict.uncovered.is_zero())
    {
        verdict.covered_by = None;
    }
}
