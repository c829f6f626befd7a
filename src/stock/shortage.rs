//! A picker found fewer units than the books say.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use crate::db::{Act, set_based, sql};
use crate::types::{LocationId, OrderLineId, Quantity};

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

/// Units of a line that its parcel left out because they are not there.
#[derive(Debug, Clone, Copy)]
pub struct Shortage {
    pub line: OrderLineId,
    /// Where they should lie; none: nobody says.
    pub bin: Option<LocationId>,
    pub units: Quantity,
    /// A word for why, as the table of shortages has it.
    pub reason: &'static str,
}

/// Keeps where units were missing: that is to be counted.
///
/// # Errors
/// Those of the database.
pub fn keep_shortages(act: &mut Act<'_>, short: &[Shortage]) -> QueryResult<()> {
    let (by, at) = (act.by(), act.at());
    set_based!(
        "insert into shortages (warehouse_id, product_id, location_id, units, reason, user_id, at)
         select d.warehouse_id, d.product_id, u.bin, u.units, u.reason, :by, :at
         from :rows join demand d on d.order_line_id = u.line",
        short, |each|
        line: BigInt = each.line,
        bin: Nullable<BigInt> = each.bin,
        units: Integer = each.units,
        reason: Text = each.reason;
        by: Nullable<BigInt> = by,
        at: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}
