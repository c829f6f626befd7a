//! Writing a transfer, before its goods leave.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::{lock_draft, save, tell};
use crate::db::{Act, Document, set_based};
use crate::inventory::actions::kept;
use crate::inventory::{Error, Transfer, TransferLine, TransferStatus};
use crate::schema::transfers;
use crate::stock;
use crate::types::{Event, ProductId, Quantity, TransferId, WarehouseId};

/// A transfer to be drafted.
#[derive(Debug, Clone)]
pub struct NewTransfer {
    /// Where its goods come from.
    pub from: WarehouseId,
    /// Where they go.
    pub to: WarehouseId,
    /// When they arrive; none: said when they leave.
    pub expected_on: Option<NaiveDate>,
    /// For colleagues; may be empty.
    pub note: String,
    /// What to send; no product twice.
    pub lines: Vec<NewTransferLine>,
}

impl NewTransfer {
    /// One of which nothing else is said yet.
    pub const fn of(from: WarehouseId, to: WarehouseId, lines: Vec<NewTransferLine>) -> Self {
        Self {
            from,
            to,
            expected_on: None,
            note: String::new(),
            lines,
        }
    }
}

/// A product to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTransferLine {
    pub product: ProductId,
    pub quantity: Quantity,
}

/// Writes a draft. It takes nothing yet, and nothing of it is incoming.
///
/// # Errors
/// [`Error::SameWarehouse`], [`Error::NoSuchWarehouse`], [`Error::IsKit`].
pub fn draft_transfer(act: &mut Act<'_>, new: &NewTransfer) -> Result<Transfer, Error> {
    if new.from == new.to {
        return Err(Error::SameWarehouse);
    }
    stock::must_reach(act, [new.from])?;
    let from = kept::warehouse(act, new.from, "from")?;
    let to = kept::warehouse(act, new.to, "to")?;
    let number = Document::Transfer.number(act)?;
    let transfer: Transfer = diesel::insert_into(transfers::table)
        .values((
            transfers::number.eq(number),
            transfers::from_warehouse_id.eq(from.id),
            transfers::to_warehouse_id.eq(to.id),
            transfers::status.eq(TransferStatus::Draft),
            transfers::expected_on.eq(new.expected_on),
            transfers::note.eq(&new.note),
            transfers::created_by.eq(act.by()),
            transfers::created_at.eq(act.at()),
        ))
        .returning(Transfer::as_returning())
        .get_result(act.conn())?;
    insert_lines(act, &transfer, &[], &new.lines)?;
    let drafted = Event::TransferDrafted {
        from: from.name,
        to: to.name,
        lines: new.lines.len(),
        units: new.lines.iter().map(|line| line.quantity).sum(),
    };
    tell(act, &transfer, &drafted)?;
    Ok(transfer)
}

/// Inserts lines behind those it has.
///
/// # Errors
/// [`Error::IsKit`].
pub(super) fn insert_lines(
    conn: &mut PgConnection,
    transfer: &Transfer,
    lines: &[TransferLine],
    new: &[NewTransferLine],
) -> Result<(), Error> {
    let first = lines.last().map_or(1, |line| line.line_number + 1);
    set_based!(
        "insert into transfer_lines (transfer_id, line_number, product_id, quantity)
         select :transfer, u.number, u.product, u.units from :rows order by u.number",
        (first..).zip(new).collect::<Vec<_>>(),
        |(number, line)| number: Integer = *number, product: BigInt = line.product,
        units: Integer = line.quantity;
        transfer: BigInt = transfer.id
    )
    .execute(conn)?;
    let products: Vec<ProductId> = new.iter().map(|line| line.product).collect();
    kept::no_kits(conn, &products, "send")
}

/// Gives up a draft.
///
/// # Errors
/// [`Error::CannotBe`] when its goods left.
pub fn cancel_transfer(act: &mut Act<'_>, id: TransferId, reason: &str) -> Result<Transfer, Error> {
    let mut transfer = lock_draft(act, id, "cancelled")?;
    transfer.status = TransferStatus::Cancelled;
    save(act, &mut transfer)?;
    let reason = reason.to_owned();
    tell(act, &transfer, &Event::Cancelled { reason })?;
    Ok(transfer)
}
