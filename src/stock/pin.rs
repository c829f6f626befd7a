//! By hand: a line goes before all others, or takes its turn again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::change::{change, preview};
use super::effects::Effects;
use super::error::Error;
use super::happening::Happening;
use super::model::{Cause, CauseKind, Place};
use super::outcome::Outcome;
use crate::db::Act;
use crate::schema::{demand, products};
use crate::types::{Event, OrderId, OrderLineId, ProductId, RecordRef, Sku, WarehouseId};

/// What a manager does to the place of a line in its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pinning {
    /// Before all that are not pinned, behind those pinned earlier.
    Pin,
    /// In its turn again.
    Unpin,
}

/// A line in its queue.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = demand)]
#[diesel(base_query = demand::table.inner_join(products::table.on(products::id.eq(demand::product_id))))]
pub struct Queued {
    pub order_line_id: OrderLineId,
    pub order_id: OrderId,
    pub product_id: ProductId,
    pub warehouse_id: WarehouseId,
    /// When it was pinned by hand; `None`: it takes its turn.
    pub pinned_at: Option<DateTime<Utc>>,
    /// SKU of the product.
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
}

impl Queued {
    /// What can be done to it.
    pub const fn pinning(&self) -> Pinning {
        match self.pinned_at {
            None => Pinning::Pin,
            Some(_) => Pinning::Unpin,
        }
    }

    pub(super) fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

/// A line in its queue.
///
/// # Errors
/// [`Error::NothingToShip`] when it is in none, and those of the database.
pub fn queued(conn: &mut PgConnection, line: OrderLineId) -> Result<Queued, Error> {
    Queued::query()
        .filter(demand::order_line_id.eq(line))
        .first(conn)
        .optional()?
        .ok_or(Error::NothingToShip)
}

/// Pins a line, or lets it take its turn again, and serves the queue anew. The reason is kept with
/// every decision that follows from it, and in the history of the order.
///
/// # Errors
/// [`Error::NothingToShip`], [`Error::Pinned`], [`Error::NotPinned`], and those of the database.
pub fn pin(
    act: &mut Act<'_>,
    line: OrderLineId,
    pinning: Pinning,
    reason: &str,
) -> Result<Outcome, Error> {
    let Queued { order_id, sku, .. } = queued(act, line)?;
    let cause = Cause::of(CauseKind::Priority).because(reason);
    let pinned = pinned(act, line, pinning)?;
    let outcome = change(act, &cause, &pinned)?;
    let reason = reason.to_owned();
    let event = match pinning {
        Pinning::Pin => Event::Pinned { sku, reason },
        Pinning::Unpin => Event::Unpinned { sku, reason },
    };
    act.note(RecordRef::Order(order_id), &event)?;
    Ok(outcome)
}

/// Who would gain and who would lose by pinning a line, or by letting it take its turn again.
///
/// # Errors
/// Those of [`pin()`].
pub fn preview_pin(
    conn: &mut PgConnection,
    line: OrderLineId,
    pinning: Pinning,
    at: DateTime<Utc>,
) -> Result<Effects, Error> {
    let pinned = pinned(conn, line, pinning)?;
    preview(conn, at, &pinned)
}

/// The line, with all that stand in whole sets with it.
fn pinned(
    conn: &mut PgConnection,
    line: OrderLineId,
    pinning: Pinning,
) -> QueryResult<Vec<Happening>> {
    let of_kit: Option<Option<OrderLineId>> = demand::table
        .find(line)
        .select(demand::kit_line_id)
        .first(conn)
        .optional()?;
    let mut lines = vec![line];
    if let Some(kit) = of_kit.flatten() {
        lines = demand::table
            .filter(demand::kit_line_id.eq(kit))
            .select(demand::order_line_id)
            .load(conn)?;
    }
    Ok(lines.into_iter().map(|line| pinning.of(line)).collect())
}

impl Pinning {
    const fn of(self, line: OrderLineId) -> Happening {
        match self {
            Self::Pin => Happening::Pin { line },
            Self::Unpin => Happening::Unpin { line },
        }
    }
}
