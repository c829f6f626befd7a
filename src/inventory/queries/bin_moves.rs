//! The movements of bins, so that a page of them is read as fast as one of all.

use diesel::prelude::*;

use super::movement_filter::MovementFilter;
use crate::schema::locations;
use crate::types::LocationId;

/// Where movements are read from, in SQL: all of them, or those that left the bins a filter names, or came
/// to them. Each end of each bin has an index in the order of the list, which PostgreSQL merges.
pub(super) fn moved_through(
    conn: &mut PgConnection,
    filter: &MovementFilter,
) -> QueryResult<String> {
    let called = filter.bin.trim();
    if called.is_empty() {
        return Ok("movements".into());
    }
    let mut bins = locations::table
        .filter(
            locations::code
                .eq(called.to_uppercase())
                .or(locations::barcode.eq(called)),
        )
        .select(locations::id)
        .order(locations::id)
        .into_boxed();
    if let Some(warehouse) = filter.warehouse() {
        bins = bins.filter(locations::warehouse_id.eq(warehouse));
    }
    Ok(ends_of(&bins.load::<LocationId>(conn)?))
}

fn ends_of(bins: &[LocationId]) -> String {
    if bins.is_empty() {
        return "(select * from movements where false)".into();
    }
    let ids: Vec<String> = bins.iter().map(ToString::to_string).collect();
    let all = ids.join(", ");
    let ends = ids.iter().flat_map(|id| {
        [
            format!("select * from movements where from_location_id = {id}"),
            format!(
                "select * from movements where to_location_id = {id}
                   and (from_location_id is null or from_location_id not in ({all}))"
            ),
        ]
    });
    format!("({})", ends.collect::<Vec<_>>().join(" union all "))
}
