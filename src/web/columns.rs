//! The columns of a list: one table says what heads them on the page, how they are sorted, and what
//! stands in them in a file.

use serde::Serialize;

use super::query::narrowing;

/// A column of a list of `Row`, on its page, in its file, or in both.
#[derive(Debug)]
pub struct Column<Row> {
    head: Option<&'static str>,
    class: &'static str,
    sort: Option<Sort>,
    pub(super) cell: Option<Cell<Row>>,
}

/// A column in a file: its name, and what stands there of a row.
pub(super) type Cell<Row> = (&'static str, fn(&Row) -> String);

#[derive(Debug, Clone, Copy)]
struct Sort {
    key: &'static str,
    falls_first: bool,
}

impl<Row> Column<Row> {
    /// A column of the page alone.
    pub const fn head(label: &'static str) -> Self {
        Self {
            head: Some(label),
            class: "",
            sort: None,
            cell: None,
        }
    }

    /// A column of the file alone.
    pub const fn file(name: &'static str, cell: fn(&Row) -> String) -> Self {
        Self {
            head: None,
            class: "",
            sort: None,
            cell: Some((name, cell)),
        }
    }

    /// Looks of the head: `number` (to the right), `wide` (only where there is room).
    pub const fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// Its head sorts the list, first rising.
    pub const fn rising(self, key: &'static str) -> Self {
        self.sorted(key, false)
    }

    /// Its head sorts the list, first falling.
    pub const fn falling(self, key: &'static str) -> Self {
        self.sorted(key, true)
    }

    /// The same, in the file too.
    pub const fn in_file(self, name: &'static str, cell: fn(&Row) -> String) -> Self {
        let cell = Some((name, cell));
        Self { cell, ..self }
    }

    const fn sorted(self, key: &'static str, falls_first: bool) -> Self {
        let sort = Some(Sort { key, falls_first });
        Self { sort, ..self }
    }
}

/// The head of a column as a template shows it.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    pub label: &'static str,
    pub class: &'static str,
    /// `ascending` or `descending` where the list is sorted by it; else empty.
    pub sorted: &'static str,
    /// The link that sorts by it, or turns the order around; empty: nothing sorts by it.
    pub link: String,
}

impl Head {
    /// A word alone.
    pub const fn plain(label: &'static str) -> Self {
        Self {
            label,
            class: "",
            sorted: "",
            link: String::new(),
        }
    }
}

/// The heads of a list that is sorted by `sort` (such as `-total`) and narrowed by `filter`.
pub fn heads<Row>(columns: &[Column<Row>], sort: &str, filter: &impl Serialize) -> Vec<Head> {
    let kept = narrowing(filter);
    let shown = columns.iter().filter_map(|column| {
        let (sorted, next) = match &column.sort {
            Some(by) => by.seen(sort),
            None => ("", String::new()),
        };
        Some(Head {
            label: column.head?,
            class: column.class,
            sorted,
            link: match next.as_str() {
                "" => next,
                next => format!("?{kept}&sort={next}"),
            },
        })
    });
    shown.collect()
}

impl Sort {
    /// How the list is sorted by it, and what its link asks for.
    fn seen(self, sort: &str) -> (&'static str, String) {
        let key = self.key;
        if sort == key {
            ("ascending", format!("-{key}"))
        } else if sort.strip_prefix('-') == Some(key) {
            ("descending", key.to_owned())
        } else if self.falls_first {
            ("", format!("-{key}"))
        } else {
            ("", key.to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column<u32>] = &[
        Column::head("Order")
            .rising("number")
            .in_file("number", u32::to_string),
        Column::file("note", |_| String::new()),
        Column::head("Total").class("number").falling("total"),
        Column::head("Products"),
    ];

    #[test]
    fn a_head_sorts_first_its_own_way_and_then_the_other() {
        let filter = [("q", "mug"), ("sort", "number")];
        let heads = |sort| heads(COLUMNS, sort, &filter);
        let links = |sort| {
            heads(sort)
                .into_iter()
                .map(|head| head.link)
                .collect::<Vec<_>>()
        };

        assert_eq!(heads("number")[0].sorted, "ascending");
        assert_eq!(
            links("number"),
            ["?q=mug&sort=-number", "?q=mug&sort=-total", ""]
        );
        assert_eq!(heads("-total")[1].sorted, "descending");
        assert_eq!(
            links("-total"),
            ["?q=mug&sort=number", "?q=mug&sort=total", ""]
        );
    }
}
