//! The balances of a product in a warehouse.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::{Act, set_based};
use crate::stock::books::Books;

pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let shelves = books.shelves.iter();
    let changed: Vec<_> = shelves
        .map(|(place, shelf)| (place, shelf.was, shelf.balances()))
        .filter(|(_, was, now)| was != now)
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    set_based!(
        "update levels l set on_hand = u.on_hand, reserved = u.reserved, to_ship = u.to_ship,
           incoming = u.incoming
         from :rows where l.warehouse_id = u.warehouse and l.product_id = u.product",
        changed, |(place, _, now)|
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        on_hand: Integer = now.on_hand,
        reserved: Integer = now.reserved,
        to_ship: Integer = now.to_ship,
        incoming: Integer = now.incoming
    )
    .execute(act.conn())?;
    Ok(())
}
