//! What must be bought: the supply needs of every warehouse that has them.
//!
//! One statement finds them; [`Figures`] says what follows from the figures of a place, and a test
//! holds the two together.

mod choices;
mod figures;
mod lines;
mod query;

pub use choices::{Chosen, Ordered, Summary, choose, clear_choices, fill, order_choices, summary};
pub use figures::{Figures, NeedStatus};
pub use lines::{NeededFor, needed_for};
pub use query::{Fill, NEED_SORTS, Need, NeedFilter, RowKey, needs, needs_for_export};
