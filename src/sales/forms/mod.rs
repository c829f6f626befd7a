//! What browsers say about orders and customers: each form read, and filled with what is kept.

mod customers;
mod lines;
mod message;
mod orders;
mod resolve;
mod rules;

pub(super) use customers::{customer, of_customer, of_new_customer, of_others};
pub(super) use lines::{LineForm, SHOWN, SaidLine, SaidLines, lines};
pub(super) use message::{
    MOST_LETTERS, letter, letter_typed, letters, of_draft, opening, orders_of,
};
pub(super) use orders::{Head, new_order, of_new_order, of_order, order};
pub(super) use resolve::{Meant, products_of};
pub(super) use rules::{TriedOrder, of_rule, rule, tried};
