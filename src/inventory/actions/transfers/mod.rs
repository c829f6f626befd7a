//! What people do to transfers. Each action locks the transfer first, and leaves a line in its
//! history.

mod at_once;
mod draft;
mod edit;
mod end;
mod proposed;
mod scan;
mod send;

pub use at_once::{preview_at_once, send_at_once};
pub use draft::{NewTransfer, NewTransferLine, cancel_transfer, draft_transfer};
pub use edit::{
    TransferEdit, add_transfer_line, edit_transfer, offered_product, remove_transfer_line,
};
pub use end::{Ended, end_transfer, expect_transfer, preview_ended, preview_expected};
pub use proposed::draft_proposed;
pub use scan::scan_transfer;
pub use send::{Sending, preview_sending, send_transfer};

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::{Act, announce, set_based};
use crate::inventory::{Error, Transfer, TransferLine, TransferStatus};
use crate::schema::{products, transfer_lines, transfers};
use crate::stock::{self, Expect, Happening, Origin, Place};
use crate::types::{Event, ProductId, Quantity, Sku, TransferId, UnitsOf};

/// The transfer, kept from others: the first lock of every action.
fn lock(conn: &mut PgConnection, id: TransferId) -> QueryResult<Transfer> {
    Transfer::query()
        .filter(transfers::id.eq(id))
        .for_update()
        .first(conn)
}

/// Refuses what the status does not allow; `wanted` is a participle.
fn must(transfer: &Transfer, is_allowed: bool, wanted: &'static str) -> Result<(), Error> {
    if is_allowed {
        Ok(())
    } else {
        Err(Error::CannotBe {
            number: transfer.number.clone(),
            status: transfer.status,
            wanted,
        })
    }
}

/// The same of a draft, which is for those to change whose goods are to leave; `wanted` is a participle.
fn lock_draft(act: &mut Act<'_>, id: TransferId, wanted: &'static str) -> Result<Transfer, Error> {
    let transfer = lock(act, id)?;
    must_be_draft(&transfer, wanted)?;
    stock::must_reach(act, [transfer.from_warehouse_id])?;
    Ok(transfer)
}

fn must_be_draft(transfer: &Transfer, wanted: &'static str) -> Result<(), Error> {
    must(transfer, transfer.status == TransferStatus::Draft, wanted)
}

fn must_be_under_way(transfer: &Transfer, wanted: &'static str) -> Result<(), Error> {
    must(transfer, transfer.status.is_under_way(), wanted)
}

/// Refuses a day that is over: it promises nothing.
fn must_be_ahead(day: NaiveDate, today: NaiveDate) -> Result<(), Error> {
    if day < today {
        return Err(Error::DayIsOver);
    }
    Ok(())
}

/// Writes the transfer as it is now, under a new version.
fn save(act: &mut Act<'_>, transfer: &mut Transfer) -> QueryResult<()> {
    transfer.version += 1;
    let is_closed = !TransferStatus::OPEN.contains(&transfer.status);
    transfer.closed_at = is_closed.then_some(act.at());
    diesel::update(transfers::table.find(transfer.id))
        .set(&*transfer)
        .execute(act.conn())?;
    Ok(())
}

/// Writes down what was done, and tells the pages that show it.
fn tell(act: &mut Act<'_>, transfer: &Transfer, event: &Event) -> QueryResult<()> {
    act.note(transfer.record(), event)?;
    let topics = [
        transfer.record().to_string(),
        "transfers".into(),
        format!("warehouse:{}", transfer.from_warehouse_id),
        format!("warehouse:{}", transfer.to_warehouse_id),
    ];
    announce(act, &topics)
}

fn lines_of(conn: &mut PgConnection, transfer: &Transfer) -> QueryResult<Vec<TransferLine>> {
    TransferLine::query()
        .filter(transfer_lines::transfer_id.eq(transfer.id))
        .order(transfer_lines::line_number)
        .load(conn)
}

/// Writes quantities, and what became of them.
fn write_lines(conn: &mut PgConnection, lines: &[TransferLine]) -> QueryResult<()> {
    set_based!(
        "update transfer_lines l
         set quantity = u.quantity, received = u.received, lost = u.lost,
           called_back = u.called_back, scanned = u.scanned
         from :rows where l.id = u.id",
        lines, |line| id: BigInt = line.id, quantity: Integer = line.quantity,
        received: Integer = line.received, lost: Integer = line.lost,
        called_back: Integer = line.called_back, scanned: Integer = line.scanned
    )
    .execute(conn)?;
    Ok(())
}

/// Where a line comes from.
const fn source(transfer: &Transfer, line: &TransferLine) -> Place {
    Place::new(transfer.from_warehouse_id, line.product_id)
}

/// Where it goes.
const fn target(transfer: &Transfer, line: &TransferLine) -> Place {
    Place::new(transfer.to_warehouse_id, line.product_id)
}

/// What a line still brings, and when; none: it says no day.
fn expected(transfer: &Transfer, line: &TransferLine) -> Option<Happening> {
    Some(Happening::Expect(Expect {
        of: Origin::Transfer(line.id),
        place: target(transfer, line),
        quantity: line.under_way(),
        due_on: transfer.expected_on?,
    }))
}

/// What stock refuses, beside the line it is about, if it is about one.
fn beside_line(transfer: &Transfer, lines: &[TransferLine], why: stock::Error) -> Error {
    let ends = [source, target];
    let at = ends.iter().find_map(|end| {
        let places = lines.iter().map(|line| end(transfer, line));
        why.line_of(places)
    });
    match at {
        Some(at) => Error::OfTransferLine {
            line: lines[at].id,
            why,
        },
        None => why.into(),
    }
}

/// What people call the products of some units.
fn units_of(
    conn: &mut PgConnection,
    units: impl Iterator<Item = (ProductId, Quantity)>,
) -> QueryResult<Vec<UnitsOf>> {
    let units: Vec<(ProductId, Quantity)> = units.collect();
    let skus: Vec<(ProductId, Sku)> = products::table
        .filter(products::id.eq_any(units.iter().map(|(product, _)| *product)))
        .select((products::id, products::sku))
        .load(conn)?;
    let skus: HashMap<ProductId, Sku> = skus.into_iter().collect();
    let named = units.iter().filter_map(|(product, units)| {
        let sku = skus.get(product)?.clone();
        Some(UnitsOf { sku, units: *units })
    });
    Ok(named.collect())
}
