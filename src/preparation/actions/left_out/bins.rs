//! Out of which bins parcels take less, and which scans count no more for it.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::less::Less;
use crate::db::{Act, sql};
use crate::types::{LocationId, Quantity, ShipmentLineId};

/// Units in one bin; none: wherever they lie.
pub(super) type Part = (Option<LocationId>, Quantity);

/// Units of a line that are kept for it in a bin.
#[derive(Debug, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Held {
    #[diesel(sql_type = BigInt)]
    line: ShipmentLineId,
    #[diesel(sql_type = BigInt)]
    bin: LocationId,
    #[diesel(sql_type = Integer)]
    units: Quantity,
    /// Of these, units that a picker took out of it.
    #[diesel(sql_type = Integer)]
    taken: Quantity,
}

/// Says of each unit that is left out in which bin it lies. What was not taken out of one stays there before what
/// was: least has to be put back.
pub(super) fn out_of_bins(conn: &mut PgConnection, less: &mut [Less]) -> QueryResult<()> {
    let mut held: Vec<Held> = sql!(
        "select l.id as line, h.location_id as bin, h.quantity as units, least(h.quantity, coalesce((
             select sum(n.units) from scan_lines n join scans c on c.id = n.scan_id
             where n.shipment_line_id = l.id and c.stage = 'pick' and c.location_id = h.location_id), 0))::int4 as taken
         from shipment_lines l join bin_holds h on h.order_line_id = l.order_line_id
         where l.id = any(:lines) order by 1, 2",
        lines: Array<BigInt> = ids(less),
    )
    .load(conn)?;
    for each in less {
        let of_line = held.iter_mut().filter(|held| held.line == each.line.id);
        let mut bins: Vec<&mut Held> = of_line.collect();
        let (said, unsaid): (Vec<Part>, Vec<Part>) =
            each.missing.iter().partition(|(bin, _)| bin.is_some());
        for (bin, units) in &said {
            let there = bins.iter_mut().find(|held| Some(held.bin) == *bin);
            there.into_iter().for_each(|held| held.give(*units));
        }
        each.missing = said;
        for (_, units) in unsaid {
            each.missing.extend(out_of(&mut bins, units));
        }
        let along = each.along.iter().map(|(_, units)| *units).sum();
        each.along = out_of(&mut bins, along);
    }
    Ok(())
}

impl Held {
    fn give(&mut self, units: Quantity) {
        self.units = self.units.less(units);
    }
}

fn out_of(bins: &mut [&mut Held], units: Quantity) -> Vec<Part> {
    let mut left = units;
    let mut parts = Vec::new();
    for also_taken in [false, true] {
        for bin in bins.iter_mut() {
            let there = match also_taken {
                true => bin.units,
                false => bin.units.less(bin.taken),
            };
            let part = there.min(left);
            bin.give(part);
            left = left.less(part);
            parts.push((Some(bin.bin), part));
        }
    }
    parts.push((None, left));
    parts.retain(|(_, units)| !units.is_zero());
    parts
}

/// What is put back counts no more: of the scans of a line, the last lose what is over.
pub(super) fn uncount(act: &mut Act<'_>, less: &[Less]) -> QueryResult<()> {
    sql!(
        "with lines as (
           select l.id, l.quantity, l.packed, l.order_line_id
           from shipment_lines l join shipments s on s.id = l.shipment_id
           where l.id = any(:lines) and s.status <> 'cancelled'
         ), room as (
           select l.id as line, 'pick' as stage, h.location_id, h.quantity as units
           from lines l join bin_holds h on h.order_line_id = l.order_line_id
           union all
           select l.id, 'pick', null, l.quantity - coalesce(
             (select sum(h.quantity) from bin_holds h where h.order_line_id = l.order_line_id), 0)
           from lines l
           union all
           select l.id, 'pack', null, l.packed from lines l
         ), counted as (
           select n.scan_id, n.shipment_line_id as line, n.units, c.stage, c.location_id, sum(n.units) over (
             partition by n.shipment_line_id, c.stage, c.location_id order by n.scan_id) as upto
           from lines l join scan_lines n on n.shipment_line_id = l.id join scans c on c.id = n.scan_id
         ), over as (
           select c.scan_id, c.line, coalesce(r.units, 0) - (c.upto - c.units) as keeps
           from counted c
           left join room r on r.line = c.line and r.stage = c.stage and r.location_id is not distinct from c.location_id
           where c.upto > coalesce(r.units, 0)
         ), gone as (
           delete from scan_lines n using over o
           where n.scan_id = o.scan_id and n.shipment_line_id = o.line and o.keeps <= 0
         )
         update scan_lines n set units = o.keeps from over o
         where n.scan_id = o.scan_id and n.shipment_line_id = o.line and o.keeps > 0",
        lines: Array<BigInt> = ids(less),
    )
    .execute(act.conn())?;
    Ok(())
}

fn ids(less: &[Less]) -> Vec<ShipmentLineId> {
    less.iter().map(|each| each.line.id).collect()
}
