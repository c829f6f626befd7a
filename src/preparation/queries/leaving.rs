//! What is packed and waits for its carrier, and what customers are told of what left.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text};

use crate::db::sql;
use crate::preparation::carrier;
use crate::preparation::manifest::carrier_words;
use crate::schema::shipments;
use crate::types::{CarrierId, OrderId, Quantity, RecordRef, ShipmentId, WarehouseId};

/// The carrier `k` that a parcel `s` of an order `o` would leave with, if it is one of ours: the one it
/// is labelled for, else the one whose method its order names.
pub(super) const BY: &str = "
    left join shipping_methods sm on s.carrier = '' and lower(sm.name) = lower(o.shipping_method)
    left join carriers k on k.is_active
      and (k.id = sm.carrier_id or s.carrier <> '' and lower(k.name) = lower(s.carrier))";

/// A parcel that is packed.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Packed {
    #[diesel(sql_type = BigInt)]
    pub id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    pub country: String,
    /// Who would carry it; may be empty.
    #[diesel(sql_type = Text)]
    pub carrier: String,
    /// One of ours.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub carrier_id: Option<CarrierId>,
    /// Until when that takes parcels; may be empty.
    #[diesel(sql_type = Text)]
    pub cut_off: String,
    #[diesel(sql_type = Bool)]
    needs_tracking: bool,
    /// May be empty.
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
}

impl Packed {
    pub fn path(&self) -> String {
        RecordRef::Shipment(self.id).path()
    }

    /// Who would carry it, in words.
    pub fn carrier_words(&self) -> &str {
        carrier_words(&self.carrier)
    }

    /// Whether its carrier takes it only with a number that it has not.
    pub fn lacks_tracking(&self) -> bool {
        self.needs_tracking && self.tracking_number.is_empty()
    }
}

/// What is packed in a warehouse, by carrier and number.
pub fn packed(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<Vec<Packed>> {
    let text = format!(
        "select s.id, s.number, o.number as order_number, c.name as customer, o.country,
           coalesce(k.name, nullif(s.carrier, ''), o.shipping_method) as carrier, k.id as carrier_id,
           coalesce(k.cut_off, '') as cut_off, coalesce(k.needs_tracking, false) as needs_tracking,
           s.tracking_number, coalesce((
             select sum(l.quantity) from shipment_lines l where l.shipment_id = s.id
           ), 0)::int4 as units
         from shipments s
         join orders o on o.id = s.order_id
         join customers c on c.id = o.customer_id
         {BY}
         where s.warehouse_id = :warehouse and s.status = 'packed'
         order by lower(coalesce(k.name, nullif(s.carrier, ''), o.shipping_method)), s.id"
    );
    sql!(text, warehouse: BigInt = warehouse).load(conn)
}

/// The warehouses of parcels.
pub fn warehouses_of(
    conn: &mut PgConnection,
    parcels: &[ShipmentId],
) -> QueryResult<Vec<WarehouseId>> {
    shipments::table
        .filter(shipments::id.eq_any(parcels))
        .select(shipments::warehouse_id)
        .distinct()
        .load(conn)
}

/// A packed parcel as a carrier's file describes it.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct Described {
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub external_reference: String,
    /// Number of the customer.
    #[diesel(sql_type = Text)]
    pub customer: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Lines of an address.
    #[diesel(sql_type = Text)]
    pub ship_to: String,
    #[diesel(sql_type = Text)]
    pub country: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Text)]
    pub phone: String,
    #[diesel(sql_type = Text)]
    pub method: String,
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    #[diesel(sql_type = BigInt)]
    pub grams: i64,
}

/// What is packed for a carrier, in one warehouse or in all, by number.
pub fn described(
    conn: &mut PgConnection,
    carrier: CarrierId,
    warehouse: Option<WarehouseId>,
) -> QueryResult<Vec<Described>> {
    let text = format!(
        "select s.number, o.number as order_number, o.external_reference, c.code as customer, c.name,
           o.ship_to, o.country, coalesce(nullif(o.email, ''), c.email) as email, c.phone,
           o.shipping_method as method, s.tracking_number, l.units, l.grams
         from shipments s
         join orders o on o.id = s.order_id
         join customers c on c.id = o.customer_id
         {BY}
         cross join lateral (
           select coalesce(sum(l.quantity), 0) as units,
             coalesce(sum(l.quantity::bigint * p.weight_grams), 0)::bigint as grams
           from shipment_lines l join products p on p.id = l.product_id where l.shipment_id = s.id
         ) l
         where s.status = 'packed' and k.id = :carrier
           and (:warehouse is null or s.warehouse_id = :warehouse)
         order by s.id"
    );
    sql!(
        text,
        carrier: BigInt = carrier,
        warehouse: Nullable<BigInt> = warehouse,
    )
    .load(conn)
}

/// A parcel that left, as its customer is told.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ToTell {
    #[diesel(sql_type = BigInt)]
    pub id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// That of the order, else of the customer; may be empty.
    #[diesel(sql_type = Text)]
    pub address: String,
    #[diesel(sql_type = Text)]
    pub carrier: String,
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = Text)]
    tracking_link: String,
    /// `- 2 × Mug`, one below another.
    #[diesel(sql_type = Text)]
    pub lines: String,
}

impl ToTell {
    /// Where it is followed on its way; none: nobody says where.
    pub fn followed_at(&self) -> Option<String> {
        carrier::follow(&self.tracking_link, &self.tracking_number)
    }
}

/// Those of these parcels of which no customer was told yet, by number.
pub fn to_tell(conn: &mut PgConnection, parcels: &[ShipmentId]) -> QueryResult<Vec<ToTell>> {
    sql!(
        "select s.id, s.number, s.order_id, o.number as order_number, c.name as customer,
           coalesce(nullif(o.email, ''), c.email) as address, s.carrier, s.tracking_number,
           coalesce(k.tracking_link, '') as tracking_link, coalesce((
             select string_agg('- ' || l.quantity || ' × ' || p.name, e'\\n' order by ol.line_number)
             from shipment_lines l
             join order_lines ol on ol.id = l.order_line_id
             join products p on p.id = l.product_id
             where l.shipment_id = s.id
           ), '') as lines
         from shipments s
         join orders o on o.id = s.order_id
         join customers c on c.id = o.customer_id
         left join carriers k on k.id = s.carrier_id
         where s.id = any(:parcels) and s.told_at is null
         order by s.id",
        parcels: Array<BigInt> = parcels,
    )
    .load(conn)
}
