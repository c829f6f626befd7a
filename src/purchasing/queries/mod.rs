//! Reads of purchase orders and receptions.

mod of_product;
mod order;
mod orders;
mod reception;
mod receptions;
mod returnable;

pub use of_product::{ProductLine, lines_of_product};
pub use order::{Options, OrderView, options, order_view, terms, to_come};
pub use orders::{
    OrderFilter, OrderListed, PURCHASE_SORTS, due_lines_sql, orders, orders_for_export,
};
pub use reception::{ReceivedLine, ReceptionView, reception, reception_view};
pub use receptions::{ReceptionFilter, ReceptionListed, receptions, receptions_for_export};
pub use returnable::{Returnable, returnable};
