//! What pages of several domains show of stock.

mod asked;
mod decision;
mod weighed;

pub use asked::Asked;
pub use decision::{Decision, Question};
pub use weighed::tell_effects;
