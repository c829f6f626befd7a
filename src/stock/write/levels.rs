//! The balances of a product in a warehouse.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Timestamptz};

use crate::db::{Act, set_based};
use crate::stock::books::Books;
use crate::stock::model::Place;

pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let (came, left) = moved(books);
    let shelves = books.shelves.iter();
    let changed: Vec<_> = shelves
        .map(|(place, shelf)| (place, shelf.was, shelf.balances()))
        .filter(|(place, was, now)| was != now || came.contains(place) || left.contains(place))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let at = act.at();
    set_based!(
        "update levels l set on_hand = u.on_hand, doubted = u.doubted, reserved = u.reserved, to_ship = u.to_ship,
           incoming = u.incoming,
           left_at = case when u.leaves then greatest(l.left_at, :at)
             when u.comes then coalesce(l.left_at, :at) else l.left_at end
         from :rows where l.warehouse_id = u.warehouse and l.product_id = u.product",
        changed, |(place, _, now)|
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        on_hand: Integer = now.on_hand,
        doubted: Integer = now.doubted,
        reserved: Integer = now.reserved,
        to_ship: Integer = now.to_ship,
        incoming: Integer = now.incoming,
        comes: Bool = came.contains(*place),
        leaves: Bool = left.contains(*place);
        at: Timestamptz = at
    )
    .execute(act.conn())?;
    Ok(())
}

/// Where units came to, and where they left.
fn moved(books: &Books) -> (BTreeSet<Place>, BTreeSet<Place>) {
    let movements = || books.movements.iter().filter(|each| each.from != each.to);
    let came = movements().filter_map(|each| Some(Place::new(each.to?, each.product)));
    let left = movements().filter_map(|each| Some(Place::new(each.from?, each.product)));
    (came.collect(), left.collect())
}
