//! What can be done to orders and customers.

mod amounts;
mod broken;
mod cancel;
mod channels;
mod close;
mod customers;
mod edit;
mod edited;
mod edited_parts;
mod hold;
mod lines;
mod place;
mod prioritise;
mod reroute;
mod returns;
mod route;
mod rules;
mod said;
mod send_by;
mod ship;
mod together;
mod write;

pub use amounts::{NewAmount, add_amounts};
pub use broken::{break_sets, preview_break};
pub use cancel::{cancel, cancel_line};
pub use customers::{CustomerInput, add_customer, add_customers, edit_customer};
pub use edit::{EditedLine, OrderInput, edit};
pub use hold::{hold, hold_all, release, release_all};
pub use place::{NewLine, NewOrder, place, place_if_agreed};
pub use prioritise::{preview_priority, prioritise, prioritise_all};
pub use reroute::{preview_reroute, reroute};
pub use returns::{CameBack, TakingBack, take_back};
pub use rules::{add_rule, edit_rule, number_rule, remove_rule};
pub use send_by::send_all_by;
pub use ship::{lock_all, lock_open, mark_shipped, mark_unshipped};
pub use together::Together;
pub use write::write_about;
pub(super) use write::{
    ReadLetter, Written, customer_knows, write_to_customer, write_to_customers,
};

use diesel::prelude::*;

use super::{Error, Order};
use crate::schema::orders;
use crate::types::OrderId;

/// The order, kept from others until the transaction ends. Taken before the books of stock.
pub fn lock(conn: &mut PgConnection, id: OrderId) -> QueryResult<Order> {
    Order::query()
        .filter(orders::id.eq(id))
        .for_no_key_update()
        .first(conn)
}

/// The same, refused when it is closed.
///
/// # Errors
/// [`Error::Closed`].
pub fn lock_unclosed(conn: &mut PgConnection, id: OrderId) -> Result<Order, Error> {
    let order = lock(conn, id)?;
    if order.is_open() {
        Ok(order)
    } else {
        Err(Error::Closed(order.status))
    }
}
