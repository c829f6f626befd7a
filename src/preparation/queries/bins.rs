//! The bins a parcel takes its units from.

use diesel::prelude::*;

use crate::schema::{bin_contents, bin_holds, locations};
use crate::types::{LocationId, OrderLineId, ProductId, Quantity, WarehouseId};

/// A bin that a parcel takes units of a line from, or may.
#[derive(Debug, Clone, Queryable)]
pub struct Picked {
    pub id: LocationId,
    pub code: String,
    /// Units held for the line, or that no parcel takes.
    pub units: Quantity,
}

/// The bins that hold units for a line, in the order of the walk.
pub fn held_for(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<Picked>> {
    bin_holds::table
        .inner_join(locations::table.on(locations::id.eq(bin_holds::location_id)))
        .filter(bin_holds::order_line_id.eq(line))
        .order((locations::walk, locations::code))
        .select((locations::id, locations::code, bin_holds::quantity))
        .load(conn)
}

/// Usable bins of the same product and warehouse with units that no parcel takes.
pub fn others_for(conn: &mut PgConnection, line: OrderLineId) -> QueryResult<Vec<Picked>> {
    use crate::schema::demand;
    let place = demand::table
        .filter(demand::order_line_id.eq(line))
        .select((demand::warehouse_id, demand::product_id));
    let place: Option<(WarehouseId, ProductId)> = place.first(conn).optional()?;
    match place {
        Some((warehouse, product)) => bins_with_free(conn, warehouse, product),
        None => Ok(Vec::new()),
    }
}

/// Usable bins of a warehouse with units of a product that no parcel takes and nobody doubts, in the order of the walk.
pub fn bins_with_free(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    product: ProductId,
) -> QueryResult<Vec<Picked>> {
    let free = bin_contents::quantity - bin_contents::held - bin_contents::doubted;
    bin_contents::table
        .inner_join(locations::table.on(locations::id.eq(bin_contents::location_id)))
        .filter(bin_contents::warehouse_id.eq(warehouse))
        .filter(bin_contents::product_id.eq(product))
        .filter(free.gt(0))
        .filter(locations::kind.ne("quarantine"))
        .order((locations::walk, locations::code))
        .select((locations::id, locations::code, free))
        .load(conn)
}
