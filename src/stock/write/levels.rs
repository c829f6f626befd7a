//! The balances of a product in a warehouse.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use crate::stock::books::Books;

/// The balances.
pub(in crate::stock) fn levels(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let (mut warehouses, mut products) = (vec![], vec![]);
    let (mut on_hand, mut reserved, mut to_ship, mut incoming) = (vec![], vec![], vec![], vec![]);
    for (place, shelf) in &books.shelves {
        let now = shelf.balances();
        if now != shelf.was {
            warehouses.push(place.warehouse);
            products.push(place.product);
            on_hand.push(now.on_hand);
            reserved.push(now.reserved);
            to_ship.push(now.to_ship);
            incoming.push(now.incoming);
        }
    }
    if warehouses.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "update levels l set on_hand = u.on_hand, reserved = u.reserved, to_ship = u.to_ship,
           incoming = u.incoming
         from unnest($1, $2, $3, $4, $5, $6)
           as u (warehouse, product, on_hand, reserved, to_ship, incoming)
         where l.warehouse_id = u.warehouse and l.product_id = u.product",
    )
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<Integer>, _>(on_hand)
    .bind::<Array<Integer>, _>(reserved)
    .bind::<Array<Integer>, _>(to_ship)
    .bind::<Array<Integer>, _>(incoming)
    .execute(conn)?;
    Ok(())
}
