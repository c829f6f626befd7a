//! Parcels take fewer units than were set aside for them: what is not there is left out.

mod bins;
mod less;

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use self::bins::{out_of_bins, uncount};
use self::less::{Less, in_words, lines, with_sets};
use super::step::{OpenAt, Step};
use crate::db::{Act, announce, set_based, sql};
use crate::preparation::{Error, Shipment, ShipmentStatus, ShortReason};
use crate::sales;
use crate::schema::shipments;
use crate::stock::{self, Cause, CauseKind, Happening, ShippingPolicy, Shortage};
use crate::types::{
    Event, LocationId, OrderId, Quantity, RecordRef, ShipmentId, ShipmentLineId, UnitsOf,
};

/// Units of a line of a parcel that are not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeftOut {
    pub line: ShipmentLineId,
    /// Where they should lie; none: nobody says.
    pub bin: Option<LocationId>,
    pub units: Quantity,
}

/// The parcels take so much less. Nobody is promised what is missing before it is counted; an order that
/// leaves wholly or not at all gets its parcel given back. Answers in words what was taken already and
/// has to be put back; may be empty.
pub(super) fn leave_out(
    act: &mut Act<'_>,
    left_out: &[LeftOut],
    reason: ShortReason,
) -> Result<String, Error> {
    let parcels = lock_parcels(act, left_out)?;
    let mut less = with_sets(lines(act, &parcels)?, left_out);
    out_of_bins(act, &mut less)?;
    let whole = given_up(act, &parcels)?;
    happen(act, &less, &parcels, &whole, reason)?;
    take_less(act, &less)?;
    let empty = emptied(act, &parcels)?;
    let over: BTreeSet<ShipmentId> = whole.iter().copied().chain(empty).collect();
    end(act, &parcels, &over)?;
    uncount(act, &less)?;
    note(act, &less, &parcels, reason)?;
    Ok(in_words(&less, &parcels, &over))
}

/// The orders, then their parcels, each by id.
fn lock_parcels(act: &mut Act<'_>, left_out: &[LeftOut]) -> Result<Vec<Shipment>, Error> {
    use crate::schema::shipment_lines;
    let lines = left_out.iter().map(|each| each.line);
    let of_lines = shipment_lines::table
        .filter(shipment_lines::id.eq_any(lines))
        .select(shipment_lines::shipment_id)
        .distinct();
    let ids: Vec<ShipmentId> = of_lines.load(act.conn())?;
    let orders: Vec<OrderId> = shipments::table
        .filter(shipments::id.eq_any(&ids))
        .order(shipments::order_id)
        .select(shipments::order_id)
        .load(act.conn())?;
    for order in orders {
        sales::lock_unclosed(act, order)?;
    }
    let parcels: Vec<Shipment> = Shipment::query()
        .filter(shipments::id.eq_any(&ids))
        .order(shipments::id)
        .for_update()
        .load(act.conn())?;
    match parcels.iter().find(|parcel| !parcel.status.is_under_way()) {
        Some(over) => Err(over.clone().refuses(ShipmentStatus::Picked)),
        None => Ok(parcels),
    }
}

/// Parcels of orders that leave wholly or not at all.
fn given_up(conn: &mut PgConnection, parcels: &[Shipment]) -> QueryResult<BTreeSet<ShipmentId>> {
    use crate::schema::orders;
    let of = parcels.iter().map(|parcel| parcel.order_id);
    let whole: Vec<OrderId> = orders::table
        .filter(orders::id.eq_any(of))
        .filter(orders::shipping_policy.eq(ShippingPolicy::CompleteOnly))
        .select(orders::id)
        .load(conn)?;
    let whole = |parcel: &&Shipment| whole.contains(&parcel.order_id);
    Ok(parcels.iter().filter(whole).map(|each| each.id).collect())
}

