//! Where the books and what was found differ, and what it adds up to.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::books::{BOOKS, DOUBT, IN_PARCELS};
use crate::db::sql;
use crate::inventory::{CountTotals, Doubt};
use crate::types::{
    Change, CountId, CountLineId, LocationId, ProductId, Quantity, WarehouseId, counted,
};

/// A line whose books were wrong.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Differing {
    #[diesel(sql_type = BigInt)]
    pub id: CountLineId,
    #[diesel(sql_type = BigInt)]
    pub warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub location_id: Option<LocationId>,
    /// Units found beyond the books, or not found.
    #[diesel(sql_type = Integer)]
    pub change: Change,
    /// Why it is to be counted once more, if it is.
    #[diesel(sql_type = Nullable<Text>)]
    pub doubt: Option<Doubt>,
    /// Units there that parcels take.
    #[diesel(sql_type = Integer)]
    in_parcels: Quantity,
    /// Units there by the books now.
    #[diesel(sql_type = Integer)]
    there: Quantity,
}

impl Differing {
    /// Whether more is missing than lies there outside of parcels.
    pub fn is_stuck(&self) -> bool {
        let missing = Quantity::new(self.change.get().min(0).unsigned_abs());
        missing > self.there.less(self.in_parcels)
    }

    /// Why it cannot be applied.
    pub fn refusal(&self) -> (CountLineId, String) {
        let missing = counted(self.change.get().unsigned_abs(), "unit");
        let words = format!(
            "{missing} not found, but {} of the {} there are in parcels: ship them or give them back, \
             then count again.",
            self.in_parcels, self.there
        );
        (self.id, words)
    }
}

/// The lines of a count that differ, by product and bin.
pub fn differing(conn: &mut PgConnection, id: CountId) -> QueryResult<Vec<Differing>> {
    let text = format!(
        "select l.id, l.warehouse_id, l.product_id, l.location_id, l.counted - l.books as change,
           {DOUBT} as doubt, {IN_PARCELS} as in_parcels, {BOOKS} as there
         from count_lines l cross join company co
         where l.count_id = :id and l.counted <> l.books
         order by l.product_id, l.location_id"
    );
    sql!(text, id: BigInt = id).load(conn)
}

/// Where a count looked for units that a picker had not found: in which warehouse, of which product, in
/// which bin.
pub fn settled_by(
    conn: &mut PgConnection,
    id: CountId,
) -> QueryResult<Vec<(WarehouseId, ProductId, Option<LocationId>)>> {
    use crate::schema::{bin_contents, count_lines, levels};
    count_lines::table
        .inner_join(
            levels::table.on(levels::warehouse_id
                .eq(count_lines::warehouse_id)
                .and(levels::product_id.eq(count_lines::product_id))),
        )
        .left_join(
            bin_contents::table.on(bin_contents::location_id
                .nullable()
                .eq(count_lines::location_id)
                .and(bin_contents::product_id.eq(count_lines::product_id))),
        )
        .filter(count_lines::count_id.eq(id))
        .filter(count_lines::counted.is_not_null())
        .filter(levels::doubted.gt(0))
        .filter(
            count_lines::location_id
                .is_null()
                .or(bin_contents::doubted.nullable().gt(0)),
        )
        .select((
            count_lines::warehouse_id,
            count_lines::product_id,
            count_lines::location_id,
        ))
        .load(conn)
}

/// The lines of a count that are to be counted once more.
pub fn wanting_recount(conn: &mut PgConnection, id: CountId) -> QueryResult<Vec<CountLineId>> {
    let lines = differing(conn, id)?.into_iter();
    Ok(lines
        .filter(|line| line.doubt.is_some() || line.is_stuck())
        .map(|line| line.id)
        .collect())
}

/// What the lines of a count add up to.
pub fn totals_of(conn: &mut PgConnection, id: CountId) -> QueryResult<CountTotals> {
    sql!(format!("select {TOTALS} where l.count_id = :id"), id: BigInt = id).get_result(conn)
}

/// What lines of counts `l` add up to, in SQL.
pub(super) const TOTALS: &str = "count(*) as lines, count(l.counted) as counted,
    count(*) filter (where l.counted <> l.books) as differing,
    coalesce(sum(greatest(l.counted - l.books, 0)), 0)::int8 as more,
    coalesce(sum(greatest(l.books - l.counted, 0)), 0)::int8 as fewer,
    as_money(coalesce(sum(greatest(l.counted - l.books, 0)::numeric * l.unit_cost), 0)) as gained,
    as_money(coalesce(sum(greatest(l.books - l.counted, 0)::numeric * l.unit_cost), 0)) as lost
    from count_lines l";
