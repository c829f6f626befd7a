//! What is never changed again: decisions about reserved units, dates that moved, and movements.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::schema::movements;
use crate::stock::books::{Books, Claimed};
use crate::stock::model::Cause;

/// The ledger of decisions about reserved units.
pub(in crate::stock) fn reservation_entries(
    conn: &mut PgConnection,
    books: &Books,
    cause: &Cause,
) -> QueryResult<()> {
    let (mut lines, mut products, mut warehouses, mut changes) = (vec![], vec![], vec![], vec![]);
    for (place, line, claim) in books.claims() {
        let before = claim.was.as_ref().map_or(0, |was| i64::from(was.reserved));
        let after = if claim.now.to_ship > 0 {
            i64::from(claim.now.reserved)
        } else {
            0
        };
        if let Ok(change) = i32::try_from(after - before)
            && change != 0
        {
            lines.push(line);
            products.push(place.product);
            warehouses.push(place.warehouse);
            changes.push(change);
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into reservation_entries (order_line_id, product_id, warehouse_id, change, cause,
           reception_id, reason, user_id, at)
         select u.line, u.product, u.warehouse, u.change, $5, $6, $7, $8, $9
         from unnest($1, $2, $3, $4) as u (line, product, warehouse, change)",
    )
    .bind::<Array<BigInt>, _>(lines)
    .bind::<Array<BigInt>, _>(products)
    .bind::<Array<BigInt>, _>(warehouses)
    .bind::<Array<Integer>, _>(changes)
    .bind::<Text, _>(cause.kind)
    .bind::<Nullable<BigInt>, _>(cause.reception)
    .bind::<Text, _>(&cause.reason)
    .bind::<Nullable<BigInt>, _>(cause.user)
    .bind::<Timestamptz, _>(cause.at)
    .execute(conn)?;
    Ok(())
}

/// The ledger of dates: of lines that waited and still do, and are expected on another day.
pub(in crate::stock) fn promise_entries(
    conn: &mut PgConnection,
    books: &Books,
    cause: &Cause,
) -> QueryResult<()> {
    let (mut lines, mut old, mut new) = (vec![], vec![], vec![]);
    for (_, line, claim) in books.claims() {
        let before = claim.was.as_ref().and_then(Claimed::promise);
        if let (Some(before), Some(after)) = (before, claim.now.promise())
            && before != after
        {
            lines.push(line);
            old.push(before);
            new.push(after);
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "insert into promise_entries (order_line_id, old_on, new_on, cause, reason, user_id, at)
         select u.line, u.old_on, u.new_on, $4, $5, $6, $7
         from unnest($1, $2, $3) as u (line, old_on, new_on)",
    )
    .bind::<Array<BigInt>, _>(lines)
    .bind::<Array<Nullable<Date>>, _>(old)
    .bind::<Array<Nullable<Date>>, _>(new)
    .bind::<Text, _>(cause.kind)
    .bind::<Text, _>(&cause.reason)
    .bind::<Nullable<BigInt>, _>(cause.user)
    .bind::<Timestamptz, _>(cause.at)
    .execute(conn)?;
    Ok(())
}

/// The ledger of movements.
pub(in crate::stock) fn movements(
    conn: &mut PgConnection,
    books: &Books,
    cause: &Cause,
) -> QueryResult<()> {
    let rows: Vec<_> = books
        .movements
        .iter()
        .map(|movement| {
            (
                movements::product_id.eq(movement.product),
                movements::quantity.eq(movement.quantity),
                movements::from_warehouse_id.eq(movement.from),
                movements::to_warehouse_id.eq(movement.to),
                movements::reason.eq(movement.reason),
                movements::reception_id.eq(movement.reception),
                movements::shipment_id.eq(movement.shipment),
                movements::note.eq(&movement.note),
                movements::user_id.eq(cause.user),
                movements::at.eq(cause.at),
            )
        })
        .collect();
    // PostgreSQL takes at most 65,535 parameters in one statement.
    for part in rows.chunks(5_000) {
        diesel::insert_into(movements::table)
            .values(part)
            .execute(conn)?;
    }
    Ok(())
}
