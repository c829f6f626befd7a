//! A rule changed: everything it decides about is planned again.

use diesel::prelude::*;

use super::books::{Reach, change};
use super::error::Error;
use super::load;
use super::model::{Cause, Outcome, Place};
use crate::schema::demand;
use crate::types::{ProductId, WarehouseId};

/// Plans every queue of a warehouse again, or of all of them: its allocation policy changed, or what
/// the company lets orders on hold do. Nobody else plans until the transaction ends.
///
/// # Errors
/// Those of the database.
pub fn replan(
    conn: &mut PgConnection,
    warehouse: Option<WarehouseId>,
    cause: &Cause,
) -> Result<Outcome, Error> {
    load::suspend(conn)?;
    let mut queues = demand::table
        .select((demand::warehouse_id, demand::product_id))
        .distinct()
        .into_boxed();
    if let Some(warehouse) = warehouse {
        queues = queues.filter(demand::warehouse_id.eq(warehouse));
    }
    let queues: Vec<(WarehouseId, ProductId)> = queues.load(conn)?;
    let places = queues
        .into_iter()
        .map(|(warehouse, product)| Place::new(warehouse, product));
    let ((), outcome) = change::<(), Error>(conn, Reach::everyone(places), cause, |_| Ok(()))?;
    Ok(outcome)
}
