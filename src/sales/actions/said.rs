//! What an edit says of the lines of an order: of each something, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{EditedLine, OrderInput};
use crate::sales::{Error, OrderLine};
use crate::types::OrderLineId;

/// What is said of the lines there are, and what is new.
pub(super) struct Said<'a> {
    /// Each with its place in the input.
    rows: BTreeMap<OrderLineId, (usize, &'a EditedLine)>,
    out: &'a BTreeSet<OrderLineId>,
    pub new: Vec<&'a EditedLine>,
}

/// What is said of one line.
#[derive(Clone, Copy)]
pub(super) enum OfLine<'a> {
    /// How it is to be, and where in the input.
    Row(usize, &'a EditedLine),
    /// What is left to ship of it is given up.
    Out,
    /// It stays as it is.
    Nothing,
}

impl<'a> Said<'a> {
    /// A line nobody wants any more, or that is taken out, is the one that a new line of its product
    /// asks for: an order keeps one line however often somebody thinks better of it.
    ///
    /// # Errors
    /// [`Error::NoSuchLine`].
    pub fn of(lines: &[OrderLine], input: &'a OrderInput) -> Result<Self, Error> {
        let of_known = |(at, edited): (usize, &'a EditedLine)| Some((edited.line?, (at, edited)));
        let rows = input.lines.iter().enumerate().filter_map(of_known);
        let mut said = Self {
            rows: rows.collect(),
            out: &input.taken_out,
            new: Vec::new(),
        };
        let known: BTreeSet<OrderLineId> = lines.iter().map(|line| line.id).collect();
        if said
            .rows
            .keys()
            .chain(said.out)
            .any(|line| !known.contains(line))
        {
            return Err(Error::NoSuchLine);
        }
        for (at, edited) in input.lines.iter().enumerate() {
            if edited.line.is_some() {
                continue;
            }
            let free = |line: &&OrderLine| line.product_id == edited.product && said.frees(line);
            match lines.iter().find(free).filter(|_| !edited.wanted.is_zero()) {
                Some(line) => {
                    said.rows.insert(line.id, (at, edited));
                }
                None => said.new.push(edited),
            }
        }
        Ok(said)
    }

    pub fn of_line(&self, line: OrderLineId) -> OfLine<'a> {
        match self.rows.get(&line) {
            Some((at, edited)) => OfLine::Row(*at, edited),
            None if self.out.contains(&line) => OfLine::Out,
            None => OfLine::Nothing,
        }
    }

    /// Whether a line can be asked for anew.
    fn frees(&self, line: &OrderLine) -> bool {
        let is_over = match self.of_line(line.id) {
            OfLine::Row(..) => false,
            OfLine::Out => true,
            OfLine::Nothing => line.wanted().is_zero(),
        };
        is_over && line.broken_at.is_none()
    }
}
