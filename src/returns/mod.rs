//! What customers send back: announced, found at the desk, received, replaced.
//!
//! Owns `returns` and `return_lines`. Until a return is received its lines say what was announced, and
//! what was scanned so far; nothing moves.
//!
//! Promises:
//! - what is received is decided once, and then in one transaction: good units go to those who wait and
//!   the rest into their bin, damaged ones apart, and what is missing counts for nothing;
//! - where each unit went can be read off its movements, which name the return;
//! - what came back of an order line is the sum of its returns;
//! - a return is replaced by one order, which is found from it and leads back to it;
//! - the customer's mail is a draft, which somebody looks through.
//!
//! Refuses more than left and did not come back, and every step after a return is received or cancelled.
//!
//! Locks the order first, then the return, then the places of its lines.

mod actions;
mod error;
mod forms;
mod letter;
mod model;
pub mod pages;
mod queries;

pub use actions::{
    Announced, Back, NewReturn, Receiving, Scanned, announce, cancel, receive, replace, save, scan,
};
pub use error::Error;
pub use model::{Return, ReturnReason, ReturnStatus};
