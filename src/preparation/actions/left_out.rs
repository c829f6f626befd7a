//! Parcels take fewer units than were set aside for them: what is not there is left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::step::{OpenAt, Step};
use crate::db::{Act, announce, set_based, sql};
use crate::preparation::{Error, Shipment, ShipmentStatus, ShortReason};
use crate::sales;
use crate::schema::shipments;
use crate::stock::{self, Cause, CauseKind, Happening, ShippingPolicy, Shortage};
use crate::types::{
    Event, LocationId, OrderId, OrderLineId, Quantity, RecordRef, ShipmentId, ShipmentLineId, Sku,
};

/// Units of a line of a parcel that are not there.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeftOut {
    pub line: ShipmentLineId,
    /// Where they should lie; none: nobody says.
    pub bin: Option<LocationId>,
    pub units: Quantity,
}

/// A line of a parcel of which units are left out, or which is in a set with one.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Line {
    #[diesel(sql_type = BigInt)]
    id: ShipmentLineId,
    #[diesel(sql_type = BigInt)]
    shipment_id: ShipmentId,
    #[diesel(sql_type = BigInt)]
    order_line_id: OrderLineId,
    #[diesel(sql_type = Integer)]
    quantity: Quantity,
    #[diesel(sql_type = Integer)]
    picked: Quantity,
    #[diesel(sql_type = diesel::sql_types::Text)]
    sku: Sku,
    /// The kit whose whole sets it is a part of.
    #[diesel(sql_type = diesel::sql_types::Nullable<BigInt>)]
    kit: Option<OrderLineId>,
    #[diesel(sql_type = Integer)]
    per_kit: Quantity,
}

/// What parcels take less: units that are missing, and those that cannot go without them.
struct Less {
    line: Line,
    missing: Vec<(Option<LocationId>, Quantity)>,
    /// Parts of kits that are not whole any more.
    along: Quantity,
}

impl Less {
    fn units(&self) -> Quantity {
        let missing: Quantity = self.missing.iter().map(|(_, units)| *units).sum();
        missing + self.along
    }

    /// Units that were taken off the shelf and go back there.
    fn put_back(&self) -> Quantity {
        let keeps = self.line.quantity.less(self.units());
        self.line.picked.less(keeps)
    }
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
    let less = with_sets(lines(act, &parcels)?, left_out);
    let whole = given_up(act, &parcels)?;
    happen(act, &less, &parcels, &whole, reason)?;
    take_less(act, &less)?;
    let empty = emptied(act, &parcels)?;
    let over: BTreeSet<ShipmentId> = whole.iter().copied().chain(empty).collect();
    end(act, &parcels, &over)?;
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

fn lines(conn: &mut PgConnection, parcels: &[Shipment]) -> QueryResult<Vec<Line>> {
    let ids: Vec<ShipmentId> = parcels.iter().map(|parcel| parcel.id).collect();
    sql!(
        "select sl.id, sl.shipment_id, sl.order_line_id, sl.quantity, sl.picked, p.sku,
           case when l.parts_in_kit is not null then l.kit_line_id end as kit, coalesce(l.per_kit, 1) as per_kit
         from shipment_lines sl
         join order_lines l on l.id = sl.order_line_id
         join products p on p.id = sl.product_id
         where sl.shipment_id = any(:parcels)
         order by sl.shipment_id, l.line_number",
        parcels: Array<BigInt> = ids,
    )
    .load(conn)
}

/// What is missing of a part leaves the other parts of its sets behind.
fn with_sets(lines: Vec<Line>, left_out: &[LeftOut]) -> Vec<Less> {
    let mut less: Vec<Less> = lines
        .into_iter()
        .map(|line| {
            let missing = left_out.iter().filter(|each| each.line == line.id);
            Less {
                missing: missing.map(|each| (each.bin, each.units)).collect(),
                along: Quantity::ZERO,
                line,
            }
        })
        .collect();
    let mut sets: BTreeMap<OrderLineId, Quantity> = BTreeMap::new();
    for each in &less {
        let Some(kit) = each.line.kit else { continue };
        let keeps = each
            .line
            .quantity
            .less(each.units())
            .over(each.line.per_kit);
        let sets = sets.entry(kit).or_insert(keeps);
        *sets = (*sets).min(keeps);
    }
    for each in &mut less {
        if let Some(whole) = each.line.kit.and_then(|kit| sets.get(&kit)) {
            let keeps = whole.times(each.line.per_kit);
            each.along = each.line.quantity.less(each.units()).less(keeps);
        }
    }
    less.retain(|each| !each.units().is_zero());
    less
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
        let gone = each.missing.iter().map(|(bin, units)| (*bin, *units, true));
        let all = gone.chain([(None, each.along, false)]);
        let all = all.filter(|(_, units, _)| !units.is_zero());
        happenings.extend(all.map(|(bin, quantity, missing)| Happening::LeaveOut {
            line,
            bin,
            quantity,
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
            units: each.missing.iter().map(|(_, units)| *units).sum(),
            sku: each.line.sku.clone(),
            reason: reason.label().to_owned(),
        };
        events.push((RecordRef::Order(parcel.order_id), short.clone()));
        events.push((parcel.record(), short));
        topics.extend(parcel.topics());
    }
    act.note_each(&events)?;
    announce(act, &topics)
}

/// `Put back: 1 of LID from C.`
fn in_words(less: &[Less], parcels: &[Shipment], over: &BTreeSet<ShipmentId>) -> String {
    let mut put_back = Vec::new();
    for each in less.iter().filter(|each| !each.put_back().is_zero()) {
        put_back.push(format!("{} of {}", each.put_back(), each.line.sku));
    }
    let mut words = match put_back.is_empty() {
        true => String::new(),
        false => format!("Put back: {}. ", put_back.join(", ")),
    };
    for parcel in parcels.iter().filter(|parcel| over.contains(&parcel.id)) {
        let slot = parcel
            .slot
            .map_or_else(String::new, |slot| format!(" (slot {slot})"));
        words.push_str(&format!(
            "{}{slot} is given back: put its units back on their shelves. ",
            parcel.number
        ));
    }
    words.trim_end().to_owned()
}
