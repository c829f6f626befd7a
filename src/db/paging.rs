//! Paging by key: as fast on page 10,000 as on page 1, and no row twice when rows arrive meanwhile.

use std::str::FromStr;

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

/// Which way a page is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direction<K> {
    /// From the top.
    First,
    /// Below this key.
    After(K),
    /// Above this key; the query runs backwards.
    Before(K),
}

impl Paging {
    /// Which way to read; a key that cannot be read means from the top.
    ///
    /// A key is the text of the sort value and of the id, joined by a tilde; `read` parses the
    /// first part.
    pub fn direction<V, I: FromStr>(&self, read: impl Fn(&str) -> Option<V>) -> Direction<(V, I)> {
        let key = |text: &String| {
            let (value, id) = text.rsplit_once('~')?;
            Some((read(value)?, id.parse().ok()?))
        };
        match (&self.after, &self.before) {
            (Some(after), _) => key(after).map_or(Direction::First, Direction::After),
            (None, Some(before)) => key(before).map_or(Direction::First, Direction::Before),
            (None, None) => Direction::First,
        }
    }
}

/// Limits a boxed query to one page, in the order of `$value`, then of `$id`; `$falls`: the list
/// falls. One range of an index on both columns answers it, however deep the page lies.
macro_rules! keyset {
    ($query:expr, $direction:expr, $falls:expr, $value:expr, $id:expr) => {{
        use diesel::prelude::*;
        let direction = $direction;
        let mut query = $query;
        // A page read backwards runs against the order of the list.
        let falls = $falls != direction.is_backwards();
        if let $crate::db::Direction::After((value, id))
        | $crate::db::Direction::Before((value, id)) = direction.clone()
        {
            query = if falls {
                query.filter(
                    ($value)
                        .le(value.clone())
                        .and(($value).lt(value).or(($id).lt(id))),
                )
            } else {
                query.filter(
                    ($value)
                        .ge(value.clone())
                        .and(($value).gt(value).or(($id).gt(id))),
                )
            };
        }
        query = if falls {
            query.order((($value).desc(), ($id).desc()))
        } else {
            query.order((($value).asc(), ($id).asc()))
        };
        query.limit($crate::db::PER_PAGE as i64 + 1)
    }};
}
pub(crate) use keyset;

impl<K> Direction<K> {
    /// Whether the query must run backwards.
    pub const fn is_backwards(&self) -> bool {
        matches!(self, Self::Before(_))
    }

    /// The key of the row before the first that is read; none at the top.
    pub const fn key(&self) -> Option<&K> {
        match self {
            Self::First => None,
            Self::After(key) | Self::Before(key) => Some(key),
        }
    }

    /// How a list that falls, or rises, is compared with the key and ordered, in SQL.
    pub const fn sql(&self, falls: bool) -> (&'static str, &'static str) {
        if falls != self.is_backwards() {
            ("<", "desc")
        } else {
            (">", "asc")
        }
    }
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
    /// Nothing is listed, here or beside.
    pub const fn empty() -> Self {
        Self {
            rows: Vec::new(),
            newer: None,
            older: None,
        }
    }

    /// Makes a page of the rows that a query limited to `PER_PAGE + 1` found, in the order it
    /// found them. `key` gives the sort value and the id of a row as text.
    pub fn new<K>(
        mut rows: Vec<T>,
        direction: &Direction<K>,
        key: impl Fn(&T) -> (String, String),
    ) -> Self {
        let more = rows.len() > PER_PAGE;
        rows.truncate(PER_PAGE);
        let (above, below) = match direction {
            Direction::First => (false, more),
            Direction::After(_) => (true, more),
            Direction::Before(_) => (more, true),
        };
        if direction.is_backwards() {
            rows.reverse();
        }
        let key = |row: &T| {
            let (value, id) = key(row);
            format!("{value}~{id}")
        };
        Self {
            newer: rows.first().filter(|_| above).map(key),
            older: rows.last().filter(|_| below).map(key),
            rows,
        }
    }

    /// How many rows a query must ask for.
    pub const fn limit() -> i64 {
        PER_PAGE as i64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(
        rows: std::ops::RangeInclusive<usize>,
        direction: Direction<(u32, u32)>,
    ) -> Page<usize> {
        Page::new(rows.collect(), &direction, |row| {
            (row.to_string(), row.to_string())
        })
    }

    #[test]
    fn a_page_knows_whether_there_is_more_above_and_below() {
        let first = page(1..=51, Direction::First);
        assert_eq!((first.newer, first.older.as_deref()), (None, Some("50~50")));

        let last = page(51..=60, Direction::After((50, 50)));
        assert_eq!((last.newer.as_deref(), last.older), (Some("51~51"), None));
    }

    #[test]
    fn a_key_that_makes_no_sense_starts_at_the_top() {
        let paging = Paging {
            after: Some("x~y".into()),
            before: None,
        };
        assert_eq!(
            paging.direction::<u32, u32>(|text| text.parse().ok()),
            Direction::First
        );
    }
}
