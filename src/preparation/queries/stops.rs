//! The stops of a walk: what is still to be taken out of which bin, and for which parcels.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use crate::db::sql;
use crate::preparation::{Outcome, Slot, Stage, Walk};
use crate::schema::scans;
use crate::types::{
    LocationId, OrderId, OrderLineId, ProductId, Quantity, ShipmentId, ShipmentLineId, Sku,
};

/// Units of a line of a parcel in one bin.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Stop {
    #[diesel(sql_type = BigInt)]
    pub line: ShipmentLineId,
    #[diesel(sql_type = BigInt)]
    pub order_line: OrderLineId,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    pub parcel: ShipmentId,
    #[diesel(sql_type = Text)]
    pub parcel_number: String,
    #[diesel(sql_type = Nullable<Integer>)]
    pub slot: Option<Slot>,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Bool)]
    pub has_picture: bool,
    /// None: wherever it lies.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub bin_id: Option<LocationId>,
    /// Its code; empty: wherever it lies.
    #[diesel(sql_type = Text)]
    pub bin: String,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    /// Of these, units that were scanned.
    #[diesel(sql_type = Integer)]
    pub picked: Quantity,
    /// The kit they are a part of; may be empty.
    #[diesel(sql_type = Text)]
    pub kit: String,
}

impl Stop {
    /// Units that are still to be taken.
    pub fn left(&self) -> Quantity {
        self.units.less(self.picked)
    }
}

/// The stops of the parcels of a walk that are still to be picked, in its order; all products, or one. Of equals
/// the parcel that was prepared first comes first.
pub fn stops(
    conn: &mut PgConnection,
    walk: Walk,
    product: Option<ProductId>,
) -> QueryResult<Vec<Stop>> {
    let (batch, parcel) = walk.ids();
    sql!(
        "with lines as (
           select sl.id, sl.order_line_id, sl.product_id, sl.quantity, sl.picked, s.id as shipment_id, s.number,
             s.order_id, s.slot
           from shipments s join shipment_lines sl on sl.shipment_id = s.id
           where (s.batch_id = :batch or s.id = :parcel) and s.status = 'to_pick'
             and (:product::int8 is null or sl.product_id = :product)
         ), scanned as (
           select n.shipment_line_id, c.location_id, sum(n.units) as units
           from lines l
           join scan_lines n on n.shipment_line_id = l.id
           join scans c on c.id = n.scan_id and c.stage = 'pick'
           group by 1, 2
         ), held as (
           select l.id, h.location_id, h.quantity as units, coalesce(s.units, 0) as picked
           from lines l
           join bin_holds h on h.order_line_id = l.order_line_id
           left join scanned s on s.shipment_line_id = l.id and s.location_id = h.location_id
         ), parts as (
           select * from held
           union all
           select l.id, null, l.quantity - coalesce(h.units, 0), coalesce(s.units, 0)
           from lines l
           left join (select id, sum(units) as units from held group by 1) h on h.id = l.id
           left join scanned s on s.shipment_line_id = l.id and s.location_id is null
           where l.quantity > coalesce(h.units, 0)
         )
         select l.id as line, l.order_line_id as order_line, l.order_id, l.shipment_id as parcel,
           l.number as parcel_number, l.slot, p.id as product_id, p.sku, p.name as product,
           exists (select from product_pictures i where i.product_id = p.id) as has_picture,
           b.id as bin_id, coalesce(b.code, '') as bin, t.units::int4 as units,
           least(t.picked, t.units)::int4 as picked, coalesce(kit.sku, '') as kit
         from parts t
         join lines l on l.id = t.id
         join products p on p.id = l.product_id
         join order_lines o on o.id = l.order_line_id
         left join order_lines sold on sold.id = o.kit_line_id
         left join products kit on kit.id = sold.product_id
         left join locations b on b.id = t.location_id
         order by b.walk nulls last, b.code, p.sku, l.slot, l.shipment_id, l.id",
        batch: Nullable<BigInt> = batch,
        parcel: Nullable<BigInt> = parcel,
        product: Nullable<BigInt> = product,
    )
    .load(conn)
}

/// The bin the picker of a walk stands before: the one that was scanned last; none: no bin was.
pub fn standing_before(conn: &mut PgConnection, walk: Walk) -> QueryResult<Option<LocationId>> {
    let (batch, parcel) = walk.ids();
    let bins = scans::table
        .filter(scans::stage.eq(Stage::Pick))
        .filter(scans::outcome.eq(Outcome::Opened))
        .order(scans::id.desc())
        .select(scans::location_id);
    let bin: Option<Option<LocationId>> = match (batch, parcel) {
        (Some(batch), _) => bins.filter(scans::batch_id.eq(batch)).first(conn),
        _ => bins.filter(scans::shipment_id.eq(parcel)).first(conn),
    }
    .optional()?;
    Ok(bin.flatten())
}

/// Units of a product to take out of one bin, and where they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub bin_id: Option<LocationId>,
    pub bin: String,
    pub product_id: ProductId,
    pub sku: Sku,
    pub product: String,
    pub has_picture: bool,
    /// The kits they are parts of; may be empty.
    pub kits: Vec<String>,
    /// Units still to take.
    pub left: Quantity,
    /// Of so many.
    pub units: Quantity,
    /// Places on the cart, or numbers of parcels, and the units that go there.
    pub into: Vec<(String, Quantity)>,
}

/// The legs of a walk on which units are left to take.
pub fn legs(stops: &[Stop]) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    for stop in stops {
        let same = |leg: &&mut Leg| (leg.bin_id, leg.product_id) == (stop.bin_id, stop.product_id);
        if legs.last_mut().filter(same).is_none() {
            legs.push(Leg::of(stop));
        }
        if let Some(leg) = legs.last_mut() {
            leg.add(stop);
        }
    }
    legs.retain(|leg| !leg.left.is_zero());
    legs
}

impl Leg {
    fn of(stop: &Stop) -> Self {
        Self {
            bin_id: stop.bin_id,
            bin: stop.bin.clone(),
            product_id: stop.product_id,
            sku: stop.sku.clone(),
            product: stop.product.clone(),
            has_picture: stop.has_picture,
            kits: Vec::new(),
            left: Quantity::ZERO,
            units: Quantity::ZERO,
            into: Vec::new(),
        }
    }

    fn add(&mut self, stop: &Stop) {
        self.left += stop.left();
        self.units += stop.units;
        if !stop.kit.is_empty() && !self.kits.contains(&stop.kit) {
            self.kits.push(stop.kit.clone());
        }
        if stop.left().is_zero() {
            return;
        }
        let into = match stop.slot {
            Some(slot) => slot.to_string(),
            None => stop.parcel_number.clone(),
        };
        match self.into.last_mut() {
            Some((last, units)) if *last == into => *units += stop.left(),
            _ => self.into.push((into, stop.left())),
        }
    }
}
