//! Locations, one and many.

mod contents;
mod list;

use diesel::prelude::*;

pub use contents::{BinMovement, Lying, contents, latest_moves};
pub use list::{
    LOCATION_SORTS, LocationFilter, LocationListed, LocationState, all_locations, chosen_locations,
    locations_page,
};

use crate::catalog::Location;
use crate::schema::{barcodes, bin_contents, locations, products, warehouses};
use crate::types::{LocationId, Sku, WarehouseId, first_few};

/// How many names a refusal tells.
const FEW: usize = 3;

/// One location, archived or not.
pub fn location(conn: &mut PgConnection, id: LocationId) -> QueryResult<Location> {
    Location::query().filter(locations::id.eq(id)).first(conn)
}

/// All locations of a warehouse.
pub fn locations_of(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<Vec<Location>> {
    Location::query()
        .filter(locations::warehouse_id.eq(warehouse))
        .order(locations::id)
        .load(conn)
}

/// Whether a warehouse has any.
pub fn has_locations(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<bool> {
    let any = locations::table.filter(locations::warehouse_id.eq(warehouse));
    diesel::select(diesel::dsl::exists(any)).get_result(conn)
}

/// The zones of a warehouse, by name.
pub fn zones(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<Vec<String>> {
    locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::zone.ne(""))
        .select(locations::zone)
        .distinct()
        .order(locations::zone)
        .load(conn)
}

/// The last place in the walk of a warehouse; 0: nothing is walked past yet.
pub fn last_of_walk(conn: &mut PgConnection, warehouse: WarehouseId) -> QueryResult<i32> {
    let last: Option<i32> = locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .select(diesel::dsl::max(locations::walk))
        .first(conn)?;
    Ok(last.unwrap_or_default())
}

/// Those of some codes that the warehouse has already.
pub fn codes_known(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    codes: &[String],
) -> QueryResult<Vec<String>> {
    locations::table
        .filter(locations::warehouse_id.eq(warehouse))
        .filter(locations::code.eq_any(codes))
        .select(locations::code)
        .order(locations::code)
        .load(conn)
}

/// Those of some barcodes that products have: barcode, SKU.
pub fn of_products(conn: &mut PgConnection, codes: &[String]) -> QueryResult<Vec<(String, Sku)>> {
    barcodes::table
        .inner_join(products::table)
        .filter(barcodes::code.eq_any(codes))
        .select((barcodes::code, products::sku))
        .order(barcodes::code)
        .load(conn)
}

/// Those of some barcodes that locations of other warehouses have: barcode, warehouse, code.
pub fn of_other_warehouses(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    codes: &[String],
) -> QueryResult<Vec<(String, String, String)>> {
    locations::table
        .inner_join(warehouses::table)
        .filter(locations::warehouse_id.ne(warehouse))
        .filter(locations::barcode.eq_any(codes))
        .select((locations::barcode, warehouses::code, locations::code))
        .load(conn)
}

/// Those of some locations in which goods lie.
pub fn holding(conn: &mut PgConnection, of: &[LocationId]) -> QueryResult<Vec<LocationId>> {
    bin_contents::table
        .filter(bin_contents::location_id.eq_any(of))
        .select(bin_contents::location_id)
        .distinct()
        .load(conn)
}

/// Codes in a sentence: the first few, and how many there are.
pub fn in_words(codes: &[String]) -> String {
    let all = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    first_few(&codes[..codes.len().min(FEW)], all)
}
