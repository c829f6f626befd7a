//! What the warehouse crew does with bins.

use backfill::db::Act;
use backfill::error::Result;
use backfill::inventory::{self, PutAway};
use backfill::preparation::{self, OtherBin};
use backfill::schema::shipment_lines;
use backfill::stock::{self, Cause, CauseKind, Happening, MoveReason, Place};
use backfill::types::{Change, LocationId, OrderLineId};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "a warehouse begins to use bins",
        act: |w, act, dice| {
            let (place, bins) = somewhere(w, dice);
            inventory::use_locations(act, place.warehouse, bins[dice.between(2, 0, 3) as usize])?;
            Ok(())
        },
    },
    Step {
        name: "a warehouse uses no bins any more",
        act: |w, act, dice| {
            let (place, _) = somewhere(w, dice);
            inventory::leave_locations(act, place.warehouse)?;
            Ok(())
        },
    },
    Step {
        name: "units are put away",
        act: |w, act, dice| {
            let (place, bins) = somewhere(w, dice);
            let (from, to) = two_of(bins, dice);
            let units = PutAway {
                place,
                from,
                to,
                quantity: dice.units(3),
                note: String::new(),
            };
            inventory::put_away(act, &units, true)?;
            Ok(())
        },
    },
    Step {
        name: "units are found in a bin",
        act: |w, act, dice| adjusts(w, act, dice, 1),
    },
    Step {
        name: "units are missing in a bin",
        act: |w, act, dice| adjusts(w, act, dice, -1),
    },
    Step {
        name: "a picker takes from another bin",
        act: |w, act, dice| {
            let Some(parcel) = dice.choose(0, &w.parcels(act)?) else {
                return Ok(());
            };
            let lines: Vec<OrderLineId> = shipment_lines::table
                .filter(shipment_lines::shipment_id.eq(parcel))
                .order(shipment_lines::id)
                .select(shipment_lines::order_line_id)
                .load(act.conn())?;
            let (_, bins) = somewhere(w, dice);
            let (from, to) = two_of(bins, dice);
            let Some(line) = dice.choose(3, &lines) else {
                return Ok(());
            };
            let other = OtherBin {
                line,
                from,
                to,
                quantity: dice.units(1),
            };
            preparation::pick_elsewhere(act, parcel, other)?;
            Ok(())
        },
    },
];

/// A place, and the bins of its warehouse.
fn somewhere(walker: &Walker, dice: Dice) -> (Place, [LocationId; 4]) {
    let nth = usize::from(dice.between(1, 0, 3) == 0);
    let product = walker.products[dice.between(0, 0, 2) as usize];
    let place = Place::new(walker.warehouses[nth], product);
    (place, walker.bins[nth])
}

fn two_of(bins: [LocationId; 4], dice: Dice) -> (LocationId, LocationId) {
    let from = dice.between(2, 0, 3) as usize;
    (
        bins[from],
        bins[(from + 1 + dice.between(3, 0, 2) as usize) % 4],
    )
}

fn adjusts(walker: &Walker, act: &mut Act<'_>, dice: Dice, sign: i32) -> Result<()> {
    let (place, bins) = somewhere(walker, dice);
    let adjusted = Happening::Adjust {
        place,
        bin: dice.choose(2, &bins),
        change: Change::new(sign * dice.units(3).as_i32()),
        reason: MoveReason::Adjustment,
        note: "walking".into(),
    };
    stock::change(act, &Cause::of(CauseKind::Adjustment), &[adjusted])?;
    Ok(())
}
