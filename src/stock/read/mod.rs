//! Opens books: makes missing levels, locks, reads. Constant in the number of lines.

mod bins;
mod key_row;
mod kits;
mod levels;
mod places;
mod reach;
mod rows;
mod rules;
mod turns;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

pub(super) use rules::{read as rules, suspend};

use self::levels::LevelRow;
use self::reach::Opened;
use super::books::{Affected, Balances, Books, Known, OpenShelf, OpenSupply};
use super::error::Error;
use super::happening::Happening;
use super::model::Place;
use super::reach::Reach;
use crate::catalog;
use crate::db::Act;
use crate::types::WarehouseId;

/// Opens the books to change them: makes what is missing, and locks by warehouse and product,
/// ascending, then the bins that goods may be put into. The locks last until the transaction ends.
pub(super) fn open(act: &mut Act<'_>, happenings: &[Happening]) -> Result<Books, Error> {
    let (reach, at) = (Reach::of(happenings), act.at());
    if reach.rules.is_empty() {
        rules::keep(act)?;
    } else {
        rules::suspend(act)?;
    }
    let opened = reach::opened(act, reach)?;
    must_reach(act, opened.touched.iter().copied())?;
    levels::make_levels(act, &opened.places)?;
    let levels = levels::lock_levels(act, &opened.places)?;
    let puts = happenings.iter().any(Happening::puts);
    read(act, opened, levels, (at, puts))
}

/// Keeps places from others, as [`open`] does, before anything is known of what happens there.
pub(super) fn hold(act: &mut Act<'_>, places: &BTreeSet<Place>) -> Result<(), Error> {
    must_reach(act, places.iter().map(|place| place.warehouse))?;
    rules::keep(act)?;
    levels::make_levels(act, places)?;
    levels::lock_levels(act, places)?;
    Ok(())
}

/// Refuses to touch other warehouses than those of who acts.
///
/// # Errors
/// [`Error::NotYours`].
pub fn must_reach(
    act: &mut Act<'_>,
    warehouses: impl IntoIterator<Item = WarehouseId>,
) -> Result<(), Error> {
    let refusal = act.refusal(warehouses)?;
    refusal.map_or(Ok(()), |sentence| Err(Error::NotYours(sentence)))
}

/// Opens the books to look what would happen: nothing is made or locked.
pub(super) fn peek(
    conn: &mut PgConnection,
    happenings: &[Happening],
    at: DateTime<Utc>,
) -> Result<Books, Error> {
    let opened = reach::opened(conn, Reach::of(happenings))?;
    let levels = levels::read_levels(conn, &opened.places)?;
    read(conn, opened, levels, (at, false))
}

/// All of a warehouse, to look what another rule would make of it.
pub(super) fn peek_all(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    at: DateTime<Utc>,
) -> Result<Books, Error> {
    let all = Happening::Rule {
        warehouse: Some(warehouse),
    };
    peek(conn, &[all], at)
}

fn read(
    conn: &mut PgConnection,
    opened: Opened,
    levels: Vec<LevelRow>,
    (at, keeps_bins): (DateTime<Utc>, bool),
) -> Result<Books, Error> {
    if let Some(kit) = levels.iter().find(|level| level.is_kit) {
        let place = kit.place();
        let why = catalog::kit_refusal(conn, &[place.product], "do it to")?;
        let why = why.unwrap_or_default();
        return Err(Error::IsKit { place, why });
    }
    let mut books = Books::new(opened.rules, at);
    books.kits_read = opened.kits_read;
    let levels: HashMap<Place, Balances> = levels
        .iter()
        .map(|level| (level.place(), level.balances()))
        .collect();
    // A place that nobody used yet is looked at like an empty one.
    for place in opened.places.iter().copied() {
        let balances = levels.get(&place).copied().unwrap_or_default();
        let known = match opened.everyone.contains(&place) {
            true => Known::Everyone,
            false => Known::Named,
        };
        let shelf = OpenShelf::read(balances, known);
        books.shelves.insert(place, shelf);
    }
    for turn in turns::read(conn, &opened.places)? {
        if let Some(shelf) = books.shelves.get_mut(&turn.place()) {
            shelf.known = Known::Everyone;
            shelf.turns.push(turn.turn());
        }
    }
    let (everyone, named) = books.places_by_known();
    admit(&mut books, rows::read_everyone(conn, &everyone)?);
    let rows = rows::read_named(conn, &named, &opened.orders, &opened.lines)?;
    admit(&mut books, rows);
    for row in rows::read_supply(conn, &opened.places)? {
        if let Some(shelf) = books.shelves.get_mut(&row.place())
            && let Some(origin) = row.origin()
        {
            let now = (row.quantity, row.due_on);
            let supply = OpenSupply {
                id: Some(row.id),
                was: Some(now),
                now,
            };
            shelf.supply.insert(origin, supply);
        }
    }
    bins::read(conn, &mut books, &opened.bins, keeps_bins)?;
    Ok(books)
}

/// Reads the lines that what happened affects: the plan must know them.
pub(super) fn affected(conn: &mut PgConnection, books: &mut Books) -> Result<(), Error> {
    let rules = &books.rules;
    let windows: Vec<(Place, Affected)> = books
        .shelves
        .iter_mut()
        .filter(|(_, shelf)| shelf.known == Known::Named)
        .filter_map(|(place, shelf)| {
            let affected = shelf.affected(rules)?;
            shelf.known = Known::Affected;
            Some((*place, affected))
        })
        .collect();
    let rows = rows::read_affected(conn, &windows, !rules.held_orders_keep_stock)?;
    admit(books, rows);
    if books.misses_parts() {
        return Err(Error::raced(
            "a kit was sold meanwhile, whose other parts are not locked",
        ));
    }
    Ok(())
}

fn admit(books: &mut Books, rows: Vec<rows::DemandRow>) {
    for row in rows {
        books.admit(row.place(), row.order_line_id, row.demand());
    }
}
