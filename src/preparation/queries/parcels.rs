//! One parcel, and the parcels of one order.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};

use crate::db::sql;
use crate::preparation::{Shipment, ShipmentStatus, carrier, manifest};
use crate::schema::{carriers, customers, manifests, orders, shipments, users, warehouses};
use crate::stock::LineLook;
use crate::types::{
    CustomerId, ManifestId, OrderId, OrderLineId, ProductId, Quantity, RecordRef, ShipmentId,
};

/// A parcel with what its page and its packing slip say about it.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = shipments)]
#[diesel(base_query = shipments::table
    .inner_join(orders::table.inner_join(customers::table))
    .inner_join(warehouses::table)
    .left_join(users::table.on(shipments::operator_id.eq(users::id.nullable())))
    .left_join(carriers::table)
    .left_join(manifests::table))]
pub struct Parcel {
    #[diesel(embed)]
    pub shipment: Shipment,
    #[diesel(select_expression = orders::number)]
    pub order_number: String,
    /// Why its order is on hold; empty when it is not.
    #[diesel(select_expression = orders::hold_reason)]
    pub hold_reason: String,
    #[diesel(select_expression = orders::ship_to)]
    pub ship_to: String,
    #[diesel(select_expression = orders::country)]
    pub country: String,
    #[diesel(select_expression = orders::shipping_method)]
    pub shipping_method: String,
    #[diesel(select_expression = orders::customer_id)]
    pub customer_id: CustomerId,
    #[diesel(select_expression = customers::name)]
    pub customer: String,
    #[diesel(select_expression = warehouses::name)]
    pub warehouse_name: String,
    #[diesel(select_expression = users::name.nullable())]
    pub operator: Option<String>,
    #[diesel(select_expression = carriers::tracking_link.nullable())]
    tracking_link: Option<String>,
    /// What it left on.
    #[diesel(select_expression = shipments::manifest_id)]
    manifest_id: Option<ManifestId>,
    #[diesel(select_expression = manifests::number.nullable())]
    manifest: Option<String>,
}

impl Parcel {
    /// Number and page of the manifest it left on.
    pub fn manifest(&self) -> Option<(&str, String)> {
        let number = self.manifest.as_deref()?;
        Some((number, manifest::path(self.manifest_id?)))
    }

    /// Where it is followed on its way; none: nobody says where.
    pub fn followed_at(&self) -> Option<String> {
        let link = self.tracking_link.as_deref()?;
        carrier::follow(link, &self.shipment.tracking_number)
    }
}

pub fn parcel(conn: &mut PgConnection, id: ShipmentId) -> QueryResult<Parcel> {
    Parcel::query().filter(shipments::id.eq(id)).first(conn)
}

/// Those of these parcels that there are, by number.
pub fn parcels(conn: &mut PgConnection, ids: &[ShipmentId]) -> QueryResult<Vec<Parcel>> {
    Parcel::query()
        .filter(shipments::id.eq_any(ids))
        .order(shipments::id)
        .load(conn)
}

/// A line of the order a parcel serves.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct ParcelLine {
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    /// The warehouse that serves it, when it is another one than the parcel's.
    #[diesel(sql_type = Nullable<Text>)]
    pub elsewhere: Option<String>,
    #[diesel(sql_type = Integer)]
    pub ordered: Quantity,
    #[diesel(sql_type = Integer)]
    pub shipped: Quantity,
    #[diesel(sql_type = Integer)]
    pub cancelled: Quantity,
    #[diesel(sql_type = Integer)]
    pub in_parcel: Quantity,
    /// Units that left in later parcels than this one.
    #[diesel(sql_type = Integer)]
    pub left_later: Quantity,
    #[diesel(sql_type = Integer)]
    pub reserved: Quantity,
    #[diesel(sql_type = Integer)]
    pub uncovered: Quantity,
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    pub order_line_id: OrderLineId,
    #[diesel(sql_type = Integer)]
    pub line_number: i32,
    /// Whether it stands for its parts: nothing of it lies in a parcel itself.
    #[diesel(sql_type = Bool)]
    pub is_kit: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub kit_line_id: Option<OrderLineId>,
    /// SKU of the kit it is a part of.
    #[diesel(sql_type = Nullable<Text>)]
    pub kit: Option<String>,
    /// Units of it in one kit; 1 of what is no part.
    #[diesel(sql_type = Integer)]
    pub per_kit: Quantity,
    /// Where the parcel takes it from, as long as it is under way: `3 in A-01, 2 in A-04`; empty
    /// where there are no bins.
    #[diesel(sql_type = Text)]
    pub bins: String,
}

impl ParcelLine {
    /// Units the customer has still to get after this parcel, as its packing slip says it.
    pub fn still_to_come(&self, status: ShipmentStatus) -> Quantity {
        let before = self.shipped.less(self.left_later);
        let there = before + self.under_way(status);
        self.ordered.less(self.cancelled).less(there)
    }

