//! Orders of a shop, from a CSV file.
//!
//! A file is opened by a look through all of it, then read so many lines at a time by whoever knows
//! what is there already and takes what they come to. [`read`] is pure: bytes and what is known in, a
//! [`Reading`] of all of it out; [`preview`] asks the database what is known, and writes nothing.
//! [`weigh()`] tells who would lose by [`Orders`] that were read; [`apply()`] places them.
//!
//! | What a file holds | Decision |
//! |---|---|
//! | a number of C and digits, no positive quantity | a cancellation: left out, named |
//! | no customer and nothing to pay | a stock correction, not an order: refused |
//! | postage, fees, discounts, vouchers, services | amounts of the order: in its total, never demand |
//! | cancelled, refunded, completed | left out, unless chosen otherwise; counted by what it is |
//! | a row that adds up its order, words below the table | no lines of the order, said |
//! | the price of a whole line | that of a unit is worked out |
//! | an apostrophe before a number | not of it |
//! | a negative quantity | taken off the same product of the order, else refused |
//! | more than four decimals | rounded, said |
//! | a currency that is not the company's | kept on the order, said |
//! | a product twice in an order | merged at one price, two lines at two |
//! | no description | the known name, or the SKU |
//! | price 0 | free of charge, said |
//! | no customer | the customer Guest, said |
//! | a product nobody knows | created, or refused if so chosen |
//! | an order that is here | left out: importing a file twice acts once |
//! | no order number | of the order above, if it says nothing else than that one |
//! | a line that belongs to no order | the orders beside it are left out, unless chosen otherwise |
//! | more lines than an order may have | left out, its lines not looked at |
//! | a refused line | its whole order is left out, unless chosen otherwise |
//! | more than the warehouse can count | the order that goes beyond is left out |

mod apply;
mod codes;
mod column;
mod columns;
mod dates;
mod document;
mod found;
mod grouping;
mod judge;
mod known;
mod layout;
mod left_out;
mod loading;
mod lookalike;
mod names;
mod novelties;
mod numbers;
mod reading;
mod remarks;
mod room;
mod source;
mod status;
mod sums;
mod weigh;
mod whole;

pub use apply::{Destination, apply};
pub use column::names as column_names;
pub(in crate::exchange) use found::Found;
pub(in crate::exchange) use judge::{File, Reader};
pub use known::{Known, KnownProduct};
pub use left_out::{ClosedCount, Refusal, Skipped, Why, lines_in_words};
pub use reading::{
    Choices, Format, NewProduct, ReadAmount, ReadCustomer, ReadLine, ReadOrder, Reading,
};
pub use remarks::{Remark, RemarkKind};
pub use room::Room;
pub use source::Orders;
pub use status::Closing;
pub use sums::Sums;
pub use weigh::weigh;
pub use whole::{preview, read};
