//! What lies in bins, and what parcels hold there.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Timestamptz};

use crate::db::{Act, set_based};
use crate::stock::books::{Bin, Bins, Books};
use crate::stock::model::Place;
use crate::types::{LocationId, OrderLineId, Quantity};

/// Nothing where no warehouse has bins.
pub(super) fn keep(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    contents(act, books)?;
    holds(act, books)
}

fn open(books: &Books) -> impl Iterator<Item = (Place, &Bins)> {
    let shelves = books.shelves.iter();
    shelves.filter_map(|(place, shelf)| Some((*place, shelf.bins.as_ref()?)))
}

fn contents(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    let changed = open(books).flat_map(|(place, bins)| {
        let changed = bins.bins.iter().filter(|(_, bin)| bin.was != bin.now);
        changed.map(move |(id, bin)| (*id, place, bin))
    });
    let (emptied, filled): (Vec<(LocationId, Place, &Bin)>, Vec<_>) =
        changed.partition(|(.., bin)| bin.now.quantity.is_zero());
    if !emptied.is_empty() {
        set_based!(
            "delete from bin_contents c using :rows
             where c.location_id = u.location and c.product_id = u.product",
            emptied, |(id, place, _)| location: BigInt = *id, product: BigInt = place.product
        )
        .execute(act.conn())?;
    }
    if !filled.is_empty() {
        let at = act.at();
        let since = |bin: &Bin| -> DateTime<Utc> { bin.now.since.unwrap_or(at) };
        set_based!(
            "insert into bin_contents (location_id, product_id, warehouse_id, quantity, held, doubted, since)
             select u.location, u.product, u.warehouse, u.quantity, u.held, u.doubted, u.since from :rows
             on conflict (location_id, product_id)
             do update set quantity = excluded.quantity, held = excluded.held,
               doubted = excluded.doubted, since = excluded.since",
            filled, |(id, place, bin)|
            location: BigInt = *id,
            product: BigInt = place.product,
            warehouse: BigInt = place.warehouse,
            quantity: Integer = bin.now.quantity,
            held: Integer = bin.now.held,
            doubted: Integer = bin.now.doubted,
            since: Timestamptz = since(bin)
        )
        .execute(act.conn())?;
    }
    Ok(())
}

fn holds(act: &mut Act<'_>, books: &Books) -> QueryResult<()> {
    type Hold = (OrderLineId, LocationId, Place, Quantity);
    let changed = open(books).flat_map(|(place, bins)| {
        let changed = bins.holds.iter().filter(|(_, (was, now))| was != now);
        changed.map(move |((line, bin), (_, now))| (*line, *bin, place, *now))
    });
    let (released, held): (Vec<Hold>, Vec<Hold>) = changed.partition(|(.., now)| now.is_zero());
    if !released.is_empty() {
        set_based!(
            "delete from bin_holds h using :rows
             where h.order_line_id = u.line and h.location_id = u.location",
            released, |(line, bin, ..)| line: BigInt = *line, location: BigInt = *bin
        )
        .execute(act.conn())?;
    }
    if !held.is_empty() {
        set_based!(
            "insert into bin_holds (order_line_id, location_id, product_id, quantity)
             select u.line, u.location, u.product, u.quantity from :rows
             on conflict (order_line_id, location_id) do update set quantity = excluded.quantity",
            held, |(line, bin, place, now)|
            line: BigInt = *line,
            location: BigInt = *bin,
            product: BigInt = place.product,
            quantity: Integer = *now
        )
        .execute(act.conn())?;
    }
    Ok(())
}
