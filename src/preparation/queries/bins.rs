//! The bins a parcel takes its units from.

use diesel::prelude::*;

use crate::schema::{bin_contents, bin_holds, locations};
use crate::types::{LocationId, OrderLineId, Quantity, WarehouseId};

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
    let place: Option<(WarehouseId, crate::types::ProductId)> = place.first(conn).optional()?;
    let Some((warehouse, product)) = place else {
        return Ok(Vec::new());
    };
    bin_contents::table
        .inner_join(locations::table.on(locations::id.eq(bin_contents::location_id)))
        .filter(bin_contents::warehouse_id.eq(warehouse))
        .filter(bin_contents::product_id.eq(product))
        .filter(bin_contents::quantity.gt(bin_contents::held))
        .filter(locations::kind.ne("quarantine"))
        .order((locations::walk, locations::code))
        .select((
            locations::id,
            locations::code,
            bin_contents::quantity - bin_contents::held,
        ))
        .load(conn)
}
