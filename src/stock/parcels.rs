//! Units in parcels that are being prepared: which lines they are of, and what the parcel is called.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};

use super::model::Place;
use crate::types::{OrderId, OrderLineId, Quantity, Sku, WarehouseId, first_few};

/// Parcels that a sentence names.
const NAMED: usize = 3;

/// Units of an order line in a parcel that is being prepared.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct InParcel {
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    pub order_line_id: OrderLineId,
    /// Its number in the order.
    #[diesel(sql_type = Integer)]
    pub line_number: i32,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    /// What people call the parcel.
    #[diesel(sql_type = Text)]
    pub parcel: String,
}

/// What of an order is in parcels, line by line.
pub fn in_parcels(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<InParcel>> {
    in_parcels_of(conn, &[order])
}

/// The same of several orders.
pub fn in_parcels_of(conn: &mut PgConnection, orders: &[OrderId]) -> QueryResult<Vec<InParcel>> {
    under_way("o.id = any($1)")
        .bind::<Array<BigInt>, _>(orders)
        .load(conn)
}

/// What of a line is in a parcel.
pub(super) fn of_line(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<InParcel>> {
    under_way("l.id = $1").bind::<BigInt, _>(line).load(conn)
}

/// What lies at a place for parcels.
pub(super) fn at(conn: &mut PgConnection, place: Place) -> QueryResult<Vec<InParcel>> {
    under_way("s.warehouse_id = $1 and sl.product_id = $2")
        .bind::<BigInt, _>(place.warehouse)
        .bind::<BigInt, _>(place.product)
        .load(conn)
}

fn under_way(which: &str) -> diesel::query_builder::SqlQuery {
    diesel::sql_query(format!(
        "select s.warehouse_id, o.id as order_id, l.id as order_line_id, l.line_number, o.number as order_number, p.sku,
           sl.quantity as units, s.number as parcel
         from shipments s
         join shipment_lines sl on sl.shipment_id = s.id
         join order_lines l on l.id = sl.order_line_id
         join orders o on o.id = l.order_id
         join products p on p.id = l.product_id
         where s.status in ('to_pick', 'picked', 'packed') and {which}
         order by s.id, l.line_number"
    ))
}

impl InParcel {
    /// `3 of MUG (line 1) in SH-000001`.
    fn of_order(&self) -> String {
        let Self {
            units,
            sku,
            line_number,
            parcel,
            ..
        } = self;
        format!("{units} of {sku} (line {line_number}) in {parcel}")
    }

    /// `3 for SO-000001 (line 1) in SH-000001`.
    fn of_product(&self) -> String {
        let Self {
            units,
            order_number,
            line_number,
            parcel,
            ..
        } = self;
        format!("{units} for {order_number} (line {line_number}) in {parcel}")
    }
}

/// What of one order is in parcels: `3 of MUG (line 1) in SH-000001`.
pub fn lines_in_words(parcels: &[InParcel]) -> String {
    few(parcels, InParcel::of_order)
}

/// What of one product is in parcels: `3 for SO-000001 (line 1) in SH-000001`.
pub(super) fn orders_in_words(parcels: &[InParcel]) -> String {
    few(parcels, InParcel::of_product)
}

fn few(parcels: &[InParcel], words: fn(&InParcel) -> String) -> String {
    let first: Vec<String> = parcels.iter().take(NAMED).map(words).collect();
    first_few(&first, i64::try_from(parcels.len()).unwrap_or(i64::MAX))
}
