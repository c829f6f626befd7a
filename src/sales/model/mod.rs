//! Rows of sales.

mod channels;
mod customers;
mod orders;
mod rules;

pub use channels::Channel;
pub use customers::Customer;
pub(super) use orders::tone_of;
pub use orders::{Order, OrderLine, OrderState, OrderStatus};
pub use rules::{Rule, RuleInput, RuleWarehouse, Way};
