//! Which bins goods and parcels go to.

use super::{Bin, Bins, Content, Spot};
use crate::catalog::{LocationKind, PickBy};
use crate::stock::error::Error;
use crate::types::{LocationId, OrderLineId, Quantity};

fn bin(nth: u32) -> LocationId {
    LocationId::unwritten(nth)
}

fn q(units: u32) -> Quantity {
    Quantity::new(units)
}

fn line() -> OrderLineId {
    OrderLineId::unwritten(1)
}

/// Bins one after the other in the walk, the first one filled last.
fn bins(pick_by: PickBy, contents: &[(LocationKind, u32)]) -> Bins {
    let mut bins = Bins::new(pick_by);
    for (nth, (kind, units)) in contents.iter().enumerate() {
        let nth = u32::try_from(nth).expect("few");
        let filled = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(100 - i64::from(nth));
        let content = Content {
            quantity: q(*units),
            held: Quantity::ZERO,
            doubted: Quantity::ZERO,
            since: (*units > 0).then_some(filled),
        };
        let spot = Spot {
            kind: *kind,
            walk: i32::try_from(nth).expect("few"),
            is_active: true,
        };
        let one = Bin {
            spot,
            was: content,
            now: content,
        };
        bins.bins.insert(bin(nth), one);
    }
    bins
}

fn held(bins: &Bins) -> Vec<(u32, u32)> {
    let held = bins.bins.values().enumerate();
    held.filter(|(_, bin)| !bin.now.held.is_zero())
        .map(|(at, bin)| (u32::try_from(at).expect("few"), bin.now.held.get()))
        .collect()
}

const SHELF: LocationKind = LocationKind::Shelf;

#[test]
fn a_parcel_takes_from_the_bins_that_come_first_by_the_rule_of_the_warehouse() {
    let contents = [(SHELF, 5), (SHELF, 2), (SHELF, 9)];
    let cases = [
        (PickBy::Walk, vec![(0, 5), (1, 1)]),
        (PickBy::Emptying, vec![(0, 4), (1, 2)]),
        (PickBy::FirstIn, vec![(2, 6)]),
    ];
    for (rule, wanted) in cases {
        let mut bins = bins(rule, &contents);
        bins.hold(line(), q(6)).expect("there is enough");
        assert_eq!(held(&bins), wanted, "{rule}");
    }
}

#[test]
fn two_parcels_are_never_sent_to_one_unit_and_none_to_quarantine() {
    let mut bins = bins(
        PickBy::Walk,
        &[
            (LocationKind::Quarantine, 50),
            (LocationKind::Dock, 3),
            (SHELF, 2),
        ],
    );
    bins.hold(line(), q(3)).expect("the dock has them");
    bins.hold(OrderLineId::unwritten(2), q(2))
        .expect("the shelf");

    assert_eq!(held(&bins), [(1, 3), (2, 2)]);
    let more = bins.hold(OrderLineId::unwritten(3), q(1));
    assert_eq!(more, Err(Error::OutOfReach));
}

#[test]
fn what_a_parcel_holds_can_only_leave_with_it() {
    let mut bins = bins(PickBy::Walk, &[(SHELF, 5)]);
    bins.hold(line(), q(3)).expect("there is enough");

    let refused = bins.take(Some(bin(0)), q(3));
    assert_eq!(
        refused,
        Err(Error::NotInBin {
            wanted: q(3),
            there: q(5),
            held: q(3)
        })
    );
    assert_eq!(bins.ship(line(), q(3)), Ok(vec![(Some(bin(0)), q(3))]));
    assert_eq!(bins.take(None, q(2)), Ok(vec![(Some(bin(0)), q(2))]));
    assert_eq!(bins.bins[&bin(0)].now, Content::default());
}

#[test]
fn a_picker_may_take_from_another_bin() {
    let mut bins = bins(PickBy::Walk, &[(SHELF, 5), (SHELF, 2)]);
    bins.hold(line(), q(3)).expect("there is enough");

    bins.hold_elsewhere(line(), bin(0), bin(1), q(2))
        .expect("it has two");
    assert_eq!(held(&bins), [(0, 1), (1, 2)]);
    let too_many = bins.hold_elsewhere(line(), bin(0), bin(1), q(2));
    assert_eq!(too_many, Err(Error::NotHeld(q(1))));
    bins.release_all(line()).expect("all of it");
    assert_eq!(held(&bins), []);
}

#[test]
fn goods_arrive_on_the_first_dock_of_the_walk() {
    let mut bins = bins(
        PickBy::Walk,
        &[(SHELF, 5), (LocationKind::Dock, 0), (LocationKind::Dock, 0)],
    );
    let now = chrono::DateTime::UNIX_EPOCH;

    assert_eq!(bins.put(None, q(4), now), Ok(bin(1)));
    assert_eq!(bins.put(Some(bin(2)), q(1), now), Ok(bin(2)));
}