fn happen(
    act: &mut Act<'_>,
    less: &[Less],
    parcels: &[Shipment],
    whole: &BTreeSet<ShipmentId>,
    reason: ShortReason,
) -> Result<(), Error> {
    let mut happenings = Vec::new();
    for each in less {
        let line = each.line.order_line_id;
        let gone = each.missing.iter().map(|part| (part, true));
        let all = gone.chain(each.along.iter().map(|part| (part, false)));
        happenings.extend(all.map(|((bin, quantity), missing)| Happening::LeaveOut {
            line,
            bin: *bin,
            quantity: *quantity,
            missing,
        }));
    }
    let given_up = parcels.iter().filter(|parcel| whole.contains(&parcel.id));
    happenings.extend(given_up.map(|parcel| Happening::PutBack {
        order: parcel.order_id,
        warehouse: parcel.warehouse_id,
    }));
    let cause = Cause::of(CauseKind::Preparation).because(format!("Short: {}", reason.label()));
    stock::change(act, &cause, &happenings)?;
    let short = less.iter().flat_map(|each| {
        let missing = each.missing.iter();
        missing.map(|(bin, units)| Shortage {
            line: each.line.order_line_id,
            bin: *bin,
            units: *units,
            reason: reason.as_str(),
        })
    });
    let short: Vec<Shortage> = short.collect();
    Ok(stock::keep_shortages(act, &short)?)
}

fn take_less(act: &mut Act<'_>, less: &[Less]) -> QueryResult<()> {
    let rows: Vec<(ShipmentLineId, Quantity)> = less
        .iter()
        .map(|each| (each.line.id, each.line.quantity.less(each.units())))
        .collect();
    let (gone, kept): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, keeps)| keeps.is_zero());
    if !kept.is_empty() {
        set_based!(
            "update shipment_lines l set quantity = u.keeps, picked = least(l.picked, u.keeps),
               packed = least(l.packed, u.keeps)
             from :rows where l.id = u.line",
            kept, |(line, keeps)| line: BigInt = *line, keeps: Integer = *keeps
        )
        .execute(act.conn())?;
    }
    if !gone.is_empty() {
        let ids: Vec<ShipmentLineId> = gone.into_iter().map(|(line, _)| line).collect();
        sql!(
            "with scanned as (delete from scan_lines where shipment_line_id = any(:lines))
             delete from shipment_lines where id = any(:lines)",
            lines: Array<BigInt> = ids,
        )
        .execute(act.conn())?;
    }
    Ok(())
}

/// Parcels of which nothing is left.
fn emptied(conn: &mut PgConnection, parcels: &[Shipment]) -> QueryResult<Vec<ShipmentId>> {
    use crate::schema::shipment_lines;
    let left = shipment_lines::table.filter(shipment_lines::shipment_id.eq(shipments::id));
    shipments::table
        .filter(shipments::id.eq_any(parcels.iter().map(|parcel| parcel.id)))
        .filter(diesel::dsl::not(diesel::dsl::exists(left)))
        .select(shipments::id)
        .load(conn)
}

fn end(act: &mut Act<'_>, parcels: &[Shipment], over: &BTreeSet<ShipmentId>) -> QueryResult<()> {
    let ended = parcels.iter().filter(|parcel| over.contains(&parcel.id));
    let mut events = Vec::new();
    for parcel in ended {
        let given_back = Event::ParcelGivenBack {
            parcel: parcel.number.clone(),
        };
        events.push((RecordRef::Order(parcel.order_id), given_back.clone()));
        events.push((parcel.record(), given_back));
    }
    diesel::update(shipments::table.filter(shipments::id.eq_any(over)))
        .set((
            Step::to(ShipmentStatus::Cancelled, act.at()),
            OpenAt::NOBODY,
        ))
        .execute(act.conn())?;
    act.note_each(&events)
}

fn note(
    act: &mut Act<'_>,
    less: &[Less],
    parcels: &[Shipment],
    reason: ShortReason,
) -> QueryResult<()> {
    let of: HashMap<ShipmentId, &Shipment> =
        parcels.iter().map(|parcel| (parcel.id, parcel)).collect();
    let mut events = Vec::new();
    let mut topics = Vec::new();
    for each in less.iter().filter(|each| !each.missing.is_empty()) {
        let Some(parcel) = of.get(&each.line.shipment_id) else {
            continue;
        };
        let short = Event::PickedShort {
            short: UnitsOf {
                sku: each.line.sku.clone(),
                units: each.missing.iter().map(|(_, units)| *units).sum(),
            },
            reason: reason.label().to_owned(),
        };
        events.push((RecordRef::Order(parcel.order_id), short.clone()));
        events.push((parcel.record(), short));
        topics.extend(parcel.topics());
    }
    act.note_each(&events)?;
    announce(act, &topics)
}
