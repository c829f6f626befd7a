//! Units are counted by hand, by those who may: one more, one less, or all.

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::count::{Goods, become_packed, count};
use super::undo::reopen;
use super::{Station, lines, must_have_open};
use crate::db::{Act, announce, sql};
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus};
use crate::schema::{products, scan_lines, scans, shipment_lines, shipments};
use crate::types::{ProductId, Quantity, ScanId, ShipmentId, ShipmentLineId, Sku};

/// One unit of a line more is in the package of the desk, or one less, without a scan.
///
/// # Errors
/// [`Error::NotByHand`] for those who may not, [`Error::NothingOpen`], [`Error::NothingToUndo`].
pub fn count_by_hand(
    act: &mut Act<'_>,
    station: &Station,
    (parcel, line): (ShipmentId, ShipmentLineId),
    more: bool,
) -> Result<Answer, Error> {
    if !station.unscanned {
        return Err(Error::NotByHand);
    }
    let parcel = must_have_open(act, parcel)?;
    let (product, sku): (ProductId, Sku) = shipment_lines::table
        .inner_join(products::table)
        .filter(shipment_lines::id.eq(line))
        .filter(shipment_lines::shipment_id.eq(parcel.id))
        .select((products::id, products::sku))
        .first(act.conn())?;
    if !more {
        return one_less(act, &parcel, line, &sku);
    }
    let goods = Goods {
        product,
        sku,
        units: Quantity::new(1),
    };
    let scan = station.scan(Some(&parcel), "+");
    let lines = lines(act, parcel.id)?;
    count(act, (&parcel, &lines), scan, &goods)
}

/// One unit less of what was counted last; what was packed unscanned has no scan.
fn one_less(
    act: &mut Act<'_>,
    parcel: &Shipment,
    line: ShipmentLineId,
    sku: &Sku,
) -> Result<Answer, Error> {
    let changed = diesel::update(shipment_lines::table.find(line))
        .filter(shipment_lines::packed.gt(0))
        .set(shipment_lines::packed.eq(shipment_lines::packed - 1))
        .execute(act.conn())?;
    if changed == 0 {
        return Err(Error::NothingToUndo);
    }
    let last: Option<(ScanId, Quantity)> = scan_lines::table
        .inner_join(scans::table)
        .filter(scan_lines::shipment_line_id.eq(line))
        .filter(scans::stage.eq(crate::preparation::Stage::Pack))
        .order(scans::id.desc())
        .select((scans::id, scan_lines::units))
        .first(act.conn())
        .optional()?;
    if let Some((scan, units)) = last {
        let counted = scan_lines::table.find((scan, line));
        match units.get() {
            1 => diesel::delete(counted).execute(act.conn())?,
            _ => diesel::update(counted)
                .set(scan_lines::units.eq(scan_lines::units - 1))
                .execute(act.conn())?,
        };
    }
    reopen(act, parcel)?;
    Ok(Answer::of(Outcome::Opened, format!("{sku}: one less.")))
}

/// A parcel is said to be packed that nobody scanned.
///
/// # Errors
/// [`Error::Step`] when it is not picked, or packed already.
pub fn pack_unscanned(act: &mut Act<'_>, id: ShipmentId) -> Result<Shipment, Error> {
    let parcel: Shipment = Shipment::query().find(id).for_update().first(act.conn())?;
    if parcel.status != ShipmentStatus::Picked {
        return Err(parcel.refuses(ShipmentStatus::Packed));
    }
    sql!(
        "update shipment_lines set packed = quantity where shipment_id = :parcel",
        parcel: BigInt = id,
    )
    .execute(act.conn())?;
    become_packed(act, &parcel)?;
    announce(act, &parcel.topics())?;
    let packed: Shipment = shipments::table
        .find(id)
        .select(Shipment::as_select())
        .first(act.conn())?;
    Ok(packed)
}
