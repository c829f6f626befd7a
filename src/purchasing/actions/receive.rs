//! Receiving: goods reach the shelf and, in the same transaction, the orders that wait for them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::arrived::Arriving;
use super::{becomes, beside_line, check_total, end_of, lines_of, lock, save, tell, write_lines};
use crate::db::{Act, Document, set_based};
use crate::purchasing::{Error, Over, PurchaseOrder, Reception, Status};
use crate::schema::receptions;
use crate::stock::{self, Cause, CauseKind, Effects};
use crate::types::{Event, PurchaseLineId, PurchaseOrderId, Quantity, ReceptionId};

/// What a lorry brought.
#[derive(Debug, Clone, Default)]
pub struct Delivery {
    /// Units by line; what is named twice adds up.
    pub lines: Vec<(PurchaseLineId, Quantity)>,
    /// The codes or barcodes of bins that units of a line are put into; of others it is the dock.
    pub bins: BTreeMap<PurchaseLineId, String>,
    /// About the delivery; may be empty.
    pub note: String,
    /// Why more than was ordered is accepted; none: it is not.
    pub accept_over: Option<String>,
    /// Why goods are received of which nothing was to come any more; none: they are not.
    pub late: Option<String>,
    /// Whether the rest that was cancelled is still to come, now that goods came late.
    pub rest_comes: bool,
}

/// Receives a delivery. One that comes after the end of its purchase order opens it again: what
/// arrives comes off its cancelled units first.
///
/// # Errors
/// [`Error::CannotBe`] unless it was sent, [`Error::Late`] when nothing is to come of it and no reason
/// is given, [`Error::NothingReceived`], [`Error::NoSuchLine`], [`Error::MoreThanOrdered`],
/// [`Error::TooMuch`], [`Error::TooManyComing`], [`Error::NotIntoBins`].
pub fn receive(
    act: &mut Act<'_>,
    id: PurchaseOrderId,
    delivery: &Delivery,
) -> Result<ReceptionId, Error> {
    let order = lock(act, id)?;
    let lines = lines_of(act, &order)?;
    let mut arriving = Arriving::of(order, lines, delivery)?;
    arriving.put_into(act, &delivery.bins)?;
    let late = why_late(&arriving, delivery)?;
    let note = note(act, &arriving, late, delivery)?;
    if late.is_some() {
        check_total(&arriving.lines)?;
    }
    let reception = insert(act, &arriving, note)?;
    write_lines(act, &arriving.lines)?;
    let cause = Cause::of(CauseKind::Reception)
        .of_reception(reception.id)
        .because(&reception.number);
    let changed = stock::change(act, &cause, &arriving.happenings(Some(reception.id)));
    changed.map_err(|why| beside_line(&arriving.order, &arriving.lines, why))?;
    let order = &mut arriving.order;
    let status = end_of(&arriving.lines).unwrap_or(Status::PartlyReceived);
    becomes(order, status, act.at());
    save(act, order)?;
    tell_received(act, &arriving, reception, late)
}

/// Where the units of a delivery would go: which orders would gain, and by how much. What needs a
/// reason is weighed as well, whether one is given or not.
///
/// # Errors
/// [`Error::CannotBe`] unless it was sent, [`Error::NothingReceived`], [`Error::NoSuchLine`],
/// [`Error::NotIntoBins`].
pub fn preview_receive(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    delivery: &Delivery,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    let lines = lines_of(conn, &order)?;
    let mut arriving = Arriving::of(order, lines, delivery)?;
    arriving.put_into(conn, &delivery.bins)?;
    Ok(stock::preview(conn, at, &arriving.happenings(None))?)
}

/// Why a delivery is received of which nothing was to come any more; none: it was.
fn why_late<'a>(arriving: &Arriving, delivery: &'a Delivery) -> Result<Option<&'a str>, Error> {
    match delivery.late.as_deref() {
        _ if !arriving.is_late => Ok(None),
        None => Err(Error::Late {
            number: arriving.order.number.clone(),
            status: arriving.order.status,
        }),
        reason => Ok(reason),
    }
}

fn tell_received(
    act: &mut Act<'_>,
    arriving: &Arriving,
    reception: Reception,
    late: Option<&str>,
) -> Result<ReceptionId, Error> {
    let (record, note) = (reception.record(), reception.note);
    act.note(record, &Event::Received { note })?;
    if let Some(reason) = late {
        let opened = Event::OpenedAgain {
            reason: reason.to_owned(),
            to_come: arriving.to_come(),
        };
        act.note(arriving.order.record(), &opened)?;
    }
    let received = Event::DeliveryReceived {
        reception: reception.number,
        lines: arriving.arrived.len(),
        units: arriving.units(),
    };
    tell(act, &arriving.order, &received)?;
    Ok(reception.id)
}

/// What is kept about the delivery in words: also why it is accepted late, and why more than was
/// ordered is, if it is.
fn note(
    conn: &mut PgConnection,
    arriving: &Arriving,
    late: Option<&str>,
    delivery: &Delivery,
) -> Result<String, Error> {
    let mut note = vec![delivery.note.clone()];
    if let Some(reason) = late {
        note.push(format!("Received after the end: {reason}"));
    }
    let over = arriving.over(conn)?;
    if !over.is_empty() {
        let Some(reason) = &delivery.accept_over else {
            return Err(Error::MoreThanOrdered(over));
        };
        note.push(accepted(&over, reason));
    }
    Ok(note.join("\n").trim().to_owned())
}

/// `More than ordered accepted (3 of 85123A): the supplier rounds up to packs`.
fn accepted(over: &[Over], reason: &str) -> String {
    let units: Vec<String> = over
        .iter()
        .map(|each| format!("{} of {}", each.quantity.less(each.to_come), each.sku))
        .collect();
    format!(
        "More than ordered accepted ({}): {reason}",
        units.join(", ")
    )
}

fn insert(act: &mut Act<'_>, arriving: &Arriving, note: String) -> QueryResult<Reception> {
    let order = &arriving.order;
    let number = Document::Reception.number(act)?;
    let reception: Reception = diesel::insert_into(receptions::table)
        .values((
            receptions::number.eq(number),
            receptions::purchase_order_id.eq(order.id),
            receptions::warehouse_id.eq(order.warehouse_id),
            receptions::note.eq(note),
            receptions::received_by.eq(act.by()),
            receptions::received_at.eq(act.at()),
        ))
        .returning(Reception::as_returning())
        .get_result(act.conn())?;
    set_based!(
        "insert into reception_lines
           (reception_id, purchase_order_line_id, product_id, quantity)
         select :reception, u.line, u.product, u.units from :rows order by u.line",
        &arriving.arrived, |(line, arrived)| line: BigInt = line, product: BigInt = arrived.product,
        units: Integer = arrived.quantity;
        reception: BigInt = reception.id
    )
    .execute(act.conn())?;
    Ok(reception)
}
