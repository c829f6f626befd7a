//! The lines of an order, as its page lists them: what is missing first, so many on a page.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;

use crate::sales::queries::LineShown;
use crate::types::{OrderLineId, Quantity};
use crate::web::{Leaf, Leaves, query};

/// An order of more lines can be narrowed to those that are missing.
const FEW: usize = 20;

/// What the page is narrowed to, as its URL has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Narrowing {
    /// `yes`: only the lines with something missing.
    missing: String,
}

/// All lines of an order, and which of them are listed.
pub(super) struct Lines {
    all: Vec<LineShown>,
    narrowing: Narrowing,
    /// The page shown, of what was sold.
    pub leaves: Leaves,
    /// Its rows, among those that the narrowing leaves.
    rows: Range<usize>,
}

impl Lines {
    pub fn new(mut all: Vec<LineShown>, narrowing: Narrowing, leaf: &Leaf) -> Self {
        let urgency: HashMap<OrderLineId, u8> = all
            .iter()
            .map(|line| (line.line.id, line.urgency()))
            .collect();
        // Parts stay below their kit.
        all.sort_by_key(|line| urgency[&line.line.sold_as()]);
        let narrowed: Vec<&LineShown> = narrowing.of(&all).collect();
        let with_parts: Vec<usize> = narrowed
            .chunk_by(|line, next| line.line.sold_as() == next.line.sold_as())
            .map(<[_]>::len)
            .collect();
        let leaves = leaf.of_rows(with_parts.iter().copied());
        let rows_of = |lines: Range<usize>| with_parts[lines].iter().sum::<usize>();
        let (shown, first) = (leaves.range(), rows_of(0..leaves.range().start));
        Self {
            rows: first..first + rows_of(shown),
            leaves,
            all,
            narrowing,
        }
    }

    /// Those on the page.
    pub fn listed(&self) -> impl Iterator<Item = &LineShown> {
        let narrowed = self.narrowing.of(&self.all);
        narrowed.skip(self.rows.start).take(self.rows.len())
    }

    pub fn short(&self) -> impl Iterator<Item = &LineShown> {
        self.all.iter().filter(|line| line.is_short())
    }

    pub fn only_missing(&self) -> bool {
        self.narrowing.only_missing()
    }

    /// Whether there are more than are listed.
    pub fn is_a_choice(&self) -> bool {
        self.only_missing() || self.leaves.are_many()
    }

    pub fn can_be_narrowed(&self) -> bool {
        self.only_missing() || (self.count() > FEW && self.short_count() > 0)
    }

    pub fn count(&self) -> usize {
        self.sold().count()
    }

    /// What was sold: kits, without their parts.
    fn sold(&self) -> impl Iterator<Item = &LineShown> {
        self.all.iter().filter(|line| !line.line.is_part())
    }

    pub fn short_count(&self) -> usize {
        self.sold().filter(|line| line.is_short()).count()
    }

    /// Whether units of any may come back from the customer.
    pub fn can_come_back(&self) -> bool {
        self.all.iter().any(LineShown::can_come_back)
    }

    /// Units missing, of all lines.
    pub fn missing(&self) -> Quantity {
        self.sold().map(|line| line.look().missing()).sum()
    }

    /// Units the customer gets in all.
    pub fn units(&self) -> Quantity {
        self.sold().map(|line| line.line.wanted()).sum()
    }

    /// What the URL says of how they are narrowed, whichever page is shown.
    pub fn narrowed(&self) -> String {
        query(&[self.narrowing.said()])
    }

    /// The path of the page of this order, as it is narrowed and leafed through.
    pub fn here(&self, path: &str) -> String {
        self.leafed(path, &self.narrowing)
    }

    /// The same page of all its lines. What is missing comes first among them: it stays in sight.
    pub fn not_narrowed(&self, path: &str) -> String {
        self.leafed(path, &Narrowing::default())
    }

    /// The same page of those that are missing.
    pub fn narrowed_to_missing(&self, path: &str) -> String {
        self.leafed(path, &Narrowing::to_missing())
    }

    fn leafed(&self, path: &str, narrowing: &Narrowing) -> String {
        let page = match self.leaves.back() {
            Some(_) => self.leaves.page().to_string(),
            None => String::new(),
        };
        match query(&[narrowing.said(), ("page", &page)]).as_str() {
            "" => path.to_owned(),
            said => format!("{path}?{said}"),
        }
    }
}

impl Narrowing {
    fn to_missing() -> Self {
        let missing = "yes".into();
        Self { missing }
    }

    fn only_missing(&self) -> bool {
        self.missing == "yes"
    }

    fn said(&self) -> (&'static str, &str) {
        ("missing", if self.only_missing() { "yes" } else { "" })
    }

    /// Those it leaves.
    fn of<'a>(&self, all: &'a [LineShown]) -> impl Iterator<Item = &'a LineShown> + use<'a> {
        let only_missing = self.only_missing();
        all.iter()
            .filter(move |line| !only_missing || line.is_short())
    }
}
