//! Somebody finds units: each scan is kept at once.

use diesel::prelude::*;

use super::join;
use crate::catalog;
use crate::db::{Act, announce};
use crate::inventory::actions::kept;
use crate::inventory::queries::{NowInBooks, now_in_books};
use crate::inventory::{Count, CountLine, Error};
use crate::schema::{count_lines, count_scans, counts};
use crate::stock::{self, MOST, Place};
use crate::types::{CountId, LocationId, ProductId, Quantity};

/// Units that somebody found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub product: ProductId,
    /// In this bin; none: the warehouse has none.
    pub bin: Option<LocationId>,
    pub units: Quantity,
    /// They are added to what was found there before; otherwise they are all.
    pub adds: bool,
}

/// Keeps what somebody found, beside what the books say in this moment; answers with the line as it
/// is then. What was not on the list joins it.
///
/// # Errors
/// [`Error::CountClosed`], [`Error::BinMissing`], [`Error::CountedElsewhere`], [`Error::TooManyFound`],
/// [`Error::Archived`], [`Error::IsKit`], [`stock::Error::NoSuchBin`] for a bin of another warehouse.
pub fn scan(act: &mut Act<'_>, id: CountId, found: &Found) -> Result<CountLine, Error> {
    let count = join(act, id)?;
    check_bin(act, &count, found)?;
    let line = line_of(act, &count, found)?;
    let before = match found.adds {
        true => line.counted,
        false => None,
    };
    let counted = before.unwrap_or_default() + found.units;
    if found.units > MOST || counted > MOST {
        return Err(Error::TooManyFound);
    }
    let place = Place::new(count.warehouse_id, found.product);
    stock::hold(act, [place])?;
    let now = now_in_books(act, place, found.bin)?;
    keep_scan(act, &line, found, counted, &now)?;
    let first = before.and(line.first_books).unwrap_or(now.books);
    let line = diesel::update(count_lines::table.find(line.id))
        .set((
            count_lines::counted.eq(counted),
            count_lines::books.eq(now.books),
            count_lines::first_books.eq(first),
            count_lines::latest_movement.eq(now.latest_movement),
            count_lines::counted_at.eq(act.at()),
            count_lines::counted_by.eq(act.by()),
        ))
        .returning(CountLine::as_returning())
        .get_result(act.conn())?;
    announce(act, &[count.record().to_string()])?;
    Ok(line)
}

fn check_bin(conn: &mut PgConnection, count: &Count, found: &Found) -> Result<(), Error> {
    let warehouse = catalog::warehouse(conn, count.warehouse_id)?;
    match found.bin {
        Some(_) if !warehouse.uses_locations => Err(Error::UsesNoBins),
        None if warehouse.uses_locations => Err(Error::BinMissing),
        _ => Ok(()),
    }
}

/// The line of a place, kept from others; it joins the list where it is not on it.
fn line_of(act: &mut Act<'_>, count: &Count, found: &Found) -> Result<CountLine, Error> {
    let listed = match open_line(act, count, found)? {
        Some(line) => Some(line),
        None => {
            list(act, count, found)?;
            open_line(act, count, found)?
        }
    };
    let line = listed.ok_or(diesel::NotFound)?;
    match line.count_id == count.id {
        true => Ok(line),
        false => Err(elsewhere(act, line.count_id)?),
    }
}

/// Somebody else may list the place in this moment: then it is theirs.
fn list(act: &mut Act<'_>, count: &Count, found: &Found) -> Result<(), Error> {
    let product = catalog::product(act, found.product)?;
    if product.is_archived() {
        return Err(Error::Archived(product.sku));
    }
    let row = (
        count_lines::count_id.eq(count.id),
        count_lines::warehouse_id.eq(count.warehouse_id),
        count_lines::product_id.eq(found.product),
        count_lines::location_id.eq(found.bin),
        count_lines::unit_cost.eq(catalog::cost_of(act, found.product)?),
    );
    diesel::insert_into(count_lines::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(act.conn())?;
    kept::no_kits(act, &[product.id], "count")
}

fn open_line(
    conn: &mut PgConnection,
    count: &Count,
    found: &Found,
) -> QueryResult<Option<CountLine>> {
    CountLine::query()
        .filter(count_lines::is_open)
        .filter(count_lines::warehouse_id.eq(count.warehouse_id))
        .filter(count_lines::product_id.eq(found.product))
        .filter(count_lines::location_id.is_not_distinct_from(found.bin))
        .for_update()
        .first(conn)
        .optional()
}

fn elsewhere(conn: &mut PgConnection, other: CountId) -> QueryResult<Error> {
    let number = counts::table.find(other).select(counts::number);
    Ok(Error::CountedElsewhere(number.first(conn)?))
}

fn keep_scan(
    act: &mut Act<'_>,
    line: &CountLine,
    found: &Found,
    counted: Quantity,
    now: &NowInBooks,
) -> QueryResult<()> {
    let row = (
        count_scans::count_line_id.eq(line.id),
        count_scans::round.eq(line.round),
        count_scans::units.eq(found.units),
        count_scans::adds.eq(found.adds),
        count_scans::counted.eq(counted),
        count_scans::books.eq(now.books),
        count_scans::user_id.eq(act.by()),
        count_scans::at.eq(act.at()),
    );
    diesel::insert_into(count_scans::table)
        .values(row)
        .execute(act.conn())?;
    Ok(())
}
