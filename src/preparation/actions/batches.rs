//! Orders are taken into preparation together, to be picked in one walk.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt};

use super::prepare::{Prepared, prepare_all};
use crate::db::{Act, Document, announce, sql};
use crate::preparation::{Batch, BatchKind, Error, Shipment, ShipmentStatus};
use crate::schema::{batches, shipments};
use crate::types::{BatchId, OrderId, ShipmentId, UserId, WarehouseId};

/// Takes orders into preparation, and puts their parcels together: each gets a place on the cart, in the
/// order of the queue. None, if no order could be taken.
///
/// # Errors
/// Those of [`prepare_all`].
pub fn begin_batch(
    act: &mut Act<'_>,
    orders: &[OrderId],
    (warehouse, kind): (WarehouseId, BatchKind),
) -> Result<(Option<BatchId>, Prepared), Error> {
    let prepared = prepare_all(act, orders, warehouse)?;
    if prepared.begun.is_empty() {
        return Ok((None, prepared));
    }
    let number = Document::Batch.numbers(act, 1)?.pop().unwrap_or_default();
    let id: BatchId = diesel::insert_into(batches::table)
        .values((
            batches::number.eq(number),
            batches::warehouse_id.eq(warehouse),
            batches::kind.eq(kind),
            batches::operator_id.eq(act.by()),
            batches::created_at.eq(act.at()),
        ))
        .returning(batches::id)
        .get_result(act.conn())?;
    put_together(act, id, &prepared.begun)?;
    Ok((Some(id), prepared))
}

fn put_together(act: &mut Act<'_>, batch: BatchId, parcels: &[ShipmentId]) -> QueryResult<()> {
    sql!(
        "update shipments s set batch_id = :batch, slot = q.nth
         from (
           select s.id, (row_number() over (order by c.priority_rank, c.required_by, c.placed_at, c.order_id) - 1)::int4 as nth
           from shipments s
           join consignments c on c.order_id = s.order_id and c.warehouse_id = s.warehouse_id
           where s.id = any(:parcels)
         ) q
         where s.id = q.id",
        batch: BigInt = batch,
        parcels: Array<BigInt> = parcels,
    )
    .execute(act.conn())?;
    Ok(())
}

/// Somebody else walks it from now on; none: whoever comes.
///
/// # Errors
/// [`Error::NothingToPick`] when nothing of it is left to pick.
pub fn reassign_batch(
    act: &mut Act<'_>,
    id: BatchId,
    operator: Option<UserId>,
) -> Result<Batch, Error> {
    let batch: Batch = Batch::query()
        .find(id)
        .for_no_key_update()
        .first(act.conn())?;
    crate::stock::must_reach(act, [batch.warehouse_id])?;
    let to_pick = shipments::table
        .filter(shipments::batch_id.eq(id))
        .filter(shipments::status.eq(ShipmentStatus::ToPick));
    let parcels: Vec<Shipment> = diesel::update(to_pick)
        .set(shipments::operator_id.eq(operator))
        .returning(Shipment::as_returning())
        .get_results(act.conn())?;
    if parcels.is_empty() {
        return Err(Error::NothingToPick(batch.number));
    }
    diesel::update(batches::table.find(id))
        .set(batches::operator_id.eq(operator))
        .execute(act.conn())?;
    let place = format!("warehouse:{}", batch.warehouse_id);
    announce(act, &[batch.topic(), place])?;
    Ok(batch)
}

/// Somebody else picks a parcel from now on.
///
/// # Errors
/// [`Error::NotToPick`] when it is picked already.
pub fn reassign_parcel(
    act: &mut Act<'_>,
    id: ShipmentId,
    operator: Option<UserId>,
) -> Result<Shipment, Error> {
    let parcel: Shipment = Shipment::query().find(id).for_update().first(act.conn())?;
    crate::stock::must_reach(act, [parcel.warehouse_id])?;
    if parcel.status != ShipmentStatus::ToPick {
        return Err(Error::NotToPick(parcel.number));
    }
    diesel::update(shipments::table.find(id))
        .set(shipments::operator_id.eq(operator))
        .execute(act.conn())?;
    announce(act, &parcel.topics())?;
    Ok(parcel)
}
