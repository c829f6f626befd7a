//! Units come back from the customer.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::broken::alone;
use super::lock;
use crate::db::{Act, set_based};
use crate::sales::{Error, OrderLine, queries};
use crate::stock::{self, Cause, CauseKind, Happening, MoveReason};
use crate::types::{Change, Event, OrderId, OrderLineId, Quantity};

/// Good units of a line that left are back on the dock of the warehouse that shipped them, and go at
/// once to those who wait. Of a kit they are sets, with all their parts, unless its sets were broken:
/// then its parts come back by the unit. The order stays as it is.
///
/// # Errors
/// [`Error::NoSuchLine`], [`Error::TooManyReturned`], [`Error::InSets`], [`Error::Broken`], and those
/// of stock.
pub fn take_back(
    act: &mut Act<'_>,
    id: OrderId,
    line: OrderLineId,
    units: Quantity,
    reason: &str,
) -> Result<(), Error> {
    let order = lock(act, id)?;
    let shown = queries::line_of(act, id, line)?;
    let (most, sku) = (shown.line.may_come_back(), shown.sku);
    if units > most {
        return Err(Error::TooManyReturned(most));
    }
    if units.is_zero() {
        return Ok(());
    }
    let back = alone(act, shown.line)?.into_iter();
    let back: Vec<(OrderLine, Quantity)> =
        back.map(|(line, each)| (line, units.times(each))).collect();
    set_based!(
        "update order_lines l set returned = l.returned + u.units from :rows where l.id = u.line",
        &back, |(line, units)|
        line: BigInt = line.id,
        units: Integer = *units
    )
    .execute(act.conn())?;
    let goods = back.iter().filter(|(line, _)| !line.is_kit);
    let arrivals: Vec<Happening> = goods
        .map(|(line, units)| Happening::Adjust {
            place: line.place(),
            bin: None,
            change: Change::new(units.as_i32()),
            reason: MoveReason::Return,
            note: format!("{} came back: {reason}", order.number),
        })
        .collect();
    let cause = Cause::of(CauseKind::Adjustment).because(reason);
    stock::change(act, &cause, &arrivals)?;
    let reason = reason.to_owned();
    let returned = Event::UnitsReturned { units, sku, reason };
    Ok(act.tell(order.record(), &returned)?)
}
