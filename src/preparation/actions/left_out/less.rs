//! What parcels take less, with the parts of kits that cannot go without it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::LeftOut;
use super::bins::Part;
use crate::db::sql;
use crate::preparation::Shipment;
use crate::types::{OrderLineId, Quantity, ShipmentId, ShipmentLineId, Sku};

/// A line of a parcel of which units are left out, or which is in a set with one.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(super) struct Line {
    #[diesel(sql_type = BigInt)]
    pub(super) id: ShipmentLineId,
    #[diesel(sql_type = BigInt)]
    pub(super) shipment_id: ShipmentId,
    #[diesel(sql_type = BigInt)]
    pub(super) order_line_id: OrderLineId,
    #[diesel(sql_type = Integer)]
    pub(super) quantity: Quantity,
    #[diesel(sql_type = Integer)]
    pub(super) picked: Quantity,
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub(super) sku: Sku,
    /// The kit whose whole sets it is a part of.
    #[diesel(sql_type = diesel::sql_types::Nullable<BigInt>)]
    pub(super) kit: Option<OrderLineId>,
    #[diesel(sql_type = Integer)]
    pub(super) per_kit: Quantity,
}

/// What parcels take less: units that are missing, and those that cannot go without them.
pub(super) struct Less {
    pub(super) line: Line,
    pub(super) missing: Vec<Part>,
    /// Parts of kits that are not whole any more.
    pub(super) along: Vec<Part>,
}

impl Less {
    pub(super) fn units(&self) -> Quantity {
        let parts = self.missing.iter().chain(&self.along);
        parts.map(|(_, units)| *units).sum()
    }

    /// Units that were taken off the shelf and go back there.
    fn put_back(&self) -> Quantity {
        let keeps = self.line.quantity.less(self.units());
        self.line.picked.less(keeps)
    }
}

pub(super) fn lines(conn: &mut PgConnection, parcels: &[Shipment]) -> QueryResult<Vec<Line>> {
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
pub(super) fn with_sets(lines: Vec<Line>, left_out: &[LeftOut]) -> Vec<Less> {
    let mut less: Vec<Less> = lines
        .into_iter()
        .map(|line| {
            let missing = left_out.iter().filter(|each| each.line == line.id);
            Less {
                missing: missing.map(|each| (each.bin, each.units)).collect(),
                along: Vec::new(),
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
            let along = each.line.quantity.less(each.units()).less(keeps);
            each.along.push((None, along));
        }
    }
    less.retain(|each| !each.units().is_zero());
    less
}

/// `Put back: 1 of LID from C.`
pub(super) fn in_words(less: &[Less], parcels: &[Shipment], over: &BTreeSet<ShipmentId>) -> String {
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
