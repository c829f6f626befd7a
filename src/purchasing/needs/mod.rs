//! What must be bought: the supply needs of every warehouse that has them.
//!
//! One statement finds them; [`Figures`] says what follows from the figures of a place, and a test
//! holds the two together.

mod choices;
mod drafts;
mod figures;
mod lines;
mod ordering;
mod overtaken;
mod query;

pub use choices::{Chosen, Summary, choose, clear_choices, fill, misfits, summary};
pub use drafts::{Drafted, Drafts, drafts};
pub use figures::{Figures, NeedStatus};
pub use lines::{NeededFor, needed_for};
pub use ordering::{Ordered, order_choices};
pub use overtaken::{Overtaken, Overtakings, Seen, overtakings};
pub use query::{Fill, NEED_SORTS, Need, NeedFilter, RowKey, needs, needs_for_export};
