//! Units are taken off the shelves in one walk.

mod elsewhere;
mod scan;
mod short;
mod undo;

pub use elsewhere::{OtherStop, take_stop_elsewhere};
pub use scan::scan_pick;
pub use short::{ShortStop, report_stop_short};
pub use undo::undo_pick;

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use crate::db::{Act, announce, sql};
use crate::preparation::{Batch, Error, Shipment, ShipmentStatus, Walk};
use crate::sales;
use crate::schema::{shipments, users};
use crate::types::{Event, OrderId, ProductId, RecordRef, ShipmentId, UserId, WarehouseId};

/// A walk, kept from others until the transaction ends.
struct Walked {
    walk: Walk,
    number: String,
    warehouse: WarehouseId,
    operator: Option<UserId>,
}

/// Locks it: only its operator walks.
fn lock(act: &mut Act<'_>, walk: Walk) -> Result<Walked, Error> {
    let walked = match walk {
        Walk::Batch(id) => {
            let batch: Batch = Batch::query()
                .find(id)
                .for_no_key_update()
                .first(act.conn())?;
            Walked {
                walk,
                number: batch.number,
                warehouse: batch.warehouse_id,
                operator: batch.operator_id,
            }
        }
        Walk::Parcel(id) => {
            let parcel: Shipment = Shipment::query()
                .find(id)
                .for_no_key_update()
                .first(act.conn())?;
            Walked {
                walk,
                warehouse: parcel.warehouse_id,
                operator: parcel.operator_id,
                number: parcel.number,
            }
        }
    };
    crate::stock::must_reach(act, [walked.warehouse])?;
    Ok(walked)
}

/// The same where its orders change as well: the order of a parcel before the parcel.
fn lock_with_order(act: &mut Act<'_>, walk: Walk) -> Result<Walked, Error> {
    if let Walk::Parcel(id) = walk {
        let of_parcel = shipments::table.find(id).select(shipments::order_id);
        let order: OrderId = of_parcel.first(act.conn())?;
        sales::lock_unclosed(act, order)?;
    }
    lock(act, walk)
}

impl Walked {
    /// The parcels of a batch that take a product, kept from those who change what they take.
    fn lock_parcels(&self, act: &mut Act<'_>, product: ProductId) -> QueryResult<()> {
        let Walk::Batch(batch) = self.walk else {
            return Ok(());
        };
        // Parcel by parcel: a product is in many more parcels than a batch has.
        sql!(
            "select s.id from shipments s
             cross join lateral (
               select from shipment_lines l where l.shipment_id = s.id and l.product_id = :product limit 1) takes
             where s.batch_id = :batch and s.status = 'to_pick' order by s.id for no key update of s",
            product: BigInt = product,
            batch: BigInt = batch,
        )
        .execute(act.conn())?;
        Ok(())
    }

    /// Why nothing is taken any more; none: something is still to be picked.
    fn is_over(&self, act: &mut Act<'_>) -> QueryResult<Option<String>> {
        let (batch, parcel) = self.walk.ids();
        let to_pick = shipments::table
            .filter(shipments::status.eq(ShipmentStatus::ToPick))
            .filter(
                shipments::batch_id
                    .nullable()
                    .eq(batch)
                    .or(shipments::id.nullable().eq(parcel))
                    .assume_not_null(),
            );
        let has_more: bool = diesel::select(exists(to_pick)).get_result(act.conn())?;
        Ok((!has_more).then(|| format!("Nothing of {} is left to pick.", self.number)))
    }

    /// Why whoever acts does not walk it; none: they do.
    fn of_other(&self, act: &mut Act<'_>) -> QueryResult<Option<String>> {
        let other = self.operator.filter(|operator| Some(*operator) != act.by());
        let Some(operator) = other else {
            return Ok(None);
        };
        let name: String = users::table
            .find(operator)
            .select(users::name)
            .first(act.conn())?;
        Ok(Some(format!(
            "{name} walks {}: take it over first.",
            self.number
        )))
    }

    fn tell(&self, act: &mut Act<'_>) -> QueryResult<()> {
        announce(act, &[self.walk.topic()])
    }
}

/// Parcels of which all units were picked become so; a batch of which nothing is left to pick as well.
fn finish(act: &mut Act<'_>, walked: &Walked) -> QueryResult<()> {
    let (batch, parcel) = walked.walk.ids();
    let at = act.at();
    let picked: Vec<Picked> = sql!(
        "update shipments s set status = 'picked', picked_at = :at
         where (s.batch_id = :batch or s.id = :parcel) and s.status = 'to_pick' and not exists (
           select from shipment_lines l where l.shipment_id = s.id and l.picked < l.quantity)
         returning s.id, s.order_id",
        at: Timestamptz = at,
        batch: Nullable<BigInt> = batch,
        parcel: Nullable<BigInt> = parcel,
    )
    .load(act.conn())?;
    if picked.is_empty() {
        return Ok(());
    }
    let records: Vec<RecordRef> = picked
        .iter()
        .map(|parcel| RecordRef::Shipment(parcel.id))
        .collect();
    act.note_all(&records, &Event::ParcelPicked)?;
    let mut topics: Vec<String> = picked
        .iter()
        .map(|parcel| format!("order:{}", parcel.order_id))
        .collect();
    topics.push(format!("warehouse:{}", walked.warehouse));
    announce(act, &topics)
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Picked {
    #[diesel(sql_type = BigInt)]
    id: ShipmentId,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
}
