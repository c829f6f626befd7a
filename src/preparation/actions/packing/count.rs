//! Units go into a package.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::super::scanned::{Scan, shared_out};
use super::super::step::Step;
use super::Line;
use crate::db::{Act, announce, set_based};
use crate::preparation::{Answer, Error, Outcome, Shipment, ShipmentStatus};
use crate::schema::shipments;
use crate::types::{Event, ProductId, Quantity, Sku};

/// Units of a product, as they are called.
pub(super) struct Goods {
    pub product: ProductId,
    pub sku: Sku,
    pub units: Quantity,
}

/// Counts units of lines into the package that was begun last: no more than the parcel still wants. A parcel that has all is
/// packed.
pub(super) fn count(
    act: &mut Act<'_>,
    (parcel, lines): (&Shipment, &[Line]),
    scan: Scan,
    goods: &Goods,
) -> Result<Answer, Error> {
    let scan = Scan {
        product_id: Some(goods.product),
        units: goods.units,
        in_package: true,
        ..scan
    };
    let of_product = || lines.iter().filter(|line| line.product_id == goods.product);
    let left: Quantity = of_product().map(Line::left).sum();
    let (sku, number) = (&goods.sku, &parcel.number);
    if goods.units > left {
        let why = match (of_product().next().is_some(), left.get()) {
            (false, _) => format!("No: {sku} is not in {number}."),
            (_, 0) => format!("No: all of {sku} are packed already. One too many."),
            (_, left) => format!("Too many: {left} more of {sku}, not {}.", goods.units),
        };
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let shares = shared_out(of_product().map(|line| (line.id, line.left())), goods.units);
    set_based!(
        "update shipment_lines l set packed = l.packed + u.units from :rows where l.id = u.line",
        &shares, |(line, units)| line: BigInt = *line, units: Integer = *units
    )
    .execute(act.conn())?;
    let all_left: Quantity = lines.iter().map(Line::left).sum();
    let words = match all_left.less(goods.units).get() {
        0 => format!("{sku}: {}. {number} is packed.", goods.units),
        rest => format!("{sku}: {}. {rest} left to pack.", goods.units),
    };
    if all_left == goods.units {
        become_packed(act, parcel)?;
    }
    announce(act, &parcel.topics())?;
    Ok(scan.keep(act, Answer::of(Outcome::Counted, words), &shares)?)
}

pub(super) fn become_packed(act: &mut Act<'_>, parcel: &Shipment) -> QueryResult<()> {
    let changed = diesel::update(shipments::table.find(parcel.id))
        .filter(shipments::status.eq(ShipmentStatus::Picked))
        .set(Step::to(ShipmentStatus::Packed, act.at()))
        .execute(act.conn())?;
    match changed {
        0 => Ok(()),
        _ => act.note(parcel.record(), &Event::ParcelPacked),
    }
}
