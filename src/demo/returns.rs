//! What customers send back: one return is announced, and one waits on the desk to be scanned.

use chrono::TimeDelta;
use diesel::prelude::*;

use super::sales::Shop;
use crate::db::{Act, Who};
use crate::error::Result;
use crate::returns::{self, Announced, NewReturn, ReturnReason};
use crate::schema::order_lines;
use crate::types::{OrderId, OrderLineId, Quantity};

pub fn announce(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let left: Vec<(OrderId, OrderLineId)> = order_lines::table
        .filter(order_lines::warehouse_id.eq(shop.warehouses.main))
        .filter(order_lines::shipped.gt(1))
        .filter(order_lines::kit_line_id.is_null())
        .filter(order_lines::is_kit.eq(false))
        .order((order_lines::order_id.desc(), order_lines::id))
        .distinct_on(order_lines::order_id)
        .select((order_lines::order_id, order_lines::id))
        .limit(2)
        .load(conn)?;
    let told = [
        (ReturnReason::DoesNotFit, "Wrote that it is too large."),
        (ReturnReason::Other, ""),
    ];
    let this_morning = Who::from(shop.people.packer).at(shop.now - TimeDelta::hours(2));
    let act = &mut Act::new(conn, this_morning);
    for ((order, line), (reason, note)) in left.into_iter().zip(told) {
        let announced = Announced {
            line,
            units: Quantity::new(1),
            reason,
        };
        let new = NewReturn {
            order,
            warehouse: None,
            note: note.to_owned(),
            lines: vec![announced],
        };
        returns::announce(act, &new)?;
    }
    Ok(())
}
