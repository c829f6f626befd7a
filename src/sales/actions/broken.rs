//! Lines of kits by themselves: what can be done to one alone, and sets that are broken by hand.

use diesel::prelude::*;

use super::lock_unclosed;
use crate::db::Act;
use crate::sales::{Error, OrderLine, queries};
use crate::schema::{order_lines, orders};
use crate::stock::{self, Cause, CauseKind, Effects, Happening};
use crate::types::{Event, OrderId, OrderLineId, Quantity, clock};

/// The lines that share what happens to one, each with how many of its units one of that line is: a kit
/// itself and its parts, else the line alone.
///
/// # Errors
/// [`Error::InSets`] for a part of whole sets, [`Error::Broken`] for a kit whose parts go their own
/// ways.
pub(super) fn alone(
    conn: &mut PgConnection,
    line: OrderLine,
) -> Result<Vec<(OrderLine, Quantity)>, Error> {
    if line.set().is_some() {
        return Err(Error::InSets);
    }
    if line.broken_at.is_some() {
        return Err(Error::Broken { line: 0 });
    }
    let parts = match line.is_kit {
        true => parts_of(conn, line.id)?,
        false => Vec::new(),
    };
    let mut lines = vec![(line, Quantity::new(1))];
    lines.extend(parts.into_iter().map(|part| {
        let each = part.per_kit.unwrap_or_default();
        (part, each)
    }));
    Ok(lines)
}

/// Breaks the sets of a kit: what there is of its parts is reserved and ships by the unit from now on,
/// and the rest keeps its place. Its price stays that of the kit.
///
/// # Errors
/// [`Error::Closed`], [`Error::NoSuchLine`], [`Error::NoSets`].
pub fn break_sets(
    act: &mut Act<'_>,
    id: OrderId,
    kit: OrderLineId,
    reason: &str,
) -> Result<(), Error> {
    let order = lock_unclosed(act, id)?;
    let asks = asks_by_the_unit(act, id, kit)?;
    let sku = queries::line_of(act, id, kit)?.sku;
    diesel::update(order_lines::table.find(kit))
        .set((
            order_lines::broken_at.eq(act.at()),
            order_lines::broken_because.eq(reason),
        ))
        .execute(act.conn())?;
    diesel::update(order_lines::table.filter(order_lines::kit_line_id.eq(kit)))
        .set(order_lines::parts_in_kit.eq(None::<i16>))
        .execute(act.conn())?;
    diesel::update(orders::table.find(id))
        .set(orders::version.eq(orders::version + 1))
        .execute(act.conn())?;
    let cause = Cause::of(CauseKind::SetBroken).because(reason);
    stock::change(act, &cause, &asks)?;
    let reason = reason.to_owned();
    Ok(act.tell(order.record(), &Event::SetBroken { sku, reason })?)
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of [`break_sets`].
pub fn preview_break(
    conn: &mut PgConnection,
    id: OrderId,
    kit: OrderLineId,
) -> Result<Effects, Error> {
    let asks = asks_by_the_unit(conn, id, kit)?;
    Ok(stock::preview(conn, clock::now(), &asks)?)
}

fn asks_by_the_unit(
    conn: &mut PgConnection,
    id: OrderId,
    kit: OrderLineId,
) -> Result<Vec<Happening>, Error> {
    let order = queries::order(conn, id)?;
    let line = queries::line_of(conn, id, kit)?.line;
    if !line.is_kit || line.broken_at.is_some() || line.to_ship().is_zero() {
        return Err(Error::NoSets);
    }
    let parts = parts_of(conn, kit)?.into_iter().map(|part| OrderLine {
        parts_in_kit: None,
        ..part
    });
    let waiting = parts.filter(OrderLine::is_asked);
    Ok(waiting
        .map(|part| Happening::Ask(order.ask(&part)))
        .collect())
}

fn parts_of(conn: &mut PgConnection, kit: OrderLineId) -> QueryResult<Vec<OrderLine>> {
    OrderLine::query()
        .filter(order_lines::kit_line_id.eq(kit))
        .order(order_lines::line_number)
        .load(conn)
}
