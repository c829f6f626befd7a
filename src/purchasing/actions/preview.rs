//! Which orders gain and which lose by what is about to be done to a purchase order.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::{expected, lines_of, without_rest};
use crate::purchasing::{Error, PurchaseLine, PurchaseOrder};
use crate::stock::{self, Effects};
use crate::types::PurchaseOrderId;

/// What a date of the supplier would do to the orders that wait.
pub fn preview_confirm(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    confirmed_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let mut order = PurchaseOrder::query().find(id).first(conn)?;
    order.confirmed_on = Some(confirmed_on);
    let lines = lines_of(conn, &order)?;
    preview(conn, &order, &lines, at)
}

/// What giving up all that has not arrived would do to the orders that wait.
pub fn preview_cancel(
    conn: &mut PgConnection,
    id: PurchaseOrderId,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let order = PurchaseOrder::query().find(id).first(conn)?;
    let mut lines = lines_of(conn, &order)?;
    lines.iter_mut().for_each(without_rest);
    preview(conn, &order, &lines, at)
}

fn preview(
    conn: &mut PgConnection,
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    if !order.status.is_under_way() {
        return Ok(Effects::default());
    }
    Ok(stock::preview(conn, at, &expected(order, lines))?)
}
