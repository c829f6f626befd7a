//! The counts of the tabs, added up.

use diesel::prelude::*;

use crate::db::Act;

/// Adds up differences of the tabs' counts: every change of a consignment leaves one, so that no two
/// transactions wait for each other. Nobody waits for this either: rows that others hold are left for
/// the next time..
pub fn add_up_counts(act: &mut Act<'_>) -> QueryResult<usize> {
    diesel::sql_query(
        "with gone as (
           delete from consignment_counts
           where id in (select id from consignment_counts order by id limit 20000 for update skip locked)
           returning warehouse_id, state, consignments
         )
         insert into consignment_counts (warehouse_id, state, consignments)
         select warehouse_id, state, sum(consignments) from gone group by 1, 2
         having sum(consignments) <> 0",
    )
    .execute(act.conn())
}
