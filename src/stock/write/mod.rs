//! Writes the differences between the books as they were and as they became: a statement per table.

mod bins;
mod consignments;
mod demand;
mod ledgers;
mod levels;
mod supply;
mod turns;

use std::collections::BTreeSet;

use super::books::Books;
use super::model::{Cause, Place};
use crate::db::Act;
use crate::db::announce::{announce, topics};
use crate::types::{MovementId, OrderId};

pub(super) use ledgers::decide;

/// Writes weighed books, and tells open pages; answers with the movements written.
pub(super) fn write(
    act: &mut Act<'_>,
    books: &Books,
    cause: &Cause,
) -> diesel::QueryResult<Vec<MovementId>> {
    supply::keep(act, books)?;
    demand::finished(act, books)?;
    demand::joined(act, books)?;
    demand::changed(act, books)?;
    turns::keep(act, books)?;
    supply::drop(act, books)?;
    let movements = ledgers::keep(act, books, cause)?;
    levels::keep(act, books)?;
    bins::keep(act, books)?;
    consignments::derive(act, books)?;
    announce(act, &announced(books))?;
    Ok(movements)
}

/// What open pages must hear of.
fn announced(books: &Books) -> Vec<String> {
    let changed = || books.demand().filter(|(_, _, demand)| demand.changed());
    let orders: BTreeSet<OrderId> = changed()
        .map(|(_, _, demand)| demand.now.key.order)
        .collect();
    let mut places: BTreeSet<Place> = changed().map(|(place, ..)| place).collect();
    for movement in &books.movements {
        let ends = [movement.from, movement.to].into_iter().flatten();
        places.extend(ends.map(|warehouse| Place::new(warehouse, movement.product)));
    }
    let warehouses: BTreeSet<_> = places.iter().map(|place| place.warehouse).collect();
    let products: BTreeSet<_> = places.iter().map(|place| place.product).collect();
    let mut all = topics("order", &orders);
    all.extend(topics("warehouse", warehouses));
    all.extend(topics("product", products));
    if !orders.is_empty() {
        all.push("orders".into());
    }
    all
}
