//! A parcel was said to have left by mistake.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable};

use super::step::Undone;
use crate::db::{Act, sql};
use crate::preparation::{Error, Shipment, ShipmentStatus};
use crate::sales;
use crate::schema::{manifests, shipment_lines, shipments};
use crate::stock::{self, Cause, CauseKind, Happening, Place};
use crate::types::{
    Event, LocationId, ManifestId, OrderLineId, ProductId, Quantity, RecordRef, ShipmentId,
};

/// The parcel stands packed in its warehouse again, its units in the bins they left; its order is open again where it was closed
/// by it.
///
/// # Errors
/// [`Error::Step`] when it has not left; [`Error::HandedOver`] once its manifest is closed; [`Error::OtherUnderWay`]; those of sales when units of it
/// came back since.
pub fn take_back(act: &mut Act<'_>, id: ShipmentId) -> Result<Shipment, Error> {
    let seen: Shipment = Shipment::query().find(id).first(act.conn())?;
    if seen.status != ShipmentStatus::Shipped {
        return Err(seen.refuses(ShipmentStatus::Packed));
    }
    let lines = lines(act, id)?;
    let units: Vec<(OrderLineId, Quantity)> = lines
        .iter()
        .map(|(line, _, units)| (*line, *units))
        .collect();
    let mut happenings = sales::mark_unshipped(act, seen.order_id, &units)?;
    let parcel: Shipment = Shipment::query().find(id).for_update().first(act.conn())?;
    if parcel.status != ShipmentStatus::Shipped {
        return Err(parcel.refuses(ShipmentStatus::Packed));
    }
    must_be_open(act, &parcel)?;
    must_be_alone(act, &parcel)?;
    happenings.extend(brought_back(act, &parcel, &lines)?);
    let cause = Cause::of(CauseKind::Shipment).because(format!("{} did not leave", parcel.number));
    stock::change(act, &cause, &happenings)?;
    // It stands as it left, also where nobody scanned it.
    diesel::update(shipment_lines::table.filter(shipment_lines::shipment_id.eq(id)))
        .set((
            shipment_lines::picked.eq(shipment_lines::quantity),
            shipment_lines::packed.eq(shipment_lines::quantity),
        ))
        .execute(act.conn())?;
    let back: Shipment = diesel::update(shipments::table.find(id))
        .set(Undone::to(ShipmentStatus::Packed))
        .returning(Shipment::as_returning())
        .get_result(act.conn())?;
    let event = Event::ParcelTakenBack {
        parcel: parcel.number,
    };
    act.note_all(&[RecordRef::Order(parcel.order_id), back.record()], &event)?;
    Ok(back)
}

/// An order is in preparation once in a warehouse.
fn must_be_alone(act: &mut Act<'_>, parcel: &Shipment) -> Result<(), Error> {
    let other: Option<String> = shipments::table
        .filter(shipments::order_id.eq(parcel.order_id))
        .filter(shipments::warehouse_id.eq(parcel.warehouse_id))
        .filter(shipments::status.eq_any(ShipmentStatus::Shipped.before()))
        .select(shipments::number)
        .first(act.conn())
        .optional()?;
    match other {
        Some(shipment) => Err(Error::OtherUnderWay { shipment }),
        None => Ok(()),
    }
}

/// Nobody closes the manifest meanwhile; a parcel that stands on none left too long ago.
fn must_be_open(act: &mut Act<'_>, parcel: &Shipment) -> Result<(), Error> {
    let open: Option<ManifestId> = manifests::table
        .inner_join(shipments::table)
        .filter(shipments::id.eq(parcel.id))
        .filter(manifests::closed_at.is_null())
        .select(manifests::id)
        .for_share()
        .first(act.conn())
        .optional()?;
    match open {
        Some(_) => Ok(()),
        None => Err(Error::HandedOver(parcel.number.clone())),
    }
}

type Line = (OrderLineId, ProductId, Quantity);

fn lines(conn: &mut PgConnection, parcel: ShipmentId) -> QueryResult<Vec<Line>> {
    shipment_lines::table
        .filter(shipment_lines::shipment_id.eq(parcel))
        .order(shipment_lines::id)
        .select((
            shipment_lines::order_line_id,
            shipment_lines::product_id,
            shipment_lines::quantity,
        ))
        .load(conn)
}

/// Units of a product, and the bin they left.
#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Left {
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    /// None where it is in use no more.
    #[diesel(sql_type = Nullable<BigInt>)]
    bin: Option<LocationId>,
    #[diesel(sql_type = Integer)]
    units: Quantity,
}

/// Each line in the bins that units of its product left.
fn brought_back(
    act: &mut Act<'_>,
    parcel: &Shipment,
    lines: &[Line],
) -> QueryResult<Vec<Happening>> {
    let left: Vec<Left> = sql!(
        "select m.product_id, b.id as bin, sum(case when m.to_warehouse_id is null then m.quantity else -m.quantity end)::int4 as units
         from movements m
         left join locations b on b.id = coalesce(m.from_location_id, m.to_location_id) and b.is_active
         where m.shipment_id = :parcel group by 1, 2 having sum(case when m.to_warehouse_id is null then m.quantity else -m.quantity end) > 0
         order by 1, 2",
        parcel: BigInt = parcel.id,
    )
    .load(act.conn())?;
    let mut by_product: HashMap<ProductId, Vec<(Option<LocationId>, Quantity)>> = HashMap::new();
    for each in left {
        let bins = by_product.entry(each.product_id).or_default();
        bins.push((each.bin, each.units));
    }
    let mut happenings = Vec::new();
    for (line, product, units) in lines {
        let mut wanted = *units;
        let bins = by_product.entry(*product).or_default();
        for (bin, there) in bins.iter_mut() {
            let part = wanted.min(*there);
            *there = there.less(part);
            wanted = wanted.less(part);
            if !part.is_zero() {
                happenings.push(Happening::BringBack {
                    line: *line,
                    place: Place::new(parcel.warehouse_id, *product),
                    quantity: part,
                    bin: *bin,
                    shipment: parcel.id,
                });
            }
        }
    }
    Ok(happenings)
}
