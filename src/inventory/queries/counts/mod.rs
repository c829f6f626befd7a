//! What counts can be asked.

mod books;
mod differing;
mod lines;
mod list;
mod next;
mod scope;

pub use books::{BOOKS, NowInBooks, now_in_books};
pub use differing::{Differing, differing, settled_by, totals_of, wanting_recount};
pub use lines::{
    COUNT_LINE_SORTS, CountLineFilter, CountLineListed, LineState, count_line, count_lines,
};
pub use list::{COUNT_SORTS, CountFilter, CountListed, count, counts, counts_for_export};
pub use next::{NextFilter, NextToCount, next_to_count};
pub use scope::{ScopeSize, list_scope, size_of_scope};
