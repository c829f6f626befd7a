//! Rows of sales.

mod customers;
mod orders;

pub use customers::Customer;
pub(super) use orders::tone_of;
pub use orders::{Order, OrderLine, OrderState, OrderStatus};
