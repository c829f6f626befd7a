//! A picker scans a bin, then what they take out of it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::super::scanned::{Scan, shared_out};
use super::{Walked, finish, lock};
use crate::catalog::{self, Location, Product};
use crate::db::{Act, set_based};
use crate::preparation::queries::{self, Stop};
use crate::preparation::{Answer, Error, Outcome, Read, Stage, Walk};
use crate::types::{LocationId, Quantity};

/// What a scan on a walk means: a bin to stand before, or units taken out of it. What stands on a case
/// counts all its units. What does not belong there is refused, counts nothing, and is kept as well.
///
/// # Errors
/// Those of the database; a wrong scan is an answer.
pub fn scan_pick(act: &mut Act<'_>, walk: Walk, read: &Read) -> Result<Answer, Error> {
    let walked = lock(act, walk)?;
    let scan = walked.scan(&read.code);
    if let Some(why) = walked.of_other(act)? {
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let answer = match meant(act, &walked, read)? {
        Meant::Bin(bin) => stand(act, &walked, scan, &bin)?,
        Meant::Goods(product, units) => take(act, &walked, scan, &product, units)?,
        Meant::Nothing => {
            let why = format!("No bin and no product is called {}.", read.code);
            scan.keep(act, Answer::no(why), &[])?
        }
    };
    walked.tell(act)?;
    Ok(answer)
}

enum Meant {
    Bin(Location),
    Goods(Product, Quantity),
    Nothing,
}

fn meant(conn: &mut PgConnection, walked: &Walked, read: &Read) -> QueryResult<Meant> {
    if let Some(bin) = catalog::bin_called(conn, walked.warehouse, &read.code)? {
        return Ok(Meant::Bin(bin));
    }
    let goods = catalog::product_scanned(conn, &read.code)?;
    Ok(goods.map_or(Meant::Nothing, |(product, units)| {
        Meant::Goods(product, units.times(read.times))
    }))
}

impl Walked {
    pub(super) fn scan(&self, code: &str) -> Scan {
        let (batch_id, shipment_id) = self.walk.ids();
        Scan {
            batch_id,
            shipment_id,
            ..Scan::of(Stage::Pick, self.warehouse, code)
        }
    }
}

/// The picker stands before a bin.
fn stand(act: &mut Act<'_>, walked: &Walked, scan: Scan, bin: &Location) -> Result<Answer, Error> {
    let stops = queries::stops(act, walked.walk, None)?;
    let here: Quantity = stops
        .iter()
        .filter(|stop| stop.bin_id == Some(bin.id))
        .map(Stop::left)
        .sum();
    let scan = Scan {
        location_id: Some(bin.id),
        ..scan
    };
    let answer = match here.get() {
        0 => {
            let over = walked.is_over(act)?;
            let why =
                over.unwrap_or_else(|| format!("Nothing is to be taken out of {}.", bin.code));
            Answer::no(why)
        }
        units => Answer::of(Outcome::Opened, format!("{}: {units} to take.", bin.code)),
    };
    Ok(scan.keep(act, answer, &[])?)
}

/// Units are taken out of the bin the picker stands before.
fn take(
    act: &mut Act<'_>,
    walked: &Walked,
    scan: Scan,
    product: &Product,
    units: Quantity,
) -> Result<Answer, Error> {
    walked.lock_parcels(act, product.id)?;
    let stops = queries::stops(act, walked.walk, Some(product.id))?;
    let bin = match stops.iter().any(|stop| stop.bin_id.is_some()) {
        true => queries::standing_before(act, walked.walk)?,
        false => None,
    };
    let scan = Scan {
        product_id: Some(product.id),
        location_id: bin,
        units,
        ..scan
    };
    let here: Vec<&Stop> = stops
        .iter()
        .filter(|stop| is_here(stop, bin) && !stop.left().is_zero())
        .collect();
    let left: Quantity = here.iter().map(|stop| stop.left()).sum();
    if units > left {
        let over = walked.is_over(act)?;
        let why = over.unwrap_or_else(|| refusal(&stops, (product, units), left, bin));
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let scan = Scan {
        location_id: here.first().and_then(|stop| stop.bin_id),
        ..scan
    };
    let shares = shared_out(here.iter().map(|stop| (stop.line, stop.left())), units);
    set_based!(
        "update shipment_lines l set picked = l.picked + u.units from :rows where l.id = u.line",
        &shares, |(line, units)| line: BigInt = *line, units: Integer = *units
    )
    .execute(act.conn())?;
    let words = taken(&here, &shares, left.less(units));
    let answer = scan.keep(act, Answer::of(Outcome::Counted, words), &shares)?;
    finish(act, walked)?;
    Ok(answer)
}

/// What lies in no bin is taken wherever it is found.
fn is_here(stop: &Stop, bin: Option<LocationId>) -> bool {
    stop.bin_id.is_none() || stop.bin_id == bin
}

/// Why units of a product are not taken here.
fn refusal(
    stops: &[Stop],
    (product, units): (&Product, Quantity),
    left: Quantity,
    bin: Option<LocationId>,
) -> String {
    let sku = &product.sku;
    let next = stops.iter().find(|stop| !stop.left().is_zero());
    match (next, left.get()) {
        (None, _) if stops.is_empty() => format!("No: {sku} is not to be picked."),
        (None, _) => format!("No: all of {sku} are picked."),
        (Some(stop), 0) if bin.is_none() => {
            format!("Scan the bin first: {sku} lies in {}.", stop.bin)
        }
        (Some(stop), 0) => format!("No: {sku} is not taken here, but out of {}.", stop.bin),
        (Some(_), left) => format!("Too many: {left} more of {sku} here, not {units}."),
    }
}

/// `MUG: 2 into C. 3 left here.`
fn taken(
    here: &[&Stop],
    shares: &[(crate::types::ShipmentLineId, Quantity)],
    left: Quantity,
) -> String {
    let slot = |line| {
        let stop = here.iter().find(|stop| stop.line == line)?;
        stop.slot
    };
    let into: Vec<String> = shares
        .iter()
        .map(|(line, units)| match slot(*line) {
            Some(slot) => format!("{units} into {slot}"),
            None => units.to_string(),
        })
        .collect();
    let sku = here.first().map(|stop| stop.sku.to_string());
    let rest = match left.get() {
        0 => "All taken here.".to_owned(),
        left => format!("{left} left here."),
    };
    format!("{}: {}. {rest}", sku.unwrap_or_default(), into.join(", "))
}
