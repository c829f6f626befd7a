//! Paging by key: as fast on page 10,000 as on page 1, and no row twice when rows arrive meanwhile.

use serde::{Deserialize, Serialize};

/// Rows on a page.
pub const PER_PAGE: usize = 50;

/// What the URL says about the page: `?after=KEY` or `?before=KEY`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Paging {
    /// The key of the last row of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// The key of the first row of the page after.
    #[serde(default)]
    pub before: Option<String>,
}

/// One page of rows, with the keys of its neighbours.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// For `?before=`: there is a page above.
    pub newer: Option<String>,
    /// For `?after=`: there is a page below.
    pub older: Option<String>,
}

impl<T> Page<T> {
    /// The same page of what `seen` makes of its rows.
    pub fn map<Seen>(self, seen: impl FnMut(T) -> Seen) -> Page<Seen> {
        Page {
            rows: self.rows.into_iter().map(seen).collect(),
            newer: self.newer,
            older: self.older,
        }
    }

    /// Nothing is listed, here or beside.
    pub const fn empty() -> Self {
        Self {
            rows: Vec::new(),
            newer: None,
            older: None,
        }
    }
}
