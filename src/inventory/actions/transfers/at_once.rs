//! A transfer is written and sent in one step.

use chrono::{DateTime, Utc};
use diesel::PgConnection;

use super::draft::{NewTransfer, draft_transfer};
use super::must_be_ahead;
use super::send::{Sending, day_of, leaving, send_transfer};
use crate::catalog;
use crate::db::Act;
use crate::inventory::{Error, Transfer, TransferLine, TransferStatus};
use crate::stock::{self, Consent, Effects};
use crate::types::{Quantity, TransferId, TransferLineId};

/// Drafts a transfer and sends it: only what is free leaves.
///
/// # Errors
/// Those of [`draft_transfer`] and of [`send_transfer`]; what is wrong with its goods as
/// [`Error::OfNewTransfer`].
pub fn send_at_once(
    act: &mut Act<'_>,
    new: &NewTransfer,
    consent: &Consent,
) -> Result<Transfer, Error> {
    let draft = draft_transfer(act, new)?;
    let how = Sending {
        consent: consent.clone(),
        ..Sending::FREE
    };
    send_transfer(act, draft.id, &how).map_err(|why| match why {
        Error::NotFree(_) | Error::OfTransferLine { .. } => Error::OfNewTransfer(why.to_string()),
        other => other,
    })
}

/// Which orders would lose and which would gain by it.
///
/// # Errors
/// [`Error::SameWarehouse`], [`Error::DayIsOver`], and what stock refuses.
pub fn preview_at_once(
    conn: &mut PgConnection,
    new: &NewTransfer,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    if new.from == new.to {
        return Err(Error::SameWarehouse);
    }
    let today = catalog::zone(conn)?.day(at);
    let mut transfer = unwritten(new, at);
    let day = day_of(&transfer, new.expected_on, today);
    must_be_ahead(day, today)?;
    transfer.expected_on = Some(day);
    Ok(stock::preview(
        conn,
        at,
        &leaving(&transfer, &unwritten_lines(new), false),
    )?)
}

fn unwritten(new: &NewTransfer, at: DateTime<Utc>) -> Transfer {
    Transfer {
        id: TransferId::unwritten(0),
        number: String::new(),
        from_warehouse_id: new.from,
        to_warehouse_id: new.to,
        status: TransferStatus::Sent,
        expected_on: None,
        note: String::new(),
        version: 0,
        created_by: None,
        created_at: at,
        sent_at: Some(at),
        closed_at: None,
    }
}

fn unwritten_lines(new: &NewTransfer) -> Vec<TransferLine> {
    let lines = (1..).zip(&new.lines).map(|(number, line)| TransferLine {
        id: TransferLineId::unwritten(number),
        transfer_id: TransferId::unwritten(0),
        line_number: number.cast_signed(),
        product_id: line.product,
        quantity: line.quantity,
        received: Quantity::ZERO,
        lost: Quantity::ZERO,
        called_back: Quantity::ZERO,
        scanned: Quantity::ZERO,
    });
    lines.collect()
}
