//! What an order holds beside its goods.

use diesel::prelude::*;

use crate::schema::order_amounts;
use crate::types::{Money, OrderId};

/// Postage, a discount, a service.
#[derive(Debug, Clone, PartialEq, HasQuery)]
#[diesel(table_name = order_amounts)]
pub struct OrderAmount {
    /// What it is for.
    pub name: String,
    /// Below zero for a discount.
    pub amount: Money,
}

/// The amounts of an order, as they were added.
pub fn amounts_of(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<OrderAmount>> {
    OrderAmount::query()
        .filter(order_amounts::order_id.eq(order))
        .order(order_amounts::id)
        .load(conn)
}
