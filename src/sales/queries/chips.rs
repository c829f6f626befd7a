//! Products with their quantities, as the list of orders shows them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text};

use crate::stock::{LineLook, When};
use crate::types::{OrderId, Quantity, Sku, WarehouseId};

/// Lines of one order that a list shows.
const SHOWN: i64 = 6;

/// A line in a list of orders.
#[derive(Debug, Clone)]
pub struct Chip {
    pub sku: Sku,
    pub name: String,
    pub warehouse_id: WarehouseId,
    pub warehouse: String,
    pub line: LineLook,
}

/// The first few lines of an order, what is missing first, and how many it has in all.
#[derive(Debug, Clone, Default)]
pub struct Chips {
    pub shown: Vec<Chip>,
    lines: i64,
}

impl Chips {
    /// Lines that are not shown.
    pub fn more(&self) -> i64 {
        self.lines - i64::try_from(self.shown.len()).unwrap_or(self.lines)
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Row {
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = BigInt)]
    lines: i64,
    #[diesel(sql_type = Text)]
    sku: Sku,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = Text)]
    warehouse: String,
    #[diesel(sql_type = Integer)]
    ordered: Quantity,
    #[diesel(sql_type = Integer)]
    shipped: Quantity,
    #[diesel(sql_type = Integer)]
    cancelled: Quantity,
    #[diesel(sql_type = Integer)]
    reserved: Quantity,
    #[diesel(sql_type = Integer)]
    uncovered: Quantity,
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
}

/// The first few lines of each of these orders, in one statement.
pub fn chips_of(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<HashMap<OrderId, Chips>> {
    let rows: Vec<Row> = diesel::sql_query(include_str!("chips.sql"))
        .bind::<Array<BigInt>, _>(orders)
        .bind::<BigInt, _>(SHOWN)
        .load(conn)?;
    let mut chips: HashMap<OrderId, Chips> = HashMap::new();
    for row in rows {
        let of_order = chips.entry(row.order_id).or_default();
        of_order.lines = row.lines;
        of_order.shown.push(Chip {
            sku: row.sku,
            name: row.name,
            warehouse_id: row.warehouse_id,
            warehouse: row.warehouse,
            line: LineLook {
                ordered: row.ordered,
                shipped: row.shipped,
                cancelled: row.cancelled,
                reserved: row.reserved,
                uncovered: row.uncovered,
                expected_on: row.expected_on,
            },
        });
    }
    Ok(chips)
}

/// What is missing of an order.
#[derive(Debug, Clone, Default, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Shortage {
    /// Units still to ship.
    #[diesel(sql_type = BigInt)]
    pub to_ship: i64,
    /// Of these, units that are not reserved.
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    /// When the last of them will be there; `None`: none is missing, or one is not on order.
    #[diesel(sql_type = Nullable<Date>)]
    expected_on: Option<NaiveDate>,
    /// When the first of them will be there.
    #[diesel(sql_type = Nullable<Date>)]
    first_expected_on: Option<NaiveDate>,
}

impl Shortage {
    pub fn when(&self, today: NaiveDate) -> When {
        When::of_all(self.first_expected_on, self.expected_on, today)
    }
}

/// What is missing of these orders, in one statement; an order with nothing to ship is left out.
pub fn shortages_of(
    conn: &mut PgConnection,
    orders: &[OrderId],
) -> QueryResult<HashMap<OrderId, Shortage>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Short {
        #[diesel(sql_type = BigInt)]
        order_id: OrderId,
        #[diesel(embed)]
        shortage: Shortage,
    }
    let rows: Vec<Short> = diesel::sql_query(
        "select order_id, sum(to_ship) as to_ship, sum(missing) as missing,
           case when sum(uncovered) = 0 then max(expected_on) end as expected_on,
           min(expected_on) as first_expected_on
         from (
           select order_id, max(to_ship / coalesce(per_kit, 1)) as to_ship,
             max((to_ship - reserved) / coalesce(per_kit, 1)) as missing, sum(uncovered) as uncovered,
             max(expected_on) as expected_on, min(expected_on) as first_expected_on
           from demand where order_id = any($1) group by order_id, coalesce(kit_line_id, order_line_id)
         ) sold group by order_id",
    )
    .bind::<Array<BigInt>, _>(orders)
    .load(conn)?;
    let by_order = rows.into_iter().map(|row| (row.order_id, row.shortage));
    Ok(by_order.collect())
}
