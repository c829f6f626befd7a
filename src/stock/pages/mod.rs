//! What pages of several domains show of stock.

mod asked;
mod decision;

pub use asked::Asked;
pub use decision::{Decision, Question};
