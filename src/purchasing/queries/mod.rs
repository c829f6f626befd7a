//! Reads of purchase orders and receptions.

mod order;
mod orders;
mod receptions;

pub use order::{Options, OrderView, options, order_view, terms};
pub use orders::{OrderFilter, OrderListed, PURCHASE_SORTS, orders, orders_for_export};
pub use receptions::{
    ReceptionFilter, ReceptionListed, ReceptionView, reception, reception_view, receptions,
    receptions_for_export,
};
