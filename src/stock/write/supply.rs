//! Incoming goods.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer};

use crate::db::{Act, set_based};
use crate::schema::supply;
use crate::stock::books::{Books, OpenSupply};
use crate::stock::model::Place;
use crate::types::PurchaseLineId;

fn all(books: &Books) -> impl Iterator<Item = (Place, PurchaseLineId, &OpenSupply)> {
    books.shelves.iter().flat_map(|(place, shelf)| {
        let supply = shelf.supply.iter();
        supply.map(|(line, supply)| (*place, *line, supply))
    })
}

/// New or changed lines of incoming goods.
pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let comes = |supply: &OpenSupply| !supply.now.0.is_zero() && supply.was != Some(supply.now);
    let changed: Vec<_> = all(books).filter(|(_, _, supply)| comes(supply)).collect();
    if changed.is_empty() {
        return Ok(());
    }
    set_based!(
        "insert into supply
           (purchase_order_line_id, purchase_order_id, warehouse_id, product_id, quantity, due_on)
         select u.* from :rows
         on conflict (purchase_order_line_id)
         do update set quantity = excluded.quantity, due_on = excluded.due_on",
        changed, |(place, line, supply)|
        line: BigInt = *line,
        order_id: BigInt = supply.order,
        warehouse: BigInt = place.warehouse,
        product: BigInt = place.product,
        quantity: Integer = supply.now.0,
        due_on: Date = supply.now.1
    )
    .execute(act.conn())?;
    Ok(())
}

/// Lines that brought everything, or bring nothing any more.
pub(super) fn drop(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let is_gone = |supply: &OpenSupply| supply.was.is_some() && supply.now.0.is_zero();
    let gone = all(books).filter(|(_, _, supply)| is_gone(supply));
    let gone: Vec<PurchaseLineId> = gone.map(|(_, line, _)| line).collect();
    if !gone.is_empty() {
        diesel::delete(supply::table.filter(supply::purchase_order_line_id.eq_any(gone)))
            .execute(act.conn())?;
    }
    Ok(())
}
