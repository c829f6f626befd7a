//! One parcel, and the parcels of one order.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::preparation::{Shipment, ShipmentStatus};
use crate::schema::{customers, orders, shipments, users, warehouses};
use crate::stock::LineLook;
use crate::types::{OrderId, Quantity, RecordRef, ShipmentId};

/// A parcel with what its page and its packing slip say about it.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = shipments)]
#[diesel(base_query = shipments::table
    .inner_join(orders::table.inner_join(customers::table))
    .inner_join(warehouses::table)
    .left_join(users::table))]
pub(in crate::preparation) struct Parcel {
    #[diesel(embed)]
    pub(in crate::preparation) shipment: Shipment,
    #[diesel(select_expression = orders::number)]
    pub(in crate::preparation) order_number: String,
    #[diesel(select_expression = orders::ship_to)]
    pub(in crate::preparation) ship_to: String,
    #[diesel(select_expression = orders::country)]
    pub(in crate::preparation) country: String,
    #[diesel(select_expression = orders::shipping_method)]
    pub(in crate::preparation) shipping_method: String,
    #[diesel(select_expression = customers::name)]
    pub(in crate::preparation) customer: String,
    #[diesel(select_expression = warehouses::name)]
    pub(in crate::preparation) warehouse_name: String,
    #[diesel(select_expression = users::name.nullable())]
    pub(in crate::preparation) operator: Option<String>,
}

/// One parcel.
pub(in crate::preparation) fn parcel(
    conn: &mut PgConnection,
    id: ShipmentId,
) -> QueryResult<Parcel> {
    Parcel::query().filter(shipments::id.eq(id)).first(conn)
}

/// A line of the order a parcel serves.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(in crate::preparation) struct ParcelLine {
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) sku: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) product: String,
    #[diesel(sql_type = BigInt)]
    pub(in crate::preparation) product_id: i64,
    /// The warehouse that serves it, when it is another one than the parcel's.
    #[diesel(sql_type = Nullable<Text>)]
    pub(in crate::preparation) elsewhere: Option<String>,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) ordered: Quantity,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) shipped: Quantity,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) cancelled: Quantity,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) in_parcel: Quantity,
    /// Units that left in later parcels than this one.
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) left_later: Quantity,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) reserved: Quantity,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) uncovered: Quantity,
    #[diesel(sql_type = Nullable<Date>)]
    pub(in crate::preparation) expected_on: Option<NaiveDate>,
}

impl ParcelLine {
    /// Units the customer has still to get after this parcel, as its packing slip says it.
    pub(in crate::preparation) fn still_to_come(&self, status: ShipmentStatus) -> Quantity {
        let before = self.shipped.less(self.left_later);
        let there = if status.is_under_way() {
            before + self.in_parcel
        } else {
            before
        };
        self.ordered.less(self.cancelled).less(there)
    }

    /// Units that wait now, outside of a parcel under way.
    pub(in crate::preparation) fn waiting(&self, status: ShipmentStatus) -> Quantity {
        let to_ship = self.ordered.less(self.shipped).less(self.cancelled);
        if status.is_under_way() {
            to_ship.less(self.in_parcel)
        } else {
            to_ship
        }
    }

    /// How what waits of it looks.
    pub(in crate::preparation) fn waiting_look(&self, status: ShipmentStatus) -> LineLook {
        let in_parcel = if status.is_under_way() {
            self.in_parcel
        } else {
            Quantity::ZERO
        };
        LineLook {
            ordered: self.waiting(status),
            reserved: self.reserved.less(in_parcel),
            uncovered: self.uncovered,
            expected_on: self.expected_on,
            ..LineLook::default()
        }
    }
}

/// The lines of the order a parcel serves, in the order of the order.
pub(in crate::preparation) fn parcel_lines(
    conn: &mut PgConnection,
    shipment: &Shipment,
) -> QueryResult<Vec<ParcelLine>> {
    diesel::sql_query(
        "select p.sku, p.name as product, p.id as product_id,
           case when l.warehouse_id <> $3 then w.code end as elsewhere,
           l.ordered, l.shipped, l.cancelled, coalesce(sl.quantity, 0) as in_parcel,
           coalesce((
             select sum(other.quantity) from shipment_lines other
             join shipments s on s.id = other.shipment_id
             where other.order_line_id = l.id and s.status = 'shipped' and s.shipped_at > $4
           ), 0)::int4 as left_later,
           coalesce(d.reserved, 0) as reserved, coalesce(d.uncovered, 0) as uncovered,
           d.expected_on
         from order_lines l
         join products p on p.id = l.product_id
         join warehouses w on w.id = l.warehouse_id
         left join shipment_lines sl on sl.order_line_id = l.id and sl.shipment_id = $1
         left join demand d on d.order_line_id = l.id
         where l.order_id = $2
         order by l.line_number",
    )
    .bind::<BigInt, _>(shipment.id)
    .bind::<BigInt, _>(shipment.order_id)
    .bind::<BigInt, _>(shipment.warehouse_id)
    .bind::<Nullable<Timestamptz>, _>(shipment.shipped_at)
    .load(conn)
}

/// A parcel of an order, for the page of the order.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(in crate::preparation) struct OfOrder {
    #[diesel(sql_type = BigInt)]
    pub(in crate::preparation) id: ShipmentId,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) number: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) status: ShipmentStatus,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) warehouse: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(in crate::preparation) operator: Option<String>,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) carrier: String,
    #[diesel(sql_type = Text)]
    pub(in crate::preparation) tracking_number: String,
    #[diesel(sql_type = Timestamptz)]
    pub(in crate::preparation) created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub(in crate::preparation) shipped_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Integer)]
    pub(in crate::preparation) units: Quantity,
}

impl OfOrder {
    pub(in crate::preparation) fn path(&self) -> String {
        RecordRef::Shipment(self.id).path()
    }
}

/// The parcels of an order, the latest first.
pub(in crate::preparation) fn of_order(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<Vec<OfOrder>> {
    diesel::sql_query(
        "select s.id, s.number, s.status, w.code as warehouse, u.name as operator, s.carrier,
           s.tracking_number, s.created_at, s.shipped_at,
           (select sum(l.quantity) from shipment_lines l where l.shipment_id = s.id)::int4 as units
         from shipments s
         join warehouses w on w.id = s.warehouse_id
         left join users u on u.id = s.operator_id
         where s.order_id = $1
         order by s.id desc",
    )
    .bind::<BigInt, _>(order)
    .load(conn)
}
