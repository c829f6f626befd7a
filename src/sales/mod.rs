//! What customers ordered: orders, their lines, the customers themselves.
//!
//! Owns the tables `channels`, `orders`, `order_lines`, `order_amounts`, `customers`,
//! `shipping_rules`, `shipping_rule_warehouses` and `told_dates`.
//!
//! Promises:
//! - every unit to ship of an open order stands in the queue of its place, from the transaction that
//!   placed it on: stock is asked in the same transaction, by one change over all places;
//! - an order is open until nothing is left to ship, and then closed by whoever took the last unit:
//!   shipped if anything left, else cancelled;
//! - orders and customers belong to a channel, and their numbers are unique within it: those we give
//!   stand in our own, where no file writes;
//! - a line that names no warehouse is shipped from where the first rule says that reaches it, and keeps
//!   that rule in words;
//! - an edit names the lines it changes and those it takes out: a line it does not name stays as it is;
//! - a letter about an order goes to the address that order was placed with;
//! - what a customer was told about a date is kept, so that a date that moved is told, once: by a letter
//!   that somebody looked through, or by somebody who says that the customer knows;
//! - a line is never deleted: what is given up is cancelled, so that history keeps its meaning.
//!
//! Refuses fewer units, or a price of 0, to those who may not cancel, an edit of an order or a customer made from an
//! older version, to ask less of a line than left or lies in a parcel,
//! and any change of an order that is closed.
//!
//! Locks the rows of orders first, by id, then the books of stock.

mod actions;
mod error;
mod forms;
mod letter;
mod model;
pub mod pages;
mod papers;
mod queries;
mod routing;

pub use actions::{
    CameBack, CustomerInput, EditedLine, NewAmount, NewLine, NewOrder, OrderInput, TakingBack,
    Together, add_amounts, add_customer, add_customers, add_rule, break_sets, cancel, cancel_line,
    edit, edit_customer, edit_rule, hold, hold_all, lock, lock_all, lock_open, lock_unclosed,
    mark_shipped, mark_unshipped, number_rule, place, place_if_agreed, preview_break,
    preview_priority, preview_reroute, prioritise, prioritise_all, release, release_all,
    remove_rule, reroute, send_all_by, take_back, write_about,
};
pub use error::Error;
pub use letter::Letter;
pub use model::{
    Channel, Customer, Order, OrderLine, OrderState, OrderStatus, Rule, RuleInput, RuleWarehouse,
    Way,
};
pub use queries::{
    OrderAmount, STOOD_SQL, amounts_of, channel, channels, customer, customers_known, has_rules,
    lines_of, order, own_channel, router, rules,
};
pub use routing::{Asked, AskedLine, Routed, Router};
