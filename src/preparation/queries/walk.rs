//! The walk along the shelves for a parcel.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::db::sql;
use crate::types::{ProductId, Quantity, ShipmentId};

/// Units of one product to take out of one bin.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Pick {
    /// Its code; empty: wherever it lies.
    #[diesel(sql_type = Text)]
    pub bin: String,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
    /// SKUs of the kits they are parts of; may be empty.
    #[diesel(sql_type = Text)]
    pub kits: String,
}

/// What a parcel under way takes, bin by bin in the order of the walk; what lies in no bin comes last.
pub fn walk(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Vec<Pick>> {
    sql!(
        "with packed as (
           select sl.order_line_id, sl.quantity, l.product_id, l.kit_line_id
           from shipment_lines sl join order_lines l on l.id = sl.order_line_id
           where sl.shipment_id = :parcel
         ), taken as (
           select p.product_id, p.kit_line_id, h.location_id, h.quantity
           from packed p join bin_holds h on h.order_line_id = p.order_line_id
           union all
           select p.product_id, p.kit_line_id, null, p.quantity - held.units
           from packed p cross join lateral (
             select coalesce(sum(h.quantity), 0) as units
             from bin_holds h where h.order_line_id = p.order_line_id
           ) held
           where p.quantity > held.units
         )
         select coalesce(b.code, '') as bin, p.id as product_id, p.sku, p.name as product,
           sum(t.quantity)::int4 as units,
           coalesce(string_agg(distinct kit.sku, ', '), '') as kits
         from taken t
         join products p on p.id = t.product_id
         left join locations b on b.id = t.location_id
         left join order_lines sold on sold.id = t.kit_line_id
         left join products kit on kit.id = sold.product_id
         group by b.id, b.code, b.walk, p.id, p.sku, p.name
         order by b.walk nulls last, b.code, p.sku",
        parcel: BigInt = parcel,
    )
    .load(conn)
}
