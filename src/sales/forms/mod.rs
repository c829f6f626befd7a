//! Forms of sales, as browsers send them.

mod customers;
mod lines;
mod message;
mod orders;
mod reason;
mod resolve;

pub(super) use customers::CustomerForm;
pub(super) use lines::{LineForm, SaidLine};
pub(super) use message::MessageForm;
pub(super) use orders::{OrderForm, Said};
pub(super) use reason::ReasonForm;
pub(super) use resolve::{customer_meant, products_of};
