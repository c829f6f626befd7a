//! What the crew scans: some parcels are picked and packed scan by scan, and a batch is walked right now.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::mark;
use crate::db::{Act, Who};
use crate::error::Result;
use crate::preparation::{
    self, BatchKind, CarrierInput, Leg, Read, Station, Walk, add_carrier, scan_pack, scan_pick,
};
use crate::schema::shipments;
use crate::types::{OrderId, Quantity, ShipmentId, WarehouseId};

pub const CARRIER: &str = "Parcel Post";
/// Parcels of a day that are scanned, and their lines: more would keep the demo waiting.
const SCANNED: usize = 6;
const LINES: usize = 12;

/// Who takes the parcels, by which methods.
pub fn meet_carrier(act: &mut Act<'_>) -> Result<()> {
    let carrier = CarrierInput {
        name: CARRIER.to_owned(),
        tracking_link: "https://parcels.example/{tracking}".to_owned(),
        cut_off: "17:30".to_owned(),
        ..CarrierInput::blank()
    };
    let methods = ["Parcel 48", "Tracked abroad"].map(str::to_owned);
    add_carrier(act, &carrier, &methods)?;
    Ok(())
}

/// The number on the label of a parcel.
pub fn tracking(parcel: ShipmentId) -> String {
    let digits = mark(&parcel.to_string()) % 1_000_000_000;
    format!("PP{digits:09}GB")
}

/// The first small parcels of a day are picked, packed and sent by scan. Answers with those that nobody scanned.
pub fn scan_out(
    conn: &mut PgConnection,
    packer: Who,
    parcels: Vec<ShipmentId>,
    at: DateTime<Utc>,
) -> Result<Vec<ShipmentId>> {
    let (mut scanned, mut rest) = (0, Vec::new());
    for parcel in parcels {
        let is_small = preparation::to_pack(conn, parcel)?.len() <= LINES;
        if scanned == SCANNED || !is_small {
            rest.push(parcel);
            continue;
        }
        let minutes = TimeDelta::minutes(4 * scanned as i64);
        let act = &mut Act::new(conn, packer.at(at + minutes));
        pick(act, Walk::Parcel(parcel), usize::MAX)?;
        pack(act, parcel, scanned == 0)?;
        scanned += 1;
    }
    Ok(rest)
}

/// So many legs of a walk, bin by bin.
fn pick(act: &mut Act<'_>, walk: Walk, legs: usize) -> Result<()> {
    let stops = preparation::stops(act, walk, None)?;
    let walked: Vec<Leg> = preparation::legs(&stops).into_iter().take(legs).collect();
    for leg in walked {
        if leg.bin_id.is_some() {
            scan_pick(act, walk, &Read::of(&leg.bin))?;
        }
        scan_pick(act, walk, &units(leg.sku.to_string(), leg.left))?;
    }
    Ok(())
}

fn units(code: String, times: Quantity) -> Read {
    Read { code, times }
}

/// Everything goes into the package, and it leaves by the number on its label; at times something is scanned first that
/// nobody knows.
fn pack(act: &mut Act<'_>, parcel: ShipmentId, with_a_slip: bool) -> Result<()> {
    let (warehouse, number): (WarehouseId, String) = shipments::table
        .find(parcel)
        .select((shipments::warehouse_id, shipments::number))
        .first(act.conn())?;
    let station = Station {
        warehouse,
        seen: None,
        unscanned: true,
    };
    scan_pack(act, &station, &Read::of(&number))?;
    if with_a_slip {
        scan_pack(act, &station, &Read::of("5014838503225"))?;
    }
    for line in preparation::to_pack(act, parcel)? {
        let read = units(line.sku.to_string(), line.units);
        scan_pack(act, &station, &read)?;
    }
    scan_pack(act, &station, &Read::of(&tracking(parcel)))?;
    Ok(())
}

/// A batch that somebody is walking: its first bins are done.
pub fn walk_now(act: &mut Act<'_>, orders: &[OrderId], warehouse: WarehouseId) -> Result<()> {
    let (batch, _) = preparation::begin_batch(act, orders, (warehouse, BatchKind::Chosen))?;
    match batch {
        Some(batch) => pick(act, Walk::Batch(batch), 4),
        None => Ok(()),
    }
}
