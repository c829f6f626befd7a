//! A warehouse begins to say in which bin each unit lies, or stops.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use super::error::Error;
use super::model::{Cause, CauseKind};
use super::{read, write};
use crate::db::{Act, sql};
use crate::types::{LocationId, WarehouseId, first_few};

/// Products that a refusal names.
const NAMED: usize = 3;

/// Puts all that lies in a warehouse, also for parcels, into one of its bins. Nobody changes stock
/// meanwhile. Whoever calls it lets the warehouse use bins in the same transaction.
///
/// # Errors
/// Those of the database.
pub fn fill_bin(act: &mut Act<'_>, warehouse: WarehouseId, bin: LocationId) -> Result<(), Error> {
    read::suspend(act)?;
    let decision = decide(act, "Bins are used from now on")?;
    let (by, at) = (act.by(), act.at());
    sql!(
        "insert into movements (product_id, quantity, from_warehouse_id, to_warehouse_id, to_location_id,
           from_level, to_level, reason, user_id, at, decision_id)
         select product_id, on_hand + doubted, warehouse_id, warehouse_id, :bin, on_hand + doubted, on_hand + doubted, 'put_away', :by, :at, :decision
         from levels where warehouse_id = :warehouse and on_hand + doubted > 0 order by product_id",
        bin: BigInt = bin,
        by: diesel::sql_types::Nullable<BigInt> = by,
        at: Timestamptz = at,
        decision: BigInt = decision,
        warehouse: BigInt = warehouse,
    )
    .execute(act.conn())?;
    sql!(
        "insert into bin_contents (location_id, product_id, warehouse_id, quantity, held, doubted, since)
         select :bin, l.product_id, l.warehouse_id, l.on_hand + l.doubted, coalesce((
             select sum(d.taken) from demand d
             where d.warehouse_id = l.warehouse_id and d.product_id = l.product_id), 0), l.doubted, :at
         from levels l where l.warehouse_id = :warehouse and l.on_hand + l.doubted > 0",
        bin: BigInt = bin,
        at: Timestamptz = at,
        warehouse: BigInt = warehouse,
    )
    .execute(act.conn())?;
    sql!(
        "insert into bin_holds (order_line_id, location_id, product_id, quantity)
         select order_line_id, :bin, product_id, taken
         from demand where warehouse_id = :warehouse and taken > 0",
        bin: BigInt = bin,
        warehouse: BigInt = warehouse,
    )
    .execute(act.conn())?;
    Ok(())
}

/// Forgets in which bins goods of a warehouse lie. Nobody changes stock meanwhile. Whoever calls it
/// lets the warehouse use no bins any more in the same transaction.
///
/// # Errors
/// [`Error::InSeveralBins`], [`Error::InQuarantine`].
pub fn forget_bins(act: &mut Act<'_>, warehouse: WarehouseId) -> Result<(), Error> {
    read::suspend(act)?;
    let scattered = skus(
        act,
        warehouse,
        "having count(*) > 1 and bool_and(l.kind <> 'quarantine')",
    )?;
    let unusable = skus(act, warehouse, "having bool_or(l.kind = 'quarantine')")?;
    if let Some(words) = unusable {
        return Err(Error::InQuarantine(words));
    }
    if let Some(words) = scattered {
        return Err(Error::InSeveralBins(words));
    }
    let decision = decide(act, "Bins are not used any more")?;
    let (by, at) = (act.by(), act.at());
    sql!(
        "insert into movements (product_id, quantity, from_warehouse_id, to_warehouse_id,
           from_location_id, from_level, to_level, reason, user_id, at, decision_id)
         select product_id, quantity, warehouse_id, warehouse_id, location_id, quantity, quantity, 'put_away', :by, :at, :decision
         from bin_contents where warehouse_id = :warehouse order by product_id",
        by: diesel::sql_types::Nullable<BigInt> = by,
        at: Timestamptz = at,
        decision: BigInt = decision,
        warehouse: BigInt = warehouse,
    )
    .execute(act.conn())?;
    sql!(
        "with released as (
           delete from bin_holds h using locations l
           where l.id = h.location_id and l.warehouse_id = :warehouse
         )
         delete from bin_contents where warehouse_id = :warehouse",
        warehouse: BigInt = warehouse,
    )
    .execute(act.conn())?;
    Ok(())
}

fn decide(act: &mut Act<'_>, reason: &str) -> QueryResult<i64> {
    write::decide(act, &Cause::of(CauseKind::Settings).because(reason))
}

/// Products whose bins are so, in words.
fn skus(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    having: &str,
) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = Text)]
        sku: String,
        #[diesel(sql_type = BigInt)]
        all: i64,
    }
    let rows: Vec<Row> = sql!(
        format!(
            "select p.sku, count(*) over () as \"all\"
             from bin_contents c
             join locations l on l.id = c.location_id
             join products p on p.id = c.product_id
             where c.warehouse_id = :warehouse
             group by p.sku {having} order by p.sku limit {NAMED}"
        ),
        warehouse: BigInt = warehouse,
    )
    .load(conn)?;
    let all = rows.first().map(|row| row.all);
    let named: Vec<String> = rows.into_iter().map(|row| row.sku).collect();
    Ok(all.map(|all| first_few(&named, all)))
}
