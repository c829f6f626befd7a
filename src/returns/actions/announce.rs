//! A return is announced, or found.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::topics;
use crate::db::{Act, Document, announce as tell_pages, set_based};
use crate::returns::queries::{self, LineBack};
use crate::returns::{Error, Return, ReturnReason};
use crate::sales;
use crate::schema::returns;
use crate::stock;
use crate::types::{Event, OrderId, OrderLineId, Quantity, WarehouseId};

/// A return to be written down.
#[derive(Debug, Clone)]
pub struct NewReturn {
    pub order: OrderId,
    /// Where it is received; `None`: where the first of its lines shipped from.
    pub warehouse: Option<WarehouseId>,
    /// May be empty.
    pub note: String,
    /// Each line of the order at most once.
    pub lines: Vec<Announced>,
}

/// Units of one line that are to come.
#[derive(Debug, Clone)]
pub struct Announced {
    pub line: OrderLineId,
    pub units: Quantity,
    pub reason: ReturnReason,
}

/// Writes a return down. One without lines was found: what is in it is scanned.
///
/// # Errors
/// [`Error::NothingLeft`], [`Error::NotThere`], and [`sales::Error::NoSuchLine`] and
/// [`sales::Error::TooManyReturned`] of a line.
pub fn announce(act: &mut Act<'_>, new: &NewReturn) -> Result<Return, Error> {
    let order = sales::order(act, new.order)?;
    let all = queries::lines_back(act, None, new.order)?;
    let warehouse = warehouse(&all, new).ok_or(match all.is_empty() {
        true => Error::NothingLeft(order.number.clone()),
        false => Error::NotThere,
    })?;
    check(&all, &new.lines)?;
    let touched: BTreeSet<WarehouseId> = all
        .iter()
        .filter(|back| new.lines.iter().any(|line| line.line == back.line))
        .map(|back| back.warehouse_id)
        .chain([warehouse])
        .collect();
    stock::must_reach(act, touched).map_err(sales::Error::from)?;
    let written = insert(act, new, warehouse)?;
    let event = Event::ReturnAnnounced {
        number: written.number.clone(),
        units: new.lines.iter().map(|line| line.units).sum(),
    };
    act.note_all(&[written.record(), order.record()], &event)?;
    tell_pages(act, &topics(&written))?;
    Ok(written)
}

/// The one that was chosen, if it ships some of the order.
fn warehouse(all: &[LineBack], new: &NewReturn) -> Option<WarehouseId> {
    let ships = |id: &WarehouseId| all.iter().any(|back| back.warehouse_id == *id);
    let first = || {
        let mut named = all.iter();
        let is_named = |back: &&LineBack| new.lines.iter().any(|line| line.line == back.line);
        named
            .find(is_named)
            .or(all.first())
            .map(|back| back.warehouse_id)
    };
    match new.warehouse {
        Some(chosen) => Some(chosen).filter(ships),
        None => first(),
    }
}

fn check(all: &[LineBack], lines: &[Announced]) -> Result<(), sales::Error> {
    for announced in lines {
        let line = announced.line;
        let back = all.iter().find(|back| back.line == line);
        let most = back.ok_or(sales::Error::NoSuchLine)?.may_come_back;
        if announced.units > most {
            return Err(sales::Error::TooManyReturned { line, most });
        }
    }
    Ok(())
}

fn insert(act: &mut Act<'_>, new: &NewReturn, warehouse: WarehouseId) -> QueryResult<Return> {
    let row = (
        returns::number.eq(Document::Return.number(act)?),
        returns::order_id.eq(new.order),
        returns::warehouse_id.eq(warehouse),
        returns::note.eq(&new.note),
        returns::created_by.eq(act.by()),
        returns::created_at.eq(act.at()),
    );
    let written: Return = diesel::insert_into(returns::table)
        .values(row)
        .returning(Return::as_returning())
        .get_result(act.conn())?;
    set_based!(
        "insert into return_lines (return_id, order_line_id, announced, reason)
         select :written, u.line, u.units, u.reason from :rows order by u.line",
        &new.lines, |announced| line: BigInt = announced.line, units: Integer = announced.units,
        reason: Text = announced.reason;
        written: BigInt = written.id
    )
    .execute(act.conn())?;
    Ok(written)
}
