//! Units come back from the customer.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::lock;
use crate::catalog;
use crate::db::{Act, set_based};
use crate::sales::queries::{LineShown, lines_shown};
use crate::sales::{Error, OrderLine};
use crate::stock::{self, Cause, CauseKind, Condition, Happening, Place};
use crate::types::{
    Event, LocationId, OrderId, OrderLineId, ProductId, Quantity, ReturnId, WarehouseId,
};

/// What a return brought back.
#[derive(Debug, Clone)]
pub struct TakingBack {
    pub of: ReturnId,
    /// Its number.
    pub number: String,
    /// Where good units go.
    pub warehouse: WarehouseId,
    /// Each line of the order at most once.
    pub lines: Vec<CameBack>,
}

/// What of it was of one line.
#[derive(Debug, Clone)]
pub struct CameBack {
    pub line: OrderLineId,
    /// Units that can be sold again.
    pub good: Quantity,
    /// Units that cannot.
    pub damaged: Quantity,
    /// Where good ones are put; `None`: on the dock, where there are bins.
    pub bin: Option<LocationId>,
    /// Why, in words.
    pub reason: String,
}

impl CameBack {
    fn units(&self) -> Quantity {
        self.good + self.damaged
    }
}

/// Units of lines that left are back: good ones go at once to those who wait, damaged ones to a
/// warehouse of defective goods, else into quarantine, else they are scrapped. Of a kit they are sets,
/// with all their parts, unless its sets were broken: then its parts come back by the unit. The order
/// stays as it is.
///
/// # Errors
/// [`Error::NoSuchLine`], [`Error::TooManyReturned`], [`Error::InSets`], [`Error::ByTheUnit`], and those
/// of stock.
pub fn take_back(act: &mut Act<'_>, id: OrderId, back: &TakingBack) -> Result<(), Error> {
    let order = lock(act, id)?;
    let lines = lines_shown(act, id)?;
    let apart = Apart::of(act, back)?;
    let (mut returned, mut arrivals, mut told) = (BTreeMap::new(), vec![], vec![]);
    for each in back.lines.iter().filter(|each| !each.units().is_zero()) {
        let shown = returnable(&lines, each)?;
        for (line, of_one) in with_parts(&lines, &shown.line) {
            *returned.entry(line.id).or_default() += each.units().times(of_one);
            if !line.is_kit {
                let note = format!("{} of {}: {}", back.number, order.number, each.reason);
                arrivals.extend(apart.arrivals(back, each, (line.product_id, of_one), &note));
            }
        }
        told.push((order.record(), event(shown, back, each)));
    }
    keep(act, &returned)?;
    let cause =
        Cause::of(CauseKind::Return).because(format!("{} of {}", back.number, order.number));
    stock::change(act, &cause, &arrivals)?;
    Ok(act.note_each(&told)?)
}

/// The line that units came back of.
fn returnable<'a>(lines: &'a [LineShown], back: &CameBack) -> Result<&'a LineShown, Error> {
    let shown = lines.iter().find(|shown| shown.line.id == back.line);
    let shown = shown.ok_or(Error::NoSuchLine)?;
    if shown.line.set().is_some() {
        return Err(Error::InSets);
    }
    if shown.line.broken_at.is_some() {
        return Err(Error::ByTheUnit);
    }
    let most = shown.line.may_come_back();
    if back.units() > most {
        let line = back.line;
        return Err(Error::TooManyReturned { line, most });
    }
    Ok(shown)
}

/// A line and, where it is a kit, its parts, each with how many of its units one of that line is.
fn with_parts<'a>(
    lines: &'a [LineShown],
    line: &'a OrderLine,
) -> impl Iterator<Item = (&'a OrderLine, Quantity)> {
    let parts = lines.iter().map(|shown| &shown.line);
    let parts = parts.filter(|part| part.kit_line_id == Some(line.id));
    let parts = parts.map(|part| (part, part.per_kit.unwrap_or_default()));
    std::iter::once((line, Quantity::new(1))).chain(parts)
}

fn event(shown: &LineShown, back: &TakingBack, each: &CameBack) -> Event {
    Event::UnitsReturned {
        units: each.units(),
        sku: shown.sku.clone(),
        reason: format!("{}: {}", back.number, each.reason),
    }
}

fn keep(act: &mut Act<'_>, returned: &BTreeMap<OrderLineId, Quantity>) -> QueryResult<usize> {
    set_based!(
        "update order_lines l set returned = l.returned + u.units from :rows where l.id = u.line",
        returned, |(line, units)|
        line: BigInt = *line,
        units: Integer = *units
    )
    .execute(act.conn())
}

/// Where damaged units go.
enum Apart {
    /// A warehouse of defective goods.
    There(WarehouseId),
    /// A bin of the warehouse that receives them.
    Quarantine(LocationId),
    /// There is no such place.
    Nowhere,
}

impl Apart {
    /// A warehouse that who acts may not touch is none.
    fn of(act: &mut Act<'_>, back: &TakingBack) -> QueryResult<Self> {
        let mut defective = catalog::defective_warehouses(act)?.into_iter();
        if let Some(there) = defective.find(|each| act.limit().admits(each.id)) {
            return Ok(Self::There(there.id));
        }
        if !catalog::warehouse(act, back.warehouse)?.uses_locations {
            return Ok(Self::Nowhere);
        }
        let bin = catalog::quarantine_of(act, back.warehouse)?;
        Ok(bin.map_or(Self::Nowhere, |bin| Self::Quarantine(bin.id)))
    }

    /// What comes back of a product, of which one unit of the line is so many.
    fn arrivals(
        &self,
        back: &TakingBack,
        each: &CameBack,
        (product, of_one): (ProductId, Quantity),
        note: &str,
    ) -> impl Iterator<Item = Happening> {
        let here = back.warehouse;
        let (warehouse, bin, condition) = match self {
            Self::There(warehouse) => (*warehouse, None, Condition::Damaged),
            Self::Quarantine(bin) => (here, Some(*bin), Condition::Damaged),
            Self::Nowhere => (here, None, Condition::Scrapped),
        };
        let (of, note) = (back.of, note.to_owned());
        let parts = [
            (each.good, here, each.bin, Condition::Good),
            (each.damaged, warehouse, bin, condition),
        ];
        let parts = parts.into_iter().filter(|(units, ..)| !units.is_zero());
        parts.map(
            move |(units, warehouse, bin, condition)| Happening::TakeBack {
                place: Place::new(warehouse, product),
                bin,
                quantity: units.times(of_one),
                condition,
                of,
                note: note.clone(),
            },
        )
    }
}
