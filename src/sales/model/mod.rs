//! Rows of sales.

mod channels;
mod customers;
mod orders;

pub use channels::Channel;
pub use customers::Customer;
pub(super) use orders::tone_of;
pub use orders::{Order, OrderLine, OrderState, OrderStatus};
