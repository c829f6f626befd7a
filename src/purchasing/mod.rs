//! Buying what is missing, and receiving it.
//!
//! Owns `purchase_orders`, `purchase_order_lines`, `receptions`, `reception_lines`,
//! `reception_reversals`, `reversal_lines` and `replenishment_choices`. What is on its way is told to `stock` with every change, so that
//! promises, needs and incoming units are never a second opinion.
//!
//! Promises:
//! - units count as incoming from the moment a purchase order is sent, and no longer than it is open;
//! - what is drafted is not filled in again, and whoever orders what was covered meanwhile is told first;
//! - nothing is sent in a foreign currency without a rate that somebody said;
//! - the mail to the supplier is queued in the transaction that marks the order as sent;
//! - a delivery posted twice is received once, and its units go to the orders that wait in the same
//!   transaction;
//! - `received` of a line is the sum of its receptions; more than was ordered needs a reason, which
//!   is kept with the reception;
//! - a reversal takes back what lies on the shelf and in no parcel, and never a unit twice;
//! - goods that arrive when nothing was to come any more are received with a reason as well: they come
//!   off the cancelled units first, and the rest stays cancelled unless it is said to be still to come.
//!
//! Every action locks the purchase order first, then levels and consignments through
//! [`stock::change`](crate::stock::change). A delivery is never edited: its lines are append-only.
//!
//! Refuses what the [table of statuses](Status::can_become) does not list.

mod actions;
mod error;
mod forms;
mod lead_times;
mod letter;
mod model;
mod needs;
pub mod pages;
mod queries;
mod rate;
mod status;
mod terms;

pub use actions::{
    Delivery, DraftEdit, DraftLine, NewLine, NewPurchaseOrder, RestEdit, RestLine, ReversalPreview,
    Reversing, Sending, TakenBack, add_line, cancel, confirm, draft, edit_draft, edit_rest,
    preview_cancel, preview_confirm, preview_receive, preview_reversal, receive, remove_line,
    reverse, send,
};
pub use error::{Error, Over};
pub use letter::{Letter, Papers, letter, papers, pdf};
pub use model::{PurchaseLine, PurchaseOrder, Reception};
pub use needs::{
    Chosen, Drafted, Drafts, Figures, Fill, NEED_SORTS, Need, NeedFilter, NeedStatus, NeededFor,
    Ordered, Overtaken, Overtakings, RowKey, Seen, Summary, choose, clear_choices, drafts, fill,
    misfits, needed_for, needs, needs_for_export, order_choices, overtakings, summary,
};
pub use queries::due_lines_sql;
pub use status::Status;
pub use terms::{Misfit, Terms};
