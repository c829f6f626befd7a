//! Sending a transfer: its goods leave one warehouse, and are on their way to the other.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;

use super::{
    beside_line, expected, lines_of, lock_draft, must_be_ahead, must_be_draft, save, source, tell,
    units_of, write_lines,
};
use crate::catalog;
use crate::db::Act;
use crate::inventory::{Error, Transfer, TransferLine, TransferStatus, queries};
use crate::schema::{products, warehouses};
use crate::stock::{self, Cause, CauseKind, Consent, Effects, Happening};
use crate::types::{Event, Quantity, Sku, TransferId};

/// How a transfer is sent.
#[derive(Debug, Clone)]
pub struct Sending {
    /// When its goods arrive; none: as its draft says, else the next day.
    pub expected_on: Option<NaiveDate>,
    /// Why units leave that belong to orders; none: they stay.
    pub reserved_too: Option<String>,
    /// What orders may lose by it.
    pub consent: Consent,
}

impl Sending {
    /// What is free, and nothing else.
    pub const FREE: Self = Self {
        expected_on: None,
        reserved_too: None,
        consent: Consent::ToAll,
    };
}

/// Lets the goods of a draft leave. From then on they are incoming where they go, and are promised
/// there.
///
/// # Errors
/// [`Error::CannotBe`] when it is no draft, [`Error::NoLines`], [`Error::DayIsOver`],
/// [`Error::NotActive`], [`Error::Archived`], [`Error::NotFree`] when units would leave that belong
/// to orders and no reason is given, [`Error::OfTransferLine`], [`stock::Error::NotAgreed`].
pub fn send_transfer(act: &mut Act<'_>, id: TransferId, how: &Sending) -> Result<Transfer, Error> {
    let mut transfer = lock_draft(act, id, "sent")?;
    let mut lines = lines_of(act, &transfer)?;
    if lines.is_empty() {
        return Err(Error::NoLines(transfer.number));
    }
    // What was picked is not yet taken in.
    for line in &mut lines {
        line.scanned = Quantity::ZERO;
    }
    write_lines(act, &lines)?;
    must_be_offered(act, &transfer, &lines)?;
    let today = catalog::today(act)?;
    let day = day_of(&transfer, how.expected_on, today);
    must_be_ahead(day, today)?;
    transfer.expected_on = Some(day);
    transfer.status = TransferStatus::Sent;
    transfer.sent_at = Some(act.at());
    save(act, &mut transfer)?;
    let reason = how.reserved_too.as_deref().unwrap_or_default();
    let cause = Cause::of(CauseKind::Transfer).because(match reason {
        "" => transfer.number.clone(),
        reason => format!("{}: {reason}", transfer.number),
    });
    let happenings = leaving(&transfer, &lines, how.reserved_too.is_some());
    match stock::change_if_agreed(act, &cause, &happenings, &how.consent) {
        Err(stock::Error::NotFree { .. }) => {
            let short = queries::not_free(act, transfer.id)?;
            return Err(Error::NotFree(short));
        }
        Err(why) => return Err(beside_line(&transfer, &lines, why)),
        Ok(_) => {}
    }
    let units = lines.iter().map(|line| (line.product_id, line.quantity));
    let sent = Event::TransferSent {
        units: units_of(act, units)?,
        day,
        reason: reason.to_owned(),
    };
    tell(act, &transfer, &sent)?;
    Ok(transfer)
}

/// Which orders would lose and which would gain by it, whether units of orders may leave or not.
///
/// # Errors
/// [`Error::CannotBe`] when it is no draft, [`Error::OfTransferLine`].
pub fn preview_sending(
    conn: &mut PgConnection,
    id: TransferId,
    expected_on: Option<NaiveDate>,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let mut transfer = Transfer::query().find(id).first(conn)?;
    must_be_draft(&transfer, "sent")?;
    let lines = lines_of(conn, &transfer)?;
    let today = catalog::zone(conn)?.day(at);
    transfer.expected_on = Some(day_of(&transfer, expected_on, today));
    let happenings = leaving(&transfer, &lines, true);
    let weighed = stock::preview(conn, at, &happenings);
    weighed.map_err(|why| beside_line(&transfer, &lines, why))
}

pub(super) fn day_of(transfer: &Transfer, said: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let said = said.or(transfer.expected_on);
    said.unwrap_or_else(|| today + Days::new(1))
}

pub(super) fn leaving(
    transfer: &Transfer,
    lines: &[TransferLine],
    reserved_too: bool,
) -> Vec<Happening> {
    let departs = lines.iter().map(|line| Happening::Depart {
        place: source(transfer, line),
        quantity: line.quantity,
        transfer: transfer.id,
        reserved_too,
    });
    let comes = lines.iter().filter_map(|line| expected(transfer, line));
    departs.chain(comes).collect()
}

/// Refuses goods for a warehouse that is not in use, and products that are offered no more.
fn must_be_offered(
    conn: &mut PgConnection,
    transfer: &Transfer,
    lines: &[TransferLine],
) -> Result<(), Error> {
    let closed: Option<String> = warehouses::table
        .filter(warehouses::id.eq_any([transfer.from_warehouse_id, transfer.to_warehouse_id]))
        .filter(warehouses::is_active.eq(false))
        .select(warehouses::name)
        .first(conn)
        .optional()?;
    if let Some(name) = closed {
        return Err(Error::NotActive(name));
    }
    let archived: Option<Sku> = products::table
        .filter(products::id.eq_any(lines.iter().map(|line| line.product_id)))
        .filter(products::archived_at.is_not_null())
        .order(products::sku)
        .select(products::sku)
        .first(conn)
        .optional()?;
    archived.map_or(Ok(()), |sku| Err(Error::Archived(sku)))
}
