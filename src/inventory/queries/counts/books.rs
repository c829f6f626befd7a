//! What the books say of a line of a count.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};

use crate::db::sql;
use crate::stock::Place;
use crate::types::{LocationId, Quantity};

/// Units by the books at the place of `l`, a line of a count, in SQL.
pub const BOOKS: &str = "case when l.location_id is null
    then coalesce((select v.on_hand + v.doubted from levels v
      where v.warehouse_id = l.warehouse_id and v.product_id = l.product_id), 0)
    else coalesce((select c.quantity from bin_contents c
      where c.location_id = l.location_id and c.product_id = l.product_id), 0) end";

/// Of these, units in parcels.
pub(super) const IN_PARCELS: &str = "(case when l.location_id is null
    then coalesce((select sum(d.taken) from demand d
      where d.warehouse_id = l.warehouse_id and d.product_id = l.product_id and d.taken > 0), 0)
    else coalesce((select c.held from bin_contents c
      where c.location_id = l.location_id and c.product_id = l.product_id), 0) end)::int4";

/// Why `l` is to be counted once more, if it is; `co` is the company.
pub(super) const DOUBT: &str = "case
    when l.counted is null or l.counted = l.books then null
    when exists (select from movements m
      where m.product_id = l.product_id and m.id > l.latest_movement
        and m.reason in ('adjustment', 'count', 'scrap')
        and case when l.location_id is null then l.warehouse_id in (m.from_warehouse_id, m.to_warehouse_id)
          else l.location_id in (m.from_location_id, m.to_location_id) end) then 'corrected'
    when l.first_books <> l.books then 'moved'
    when (abs(l.counted - l.books) >= co.recount_units
        or abs(l.counted - l.books) * l.unit_cost >= co.recount_value)
      and l.earlier is distinct from l.counted - l.books then 'large' end";

/// What the books say in this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct NowInBooks {
    #[diesel(sql_type = Integer)]
    pub books: Quantity,
    /// The latest movement of the product; 0: there was none.
    #[diesel(sql_type = BigInt)]
    pub latest_movement: i64,
}

/// What the books say of a place, or of one bin of it.
pub fn now_in_books(
    conn: &mut PgConnection,
    place: Place,
    bin: Option<LocationId>,
) -> QueryResult<NowInBooks> {
    let text = format!(
        "select {BOOKS} as books,
           coalesce((select max(m.id) from movements m where m.product_id = l.product_id), 0) as latest_movement
         from (select :warehouse::int8 as warehouse_id, :product::int8 as product_id, :bin::int8 as location_id) l"
    );
    sql!(
        text,
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        bin: Nullable<BigInt> = bin,
    )
    .get_result(conn)
}
