//! Goods of a transfer are scanned: when they are picked, and when they are taken in.

use diesel::prelude::*;

use super::{lines_of, lock, must};
use crate::catalog;
use crate::db::{Act, announce};
use crate::inventory::{Error, TransferLine, TransferStatus};
use crate::schema::transfer_lines;
use crate::stock;
use crate::types::{Change, Quantity, Sku, TransferId};

/// What came of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    pub sku: Sku,
    /// Units of the line that are scanned now.
    pub units: Quantity,
    /// Of so many.
    pub of: Quantity,
}

/// Counts units of a line: before it is sent those that are picked, then those that are taken in. What
/// stands on a case counts as often as there are units in it; a negative number takes a scan back.
///
/// # Errors
/// [`Error::CannotBe`] when nothing is to be sent or received, [`Error::NoSuchProduct`],
/// [`Error::NotOnTransfer`], [`Error::ScannedTooMany`].
pub fn scan_transfer(
    act: &mut Act<'_>,
    id: TransferId,
    called: &str,
    times: Change,
) -> Result<Scanned, Error> {
    let transfer = lock(act, id)?;
    let is_open = TransferStatus::OPEN.contains(&transfer.status);
    must(&transfer, is_open, "scanned")?;
    stock::must_reach(act, [transfer.scanned_in()])?;
    let scanned = catalog::product_scanned(act, called)?;
    let (product, each) = scanned.ok_or(Error::NoSuchProduct)?;
    let sku = product.sku;
    let mut lines = lines_of(act, &transfer)?.into_iter();
    let Some(line) = lines.find(|line| line.product_id == product.id) else {
        return Err(Error::NotOnTransfer(sku, transfer.number));
    };
    let (units, of) = (counted(&line, times, each), line.to_scan(&transfer));
    if units > i64::from(of.get()) {
        let scanned = line.scanned;
        return Err(Error::ScannedTooMany { sku, of, scanned });
    }
    let units = Quantity::new(u32::try_from(units).unwrap_or_default());
    diesel::update(transfer_lines::table.find(line.id))
        .set(transfer_lines::scanned.eq(units))
        .execute(act.conn())?;
    announce(act, &[transfer.record().to_string()])?;
    Ok(Scanned { sku, units, of })
}

/// Units that are scanned then.
fn counted(line: &TransferLine, times: Change, each: Quantity) -> i64 {
    let more = i64::from(times.get()) * i64::from(each.get());
    (i64::from(line.scanned.get()) + more).max(0)
}
