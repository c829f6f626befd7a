//! What people find when they count.

use backfill::db::Act;
use backfill::error::Result;
use backfill::inventory::{self, Applying, Count, CountScope, Found, NewCount};
use backfill::preparation::{self, ShortReason};
use backfill::schema::{count_lines, counts, shipment_lines};
use backfill::types::{CountLineId, OrderLineId, Quantity};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "a count begins",
        act: |w, act, dice| {
            let nth = dice.between(0, 0, 1) as usize;
            let new = NewCount {
                scope: CountScope {
                    none_too: dice.between(1, 0, 1) == 0,
                    ..CountScope::all_of(w.warehouses[nth])
                },
                asked: "Everything".into(),
                blind: false,
            };
            inventory::begin_count(act, &new)?;
            Ok(())
        },
    },
    Step {
        name: "some units are scanned",
        act: |w, act, dice| finds(w, act, dice, true),
    },
    Step {
        name: "what lies somewhere is typed",
        act: |w, act, dice| finds(w, act, dice, false),
    },
    Step {
        name: "lines are counted again",
        act: |_, act, dice| {
            let Some(count) = open(act, dice)? else {
                return Ok(());
            };
            let lines: Vec<CountLineId> = count_lines::table
                .filter(count_lines::count_id.eq(count.id))
                .order(count_lines::id)
                .select(count_lines::id)
                .limit(dice.between(1, 1, 4).into())
                .load(act.conn())?;
            inventory::recount(act, count.id, &lines)?;
            Ok(())
        },
    },
    Step {
        name: "the rest of a count is none",
        act: |_, act, dice| {
            let Some(count) = open(act, dice)? else {
                return Ok(());
            };
            inventory::rest_is_none(act, count.id)?;
            Ok(())
        },
    },
    Step {
        name: "a count is applied",
        act: |_, act, dice| {
            let Some(count) = open(act, dice)? else {
                return Ok(());
            };
            let doubtful_too = dice.between(1, 0, 2) > 0;
            inventory::apply_count(act, count.id, Applying { doubtful_too })?;
            Ok(())
        },
    },
    Step {
        name: "a count is given up",
        act: |_, act, dice| {
            let Some(count) = open(act, dice)? else {
                return Ok(());
            };
            inventory::cancel_count(act, count.id, "no time")?;
            Ok(())
        },
    },
    Step {
        name: "a picker says that a place is short",
        act: |w, act, dice| {
            let Some(parcel) = dice.choose(0, &w.parcels(act)?) else {
                return Ok(());
            };
            let lines: Vec<OrderLineId> = shipment_lines::table
                .filter(shipment_lines::shipment_id.eq(parcel))
                .order(shipment_lines::id)
                .select(shipment_lines::order_line_id)
                .load(act.conn())?;
            if let Some(line) = dice.choose(1, &lines) {
                let (units, why) = (Quantity::new(1), ShortReason::NotFound);
                preparation::report_line_short(act, (parcel, line), units, why)?;
            }
            Ok(())
        },
    },
];

/// One of the counts that are not over.
fn open(act: &mut Act<'_>, dice: Dice) -> Result<Option<Count>> {
    let all: Vec<Count> = Count::query()
        .filter(counts::status.eq("open"))
        .order(counts::id)
        .load(act.conn())?;
    let at = dice.choose(0, &(0..all.len()).collect::<Vec<_>>());
    Ok(at.map(|at| all[at].clone()))
}

/// In a bin where there are any, as often as not in one that does not hold it.
fn finds(w: &Walker, act: &mut Act<'_>, dice: Dice, adds: bool) -> Result<()> {
    let Some(count) = open(act, dice)? else {
        return Ok(());
    };
    let nth = w.warehouses.iter().position(|id| *id == count.warehouse_id);
    let bins = w.bins[nth.expect("one of the two")];
    let warehouse = backfill::catalog::warehouse(act, count.warehouse_id)?;
    let found = Found {
        product: w.products[dice.between(1, 0, 2) as usize],
        bin: warehouse
            .uses_locations
            .then(|| bins[dice.between(2, 0, 3) as usize]),
        units: Quantity::new(dice.between(3, 0, 7)),
        adds,
    };
    inventory::scan(act, count.id, &found)?;
    Ok(())
}
