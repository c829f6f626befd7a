//! What pages of several domains show of stock.

mod decision;

pub use decision::{Decision, Question};