    /// Units that wait now, outside of a parcel under way.
    pub fn waiting(&self, status: ShipmentStatus) -> Quantity {
        let to_ship = self.ordered.less(self.shipped).less(self.cancelled);
        to_ship.less(self.under_way(status))
    }

    fn under_way(&self, status: ShipmentStatus) -> Quantity {
        if status.is_under_way() {
            self.in_parcel
        } else {
            Quantity::ZERO
        }
    }

    /// How what waits of it looks.
    pub fn waiting_look(&self, status: ShipmentStatus) -> LineLook {
        LineLook {
            ordered: self.waiting(status),
            reserved: self.reserved.less(self.under_way(status)),
            uncovered: self.uncovered,
            expected_on: self.expected_on,
            ..LineLook::default()
        }
    }
}

/// The lines of the order a parcel serves, in the order of the walk, where there are bins, else of the
/// order.
pub fn parcel_lines(conn: &mut PgConnection, shipment: ShipmentId) -> QueryResult<Vec<ParcelLine>> {
    let mut lines = lines_of_parcels(conn, &[shipment])?;
    Ok(lines.remove(&shipment).unwrap_or_default())
}

/// The same of several parcels, in one statement.
pub fn lines_of_parcels(
    conn: &mut PgConnection,
    shipments: &[ShipmentId],
) -> QueryResult<HashMap<ShipmentId, Vec<ParcelLine>>> {
    let rows: Vec<OfParcel> = sql!(
        "select s.id as shipment_id, p.sku, p.name as product, p.id as product_id,
           case when l.warehouse_id <> s.warehouse_id then w.code end as elsewhere,
           l.ordered, l.shipped, l.cancelled, coalesce(sl.quantity, 0) as in_parcel,
           coalesce((
             select sum(other.quantity) from shipment_lines other
             join shipments later on later.id = other.shipment_id
             where other.order_line_id = l.id and later.status = 'shipped'
               and later.shipped_at > s.shipped_at
           ), 0)::int4 as left_later,
           coalesce(d.reserved, 0) as reserved, coalesce(d.uncovered, 0) as uncovered,
           d.expected_on, l.id as order_line_id, l.line_number, l.is_kit, l.kit_line_id,
           kit.sku as kit, coalesce(l.per_kit, 1) as per_kit, coalesce(held.bins, '') as bins
         from shipments s
         join order_lines l on l.order_id = s.order_id
         join products p on p.id = l.product_id
         join warehouses w on w.id = l.warehouse_id
         left join shipment_lines sl on sl.order_line_id = l.id and sl.shipment_id = s.id
         left join demand d on d.order_line_id = l.id
         left join order_lines sold on sold.id = l.kit_line_id
         left join products kit on kit.id = sold.product_id
         left join lateral (
           select string_agg(h.quantity || ' in ' || b.code, ', ' order by b.walk, b.code) as bins,
             min(b.walk) as walk
           from bin_holds h join locations b on b.id = h.location_id
           where h.order_line_id = l.id and sl.id is not null
         ) held on true
         where s.id = any(:shipments)
         order by s.id, held.walk, l.line_number",
        shipments: Array<BigInt> = shipments,
    )
    .load(conn)?;
    let mut lines: HashMap<ShipmentId, Vec<ParcelLine>> = HashMap::new();
    for row in rows {
        lines.entry(row.shipment_id).or_default().push(row.line);
    }
    Ok(lines)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct OfParcel {
    #[diesel(sql_type = BigInt)]
    shipment_id: ShipmentId,
    #[diesel(embed)]
    line: ParcelLine,
}

/// A parcel of an order, for the page of the order.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct OfOrder {
    #[diesel(sql_type = BigInt)]
    pub id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub status: ShipmentStatus,
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub operator: Option<String>,
    #[diesel(sql_type = Text)]
    pub carrier: String,
    #[diesel(sql_type = Text)]
    pub tracking_number: String,
    #[diesel(sql_type = Text)]
    tracking_link: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub shipped_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
}

impl OfOrder {
    /// Where it is followed on its way; none: nobody says where.
    pub fn followed_at(&self) -> Option<String> {
        carrier::follow(&self.tracking_link, &self.tracking_number)
    }

    pub fn path(&self) -> String {
        RecordRef::Shipment(self.id).path()
    }
}

/// The parcels of an order, the latest first.
pub fn of_order(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<OfOrder>> {
    diesel::sql_query(
        "select s.id, s.number, s.status, w.code as warehouse, u.name as operator, s.carrier,
           s.tracking_number, coalesce(k.tracking_link, '') as tracking_link, s.created_at, s.shipped_at,
           (select sum(l.quantity) from shipment_lines l where l.shipment_id = s.id)::int4 as units
         from shipments s
         join warehouses w on w.id = s.warehouse_id
         left join users u on u.id = s.operator_id
         left join carriers k on k.id = s.carrier_id
         where s.order_id = $1
         order by s.id desc",
    )
    .bind::<BigInt, _>(order)
    .load(conn)
}
