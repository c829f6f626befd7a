//! What the crew does with scanners.

use backfill::db::Act;
use backfill::error::Result;
use backfill::preparation::{
    self, BatchKind, Leg, OtherStop, Read, ShortReason, ShortStop, Station, Walk,
};
use backfill::schema::{batches, shipments};
use backfill::types::{BatchId, OrderId, Quantity, ShipmentId, WarehouseId};
use diesel::prelude::*;

use super::walker::{Dice, Step, Walker};

pub const STEPS: &[Step] = &[
    Step {
        name: "a batch begins",
        act: |w, act, dice| {
            let orders: Vec<OrderId> = w.open_orders(act)?.into_iter().take(4).collect();
            let warehouse = w.warehouses[usize::from(dice.between(1, 0, 3) == 0)];
            preparation::begin_batch(act, &orders, (warehouse, BatchKind::Chosen))?;
            Ok(())
        },
    },
    Step {
        name: "units are scanned on a walk",
        act: |w, act, dice| scans(w, act, dice),
    },
    Step {
        name: "units are scanned on a walk, again",
        act: |w, act, dice| scans(w, act, dice),
    },
    Step {
        name: "a stop of a walk is short",
        act: |w, act, dice| {
            let Some((walk, leg)) = stop(w, act, dice)? else {
                return Ok(());
            };
            let stop = ShortStop {
                product: leg.product_id,
                bin: leg.bin_id,
                reason: ShortReason::NotFound,
            };
            preparation::report_stop_short(act, walk, stop)?;
            Ok(())
        },
    },
    Step {
        name: "a stop is taken out of another bin",
        act: |w, act, dice| {
            let Some((walk, leg)) = stop(w, act, dice)? else {
                return Ok(());
            };
            let bins = w.bins[dice.between(2, 0, 1) as usize];
            let (Some(from), Some(to)) = (leg.bin_id, dice.choose(3, &bins)) else {
                return Ok(());
            };
            let stop = OtherStop {
                product: leg.product_id,
                from,
                to,
            };
            preparation::take_stop_elsewhere(act, walk, stop)?;
            Ok(())
        },
    },
    Step {
        name: "the last scan of a walk is taken back",
        act: |w, act, dice| {
            if let Some(walk) = dice.choose(0, &walks(w, act)?) {
                preparation::undo_pick(act, walk)?;
            }
            Ok(())
        },
    },
    Step {
        name: "a parcel is opened at a desk and units scanned",
        act: |w, act, dice| packs(w, act, dice),
    },
    Step {
        name: "a parcel is opened at a desk and units scanned, again",
        act: |w, act, dice| packs(w, act, dice),
    },
    Step {
        name: "a parcel is packed short",
        act: |w, act, _| {
            if let Some(parcel) = open_of(w, act)? {
                preparation::pack_short(act, parcel, ShortReason::Damaged)?;
            }
            Ok(())
        },
    },
    Step {
        name: "the last scan at a desk is taken back",
        act: |w, act, _| {
            if let Some(parcel) = open_of(w, act)? {
                preparation::undo_pack(act, parcel)?;
            }
            Ok(())
        },
    },
    Step {
        name: "a parcel is put aside",
        act: |_, act, _| {
            preparation::put_aside(act)?;
            Ok(())
        },
    },
    Step {
        name: "a parcel did not leave",
        act: |w, act, dice| {
            let gone: Vec<ShipmentId> = shipments::table
                .filter(shipments::warehouse_id.eq_any(&w.warehouses))
                .filter(shipments::status.eq("shipped"))
                .order(shipments::id)
                .select(shipments::id)
                .load(act.conn())?;
            if let Some(parcel) = dice.choose(0, &gone) {
                preparation::take_back(act, parcel)?;
            }
            Ok(())
        },
    },
];

/// Batches, and the parcels under way.
fn walks(walker: &Walker, conn: &mut PgConnection) -> Result<Vec<Walk>> {
    let batches: Vec<BatchId> = batches::table
        .order(batches::id)
        .select(batches::id)
        .load(conn)?;
    let parcels = walker.parcels(conn)?.into_iter().map(Walk::Parcel);
    Ok(batches
        .into_iter()
        .map(Walk::Batch)
        .chain(parcels)
        .collect())
}

/// Something that is still to be taken on a walk.
fn stop(walker: &Walker, act: &mut Act<'_>, dice: Dice) -> Result<Option<(Walk, Leg)>> {
    let Some(walk) = dice.choose(0, &walks(walker, act)?) else {
        return Ok(None);
    };
    let legs = preparation::legs(&preparation::stops(act, walk, None)?);
    let which: Vec<usize> = (0..legs.len()).collect();
    let leg = dice.choose(1, &which).map(|nth| legs[nth].clone());
    Ok(leg.map(|leg| (walk, leg)))
}

fn scans(walker: &Walker, act: &mut Act<'_>, dice: Dice) -> Result<()> {
    let Some((walk, leg)) = stop(walker, act, dice)? else {
        return Ok(());
    };
    if leg.bin_id.is_some() {
        preparation::scan_pick(act, walk, &Read::of(&leg.bin))?;
    }
    let read = Read {
        code: leg.sku.to_string(),
        times: dice.units(2),
    };
    preparation::scan_pick(act, walk, &read)?;
    Ok(())
}

fn open_of(walker: &Walker, conn: &mut PgConnection) -> Result<Option<ShipmentId>> {
    Ok(shipments::table
        .filter(shipments::packer_id.eq(walker.person))
        .select(shipments::id)
        .first(conn)
        .optional()?)
}

fn packs(walker: &Walker, act: &mut Act<'_>, dice: Dice) -> Result<()> {
    let Some(parcel) = dice.choose(0, &walker.parcels(act)?) else {
        return Ok(());
    };
    let (warehouse, number): (WarehouseId, String) = shipments::table
        .find(parcel)
        .select((shipments::warehouse_id, shipments::number))
        .first(act.conn())?;
    let station = Station {
        warehouse,
        seen: None,
        unscanned: true,
    };
    preparation::scan_pack(act, &station, &Read::of(&number))?;
    for line in preparation::to_pack(act, parcel)? {
        let read = Read {
            code: line.sku.to_string(),
            times: line.left().min(dice.units(2)).max(Quantity::new(1)),
        };
        preparation::scan_pack(act, &station, &read)?;
    }
    Ok(())
}
