//! What stock says of the lines of an order.

use backfill::schema::{demand, order_lines};
use backfill::stock::{LineLook, Place};
use backfill::types::{OrderId, OrderLineId, ProductId, Quantity, WarehouseId};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The looks of the lines of some orders, by order and number.
///
/// # Errors
/// Those of the database.
pub fn looks_of(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<Vec<(OrderLineId, LineLook)>> {
    let rows: Vec<(
        OrderLineId,
        Quantity,
        Quantity,
        Quantity,
        Option<DemandPart>,
    )> = order_lines::table
        .left_join(demand::table)
        .filter(order_lines::order_id.eq_any(orders))
        .order((order_lines::order_id, order_lines::line_number))
        .select((
            order_lines::id,
            order_lines::ordered,
            order_lines::shipped,
            order_lines::cancelled,
            (demand::reserved, demand::uncovered, demand::expected_on).nullable(),
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(line, ordered, shipped, cancelled, part)| {
            let (reserved, uncovered, expected_on) = part.unwrap_or_default();
            (
                line,
                LineLook {
                    ordered,
                    shipped,
                    cancelled,
                    reserved,
                    uncovered,
                    expected_on,
                },
            )
        })
        .collect())
}

type DemandPart = (Quantity, Quantity, Option<NaiveDate>);

/// The places an order asks something of.
pub fn places_of(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<Place>> {
    let rows: Vec<(WarehouseId, ProductId)> = demand::table
        .filter(demand::order_id.eq(order))
        .select((demand::warehouse_id, demand::product_id))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(warehouse, product)| Place::new(warehouse, product))
        .collect())
}
