//! What is known so far of the units in a parcel.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::lock_announced;
use crate::catalog;
use crate::db::{Act, set_based};
use crate::returns::queries::{self, LineBack};
use crate::returns::{Error, Return, ReturnReason};
use crate::types::{LocationId, OrderLineId, Quantity, ReturnId};
use crate::{sales, stock};

/// What was found of one line.
#[derive(Debug, Clone)]
pub struct Back {
    pub line: OrderLineId,
    pub good: Quantity,
    pub damaged: Quantity,
    /// Units that should have been there.
    pub missing: Quantity,
    pub reason: ReturnReason,
    /// Code or barcode of the bin that good ones go into; empty: the dock.
    pub bin: String,
}

impl Back {
    /// Whether anything is said of its units.
    pub fn is_said(&self) -> bool {
        [self.good, self.damaged, self.missing]
            .iter()
            .any(|units| !units.is_zero())
    }
}

/// Keeps what was found so far; nothing moves yet.
///
/// # Errors
/// [`Error::CannotBe`], and those of what was found.
pub fn save(act: &mut Act<'_>, id: ReturnId, lines: &[Back]) -> Result<(), Error> {
    let of = lock_announced(act, id, "received")?;
    write(act, &of, lines)
}

/// Writes lines of a locked return, in one statement.
pub fn write(act: &mut Act<'_>, of: &Return, lines: &[Back]) -> Result<(), Error> {
    let known = queries::lines_back(act, Some(of), of.order_id)?;
    let mut shipped_by = Vec::new();
    for back in lines {
        let line = known.iter().find(|line| line.line == back.line);
        let line = line.ok_or(sales::Error::NoSuchLine)?;
        if back.is_said() {
            must_be_of_it(back, line)?;
            shipped_by.push(line.warehouse_id);
        }
    }
    stock::must_reach(act, shipped_by).map_err(sales::Error::from)?;
    let bins = bins(act, of, lines)?;
    let rows: Vec<(&Back, Option<LocationId>)> = lines.iter().zip(bins).collect();
    set_based!(
        "insert into return_lines
           (return_id, order_line_id, good, damaged, missing, reason, location_id)
         select :written, u.line, u.good, u.damaged, u.missing, u.reason, u.bin
         from :rows
         where u.good + u.damaged + u.missing > 0 or exists (
           select from return_lines b where b.return_id = :written and b.order_line_id = u.line)
         order by u.line
         on conflict (return_id, order_line_id) do update
         set good = excluded.good, damaged = excluded.damaged, missing = excluded.missing,
           reason = excluded.reason, location_id = excluded.location_id",
        &rows, |(back, bin)| line: BigInt = back.line, good: Integer = back.good,
        damaged: Integer = back.damaged, missing: Integer = back.missing,
        reason: Text = back.reason, bin: Nullable<BigInt> = *bin;
        written: BigInt = of.id
    )
    .execute(act.conn())?;
    Ok(())
}

/// No more is back or missing than left.
fn must_be_of_it(back: &Back, line: &LineBack) -> Result<(), sales::Error> {
    match back.good + back.damaged + back.missing > line.may_come_back {
        true => Err(sales::Error::TooManyReturned {
            line: line.line,
            most: line.may_come_back,
        }),
        false => Ok(()),
    }
}

/// The bin of each line, as it was typed or scanned.
fn bins(
    conn: &mut PgConnection,
    of: &Return,
    lines: &[Back],
) -> Result<Vec<Option<LocationId>>, Error> {
    let texts = lines.iter().map(|back| back.bin.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    if texts.is_empty() {
        return Ok(vec![None; lines.len()]);
    }
    let known = catalog::bins_called(conn, of.warehouse_id, &texts)?;
    let bin = |back: &Back| {
        let text = back.bin.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let bin = known.iter().find(|bin| bin.is_called(text));
        match bin.ok_or(Error::NoSuchBin(back.line))? {
            bin if bin.takes_goods() => Ok(Some(bin.id)),
            _ => Err(Error::NotIntoBin(back.line)),
        }
    };
    lines.iter().map(bin).collect()
}
