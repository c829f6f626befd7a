//! The customer gets others.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{lock, topics};
use crate::db::{Act, announce};
use crate::returns::queries::{self, LineBack};
use crate::returns::{Error, Return};
use crate::sales::{self, NewLine, NewOrder, Order};
use crate::schema::returns;
use crate::types::{Event, Money, OrderId, OrderLineId, Quantity, RecordRef, ReturnId};

/// Places an order of ours for the same customer and address, which sends again what came back or is
/// missing: free of charge, or at the prices of the order. What is replaced already leads to the order
/// that does it.
///
/// # Errors
/// [`Error::NotReceived`], [`Error::NothingReplaced`], [`Error::TooManyReplaced`], and those of
/// [`sales::place`].
pub fn replace(
    act: &mut Act<'_>,
    id: ReturnId,
    units: &BTreeMap<OrderLineId, Quantity>,
    is_free: bool,
) -> Result<OrderId, Error> {
    let of = lock(act, id)?;
    if let Some(placed) = of.replacement_order_id {
        return Ok(placed);
    }
    if !of.is_received() {
        return Err(Error::NotReceived(of.number));
    }
    let lines = queries::lines_back(act, Some(&of), of.order_id)?;
    let lines = lines
        .iter()
        .filter_map(|line| line_again(line, units, is_free).transpose());
    let lines = lines.collect::<Result<Vec<NewLine>, Error>>()?;
    if lines.is_empty() {
        return Err(Error::NothingReplaced);
    }
    let replaced = sales::order(act, of.order_id)?;
    let channel = sales::own_channel(act)?.name;
    let order = order(act, (&of, &replaced), channel, lines);
    let placed = sales::place(act, &[order])?;
    let placed = *placed.first().ok_or(diesel::NotFound)?;
    diesel::update(returns::table.find(id))
        .set(returns::replacement_order_id.eq(placed))
        .execute(act.conn())?;
    tell(act, &of, placed)?;
    Ok(placed)
}

fn line_again(
    line: &LineBack,
    units: &BTreeMap<OrderLineId, Quantity>,
    is_free: bool,
) -> Result<Option<NewLine>, Error> {
    let ordered = units.get(&line.line).copied().unwrap_or_default();
    let most = line.good + line.damaged + line.missing;
    if ordered > most {
        let line = line.line;
        return Err(Error::TooManyReplaced { line, most });
    }
    let again = NewLine {
        product: line.product_id,
        warehouse: Some(line.warehouse_id),
        ordered,
        unit_price: if is_free {
            Money::ZERO
        } else {
            line.unit_price
        },
    };
    Ok((!ordered.is_zero()).then_some(again))
}

fn order(
    act: &Act<'_>,
    (of, replaced): (&Return, &Order),
    channel: String,
    lines: Vec<NewLine>,
) -> NewOrder {
    NewOrder {
        number: None,
        channel,
        external_reference: String::new(),
        customer: replaced.customer_id,
        ship_to: replaced.ship_to.clone(),
        country: replaced.country.clone(),
        email: replaced.email.clone(),
        currency: replaced.currency.clone(),
        placed_at: act.at(),
        priority: replaced.priority,
        required_by: None,
        shipping_policy: replaced.shipping_policy,
        shipping_method: replaced.shipping_method.clone(),
        note: format!(
            "Replaces what came back of {} with {}.",
            replaced.number, of.number
        ),
        lines,
    }
}

fn tell(act: &mut Act<'_>, of: &Return, placed: OrderId) -> Result<(), Error> {
    let replaced = Event::Replaced {
        number: of.number.clone(),
        by: sales::order(act, placed)?.number,
    };
    act.note_all(&[of.record(), RecordRef::Order(placed)], &replaced)?;
    Ok(announce(act, &topics(of))?)
}
