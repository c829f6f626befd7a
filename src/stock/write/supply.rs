//! Incoming goods.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer};

use super::units;
use crate::stock::books::Books;
use crate::types::PurchaseLineId;

/// New or changed lines of incoming goods.
pub(in crate::stock) fn supply(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    let rows: Vec<_> = books
        .shelves
        .iter()
        .flat_map(|(place, shelf)| {
            shelf
                .layers
                .iter()
                .map(move |(line, layer)| (place, line, layer))
        })
        .filter(|(_, _, layer)| layer.now.0 > 0 && layer.was != Some(layer.now))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into supply
           (purchase_order_line_id, purchase_order_id, warehouse_id, product_id, quantity, due_on)
         select * from unnest($1, $2, $3, $4, $5, $6)
         on conflict (purchase_order_line_id)
         do update set quantity = excluded.quantity, due_on = excluded.due_on",
    )
    .bind::<Array<BigInt>, _>(rows.iter().map(|(_, line, _)| **line).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(_, _, layer)| layer.order)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(place, ..)| place.warehouse)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(
        rows.iter()
            .map(|(place, ..)| place.product)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Integer>, _>(
        rows.iter()
            .map(|row| units(row.2.now.0))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Date>, _>(rows.iter().map(|row| row.2.now.1).collect::<Vec<_>>())
    .execute(conn)?;
    Ok(())
}

/// Lines that brought everything, or bring nothing any more.
pub(in crate::stock) fn drop_supply(conn: &mut PgConnection, books: &Books) -> QueryResult<()> {
    use crate::schema::supply;
    let gone: Vec<PurchaseLineId> = books
        .shelves
        .values()
        .flat_map(|shelf| &shelf.layers)
        .filter(|(_, layer)| layer.was.is_some() && layer.now.0 == 0)
        .map(|(line, _)| *line)
        .collect();
    if !gone.is_empty() {
        diesel::delete(supply::table.filter(supply::purchase_order_line_id.eq_any(gone)))
            .execute(conn)?;
    }
    Ok(())
}
