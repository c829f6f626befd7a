//! Which parcel a code names at a packing desk.

use diesel::prelude::*;

use crate::db::{Act, Document};
use crate::preparation::{Shipment, ShipmentStatus, Slot, Stage};
use crate::schema::{batches, orders, scans, shipment_lines, shipments};
use crate::types::{BatchId, ProductId, ShipmentId, WarehouseId};

/// What a code names.
pub(super) enum Called {
    Parcel(Box<Shipment>),
    /// A batch: letters that are scanned next are places on its cart.
    Batch(BatchId, String),
    Nothing,
}

/// A parcel by its number, its order's or its place on the cart of a batch: `BA-000012-C`, or `C` alone where a
/// parcel of that batch was scanned before.
pub(super) fn called(act: &mut Act<'_>, warehouse: WarehouseId, code: &str) -> QueryResult<Called> {
    let number = Document::whole_number(code);
    let by_number = Shipment::query()
        .filter(shipments::warehouse_id.eq(warehouse))
        .filter(shipments::number.eq(&number));
    if let Some(parcel) = by_number.for_update().first(act.conn()).optional()? {
        return Ok(Called::Parcel(Box::new(parcel)));
    }
    if let Some(parcel) = of_order(act, warehouse, &[code, &number])? {
        return Ok(Called::Parcel(Box::new(parcel)));
    }
    if let Some((batch, number)) = batch_called(act, warehouse, code)? {
        return Ok(Called::Batch(batch, number));
    }
    let parcel = match code.rsplit_once(['-', ' ', '/']) {
        Some((batch, letters)) => match batch_called(act, warehouse, batch)? {
            Some((batch, _)) => in_slot(act, batch, letters)?,
            None => None,
        },
        None => match last_batch(act)? {
            Some(batch) => in_slot(act, batch, code)?,
            None => None,
        },
    };
    Ok(parcel.map_or(Called::Nothing, |parcel| Called::Parcel(Box::new(parcel))))
}

/// The parcel of an order that somebody is at work on; else its latest.
fn of_order(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    codes: &[&str],
) -> QueryResult<Option<Shipment>> {
    let named = orders::table
        .filter(orders::number.eq_any(codes))
        .select(orders::id);
    Shipment::query()
        .filter(shipments::warehouse_id.eq(warehouse))
        .filter(shipments::order_id.eq_any(named))
        .order((
            shipments::status
                .eq_any(ShipmentStatus::Shipped.before())
                .desc(),
            shipments::id.desc(),
        ))
        .for_update()
        .first(act.conn())
        .optional()
}

fn batch_called(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    code: &str,
) -> QueryResult<Option<(BatchId, String)>> {
    batches::table
        .filter(batches::warehouse_id.eq(warehouse))
        .filter(batches::number.eq(Document::whole_number(code)))
        .select((batches::id, batches::number))
        .first(act.conn())
        .optional()
}

fn in_slot(act: &mut Act<'_>, batch: BatchId, letters: &str) -> QueryResult<Option<Shipment>> {
    let Some(slot) = Slot::parse(letters) else {
        return Ok(None);
    };
    Shipment::query()
        .filter(shipments::batch_id.eq(batch))
        .filter(shipments::slot.eq(slot))
        .for_update()
        .first(act.conn())
        .optional()
}

/// The batch that whoever acts packed of last.
fn last_batch(act: &mut Act<'_>) -> QueryResult<Option<BatchId>> {
    let last: Option<Option<BatchId>> = scans::table
        .filter(scans::user_id.eq(act.by()))
        .filter(scans::stage.eq(Stage::Pack))
        .order(scans::id.desc())
        .select(scans::batch_id)
        .first(act.conn())
        .optional()?;
    Ok(last.flatten())
}

/// The parcel that waits longest for units of this product and of no other, that nobody packs.
pub(super) fn of_one_line(
    act: &mut Act<'_>,
    warehouse: WarehouseId,
    product: ProductId,
) -> QueryResult<Option<Shipment>> {
    let others = diesel::alias!(shipment_lines as others);
    let of_others = others
        .filter(others.field(shipment_lines::shipment_id).eq(shipments::id))
        .filter(
            others
                .field(shipment_lines::product_id)
                .ne(product)
                .or(others.field(shipment_lines::packed).gt(0)),
        );
    let wants = shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(shipments::id))
        .filter(shipment_lines::product_id.eq(product));
    let waiting: Option<ShipmentId> = shipments::table
        .filter(shipments::warehouse_id.eq(warehouse))
        .filter(shipments::status.eq(ShipmentStatus::Picked))
        .filter(shipments::packer_id.is_null())
        .filter(diesel::dsl::exists(wants))
        .filter(diesel::dsl::not(diesel::dsl::exists(of_others)))
        .order(shipments::id)
        .select(shipments::id)
        .for_update()
        .skip_locked()
        .first(act.conn())
        .optional()?;
    let Some(id) = waiting else { return Ok(None) };
    Shipment::query().find(id).first(act.conn()).optional()
}
