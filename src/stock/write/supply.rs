//! Incoming goods.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable};

use crate::db::{Act, set_based};
use crate::schema::supply;
use crate::stock::books::{Books, OpenSupply};
use crate::stock::model::Place;
use crate::stock::origin::Origin;

fn all(books: &Books) -> impl Iterator<Item = (Place, Origin, &OpenSupply)> {
    books.shelves.iter().flat_map(|(place, shelf)| {
        let supply = shelf.supply.iter();
        supply.map(|(of, supply)| (*place, *of, supply))
    })
}

/// New or changed lines of incoming goods.
pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let comes = |supply: &OpenSupply| !supply.now.0.is_zero() && supply.was != Some(supply.now);
    let changed = all(books).filter(|(_, _, supply)| comes(supply));
    let (new, changed): (Vec<_>, Vec<_>) = changed.partition(|(_, _, supply)| supply.id.is_none());
    if !new.is_empty() {
        set_based!(
            "insert into supply (purchase_order_line_id, purchase_order_id, transfer_line_id,
               transfer_id, warehouse_id, product_id, quantity, due_on)
             select u.purchase, p.purchase_order_id, u.transfer, t.transfer_id, u.warehouse,
               u.product, u.quantity, u.due_on
             from :rows
             left join purchase_order_lines p on p.id = u.purchase
             left join transfer_lines t on t.id = u.transfer",
            new, |(place, of, supply)|
            purchase: Nullable<BigInt> = of.purchase(),
            transfer: Nullable<BigInt> = of.transfer(),
            warehouse: BigInt = place.warehouse,
            product: BigInt = place.product,
            quantity: Integer = supply.now.0,
            due_on: Date = supply.now.1
        )
        .execute(act.conn())?;
    }
    if !changed.is_empty() {
        set_based!(
            "update supply s set quantity = u.quantity, due_on = u.due_on
             from :rows where s.id = u.id",
            changed, |(_, _, supply)|
            id: Nullable<BigInt> = supply.id,
            quantity: Integer = supply.now.0,
            due_on: Date = supply.now.1
        )
        .execute(act.conn())?;
    }
    Ok(())
}

/// Lines that brought everything, or bring nothing any more.
pub(super) fn drop(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let gone = all(books).filter(|(_, _, supply)| supply.now.0.is_zero());
    let gone: Vec<i64> = gone.filter_map(|(_, _, supply)| supply.id).collect();
    if !gone.is_empty() {
        diesel::delete(supply::table.filter(supply::id.eq_any(gone))).execute(act.conn())?;
    }
    Ok(())
}
