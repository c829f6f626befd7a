//! A picker finds fewer units than the books say.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use crate::db::{Act, sql};
use crate::types::OrderLineId;

/// Keeps that the bins which hold units for a line are said to be short, or the place where there are no
/// bins: it changes nothing, and they are to be counted.
///
/// # Errors
/// Those of the database.
pub fn report_shortage(act: &mut Act<'_>, line: OrderLineId) -> QueryResult<()> {
    let (by, at) = (act.by(), act.at());
    sql!(
        "insert into shortages (warehouse_id, product_id, location_id, user_id, at)
         select d.warehouse_id, d.product_id, h.location_id, :by, :at
         from demand d left join bin_holds h on h.order_line_id = d.order_line_id
         where d.order_line_id = :line",
        by: Nullable<BigInt> = by,
        at: Timestamptz = at,
        line: BigInt = line,
    )
    .execute(act.conn())?;
    Ok(())
}
