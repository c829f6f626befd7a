//! One order, its lines, and what was decided about them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use super::list::state;
use crate::sales::{Order, OrderLine, OrderState};
use crate::schema::{
    consignments, decisions, order_lines, orders, products, promise_entries, reservation_entries,
    users, warehouses,
};
use crate::stock::CauseKind;
use crate::types::{Change, OrderId, Sku, WarehouseId};

/// One order.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn order(conn: &mut PgConnection, id: OrderId) -> QueryResult<Order> {
    Order::query().filter(orders::id.eq(id)).first(conn)
}

/// These orders, by id.
pub(in crate::sales) fn orders_of(
    conn: &mut PgConnection,
    ids: &[OrderId],
) -> QueryResult<Vec<Order>> {
    Order::query()
        .filter(orders::id.eq_any(ids))
        .order(orders::id)
        .load(conn)
}

/// The lines of an order, by number.
pub fn lines_of(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<OrderLine>> {
    OrderLine::query()
        .filter(order_lines::order_id.eq(order))
        .order(order_lines::line_number)
        .load(conn)
}

/// The lines of several orders, each with its order.
pub(in crate::sales) fn lines_of_each<'a>(
    conn: &mut PgConnection,
    orders: &'a [Order],
) -> QueryResult<Vec<(&'a Order, OrderLine)>> {
    let ids: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
    let lines: Vec<OrderLine> = OrderLine::query()
        .filter(order_lines::order_id.eq_any(ids))
        .order((order_lines::order_id, order_lines::line_number))
        .load(conn)?;
    let with_orders = lines.into_iter().filter_map(|line| {
        let order = orders.iter().find(|order| order.id == line.order_id)?;
        Some((order, line))
    });
    Ok(with_orders.collect())
}

/// Where an order stands.
pub(in crate::sales) fn state_of(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<OrderState> {
    let of_order = orders::table.filter(orders::id.eq(order));
    of_order.select(state()).first(conn)
}

/// What an order wants from one warehouse.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = consignments)]
#[diesel(base_query = consignments::table
    .inner_join(warehouses::table.on(warehouses::id.eq(consignments::warehouse_id))))]
pub(in crate::sales) struct Wanted {
    pub warehouse_id: WarehouseId,
    #[diesel(select_expression = warehouses::name)]
    pub warehouse: String,
    /// Written by stock, read here to offer what can be done next.
    state: String,
}

impl Wanted {
    /// Whether something reserved waits for a parcel.
    pub fn can_be_prepared(&self) -> bool {
        matches!(self.state.as_str(), "reserved" | "partial")
    }

    /// Whether nothing at all is missing.
    pub fn is_complete(&self) -> bool {
        self.state == "reserved"
    }
}

/// What an order wants, warehouse by warehouse.
pub(in crate::sales) fn wanted(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<Vec<Wanted>> {
    Wanted::query()
        .filter(consignments::order_id.eq(order))
        .order(warehouses::code)
        .load(conn)
}

/// A decision about reserved units of an order.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = reservation_entries)]
#[diesel(base_query = reservation_entries::table
    .inner_join(decisions::table.on(decisions::id.eq(reservation_entries::decision_id)))
    .inner_join(order_lines::table.on(order_lines::id.eq(reservation_entries::order_line_id)))
    .inner_join(products::table.on(products::id.eq(order_lines::product_id)))
    .left_join(users::table.on(decisions::user_id.eq(users::id.nullable()))))]
pub(in crate::sales) struct DecisionShown {
    #[diesel(select_expression = decisions::at)]
    pub at: DateTime<Utc>,
    pub change: Change,
    #[diesel(select_expression = decisions::cause)]
    pub cause: CauseKind,
    #[diesel(select_expression = decisions::reason)]
    pub reason: String,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = users::name.nullable())]
    who: Option<String>,
}

impl DecisionShown {
    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }

    /// Gained is good.
    pub fn tone(&self) -> &'static str {
        if self.change.get() > 0 { "ok" } else { "warn" }
    }
}

/// The latest decisions about an order, latest first, at most a hundred.
pub(in crate::sales) fn decisions_of(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<Vec<DecisionShown>> {
    DecisionShown::query()
        .filter(order_lines::order_id.eq(order))
        .order((
            // Not in the order of an index: the latest of all orders would be gone through for those
            // of this one.
            (reservation_entries::decision_id + 0_i64).desc(),
            order_lines::line_number.desc(),
        ))
        .limit(100)
        .load(conn)
}

/// An expected date that moved.
#[derive(Debug, Clone, HasQuery)]
#[diesel(table_name = promise_entries)]
#[diesel(base_query = promise_entries::table
    .inner_join(decisions::table.on(decisions::id.eq(promise_entries::decision_id)))
    .inner_join(order_lines::table.on(order_lines::id.eq(promise_entries::order_line_id)))
    .inner_join(products::table.on(products::id.eq(order_lines::product_id)))
    .left_join(users::table.on(decisions::user_id.eq(users::id.nullable()))))]
pub(in crate::sales) struct DateMoved {
    #[diesel(select_expression = decisions::at)]
    pub at: DateTime<Utc>,
    pub old_on: Option<NaiveDate>,
    pub new_on: Option<NaiveDate>,
    #[diesel(select_expression = decisions::cause)]
    pub cause: CauseKind,
    #[diesel(select_expression = decisions::reason)]
    pub reason: String,
    #[diesel(select_expression = products::sku)]
    pub sku: Sku,
    #[diesel(select_expression = users::name.nullable())]
    who: Option<String>,
}

impl DateMoved {
    pub fn person(&self) -> &str {
        self.who.as_deref().unwrap_or("Backfill")
    }

    /// Later is bad.
    pub fn tone(&self) -> &'static str {
        if self.is_slip() { "bad" } else { "ok" }
    }

    /// Later, or not on order any more.
    pub fn is_slip(&self) -> bool {
        match (self.old_on, self.new_on) {
            (Some(old), Some(new)) => new > old,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}

/// The latest moves of the dates of an order, latest first, at most a hundred.
pub(in crate::sales) fn dates_moved(
    conn: &mut PgConnection,
    order: OrderId,
) -> QueryResult<Vec<DateMoved>> {
    DateMoved::query()
        .filter(order_lines::order_id.eq(order))
        .order((
            promise_entries::decision_id.desc(),
            order_lines::line_number.desc(),
        ))
        .limit(100)
        .load(conn)
}
