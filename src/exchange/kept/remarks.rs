//! Remarks, of which only the first of each kind are kept.

use serde::{Deserialize, Serialize};

use crate::exchange::imports::orders::{Remark, RemarkKind};

/// How many of a kind are kept.
const FIRST: usize = 60;

/// The remarks of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfKind {
    pub kind: RemarkKind,
    /// How many there are.
    pub count: usize,
    /// The first of them, by line.
    pub first: Vec<Remark>,
}

/// Counts remarks as they come, in any order.
#[derive(Debug, Default)]
pub(super) struct Remarks(Vec<OfKind>);

impl Remarks {
    pub(super) fn hear(&mut self, remarks: Vec<Remark>) {
        for remark in remarks {
            let kind = remark.kind;
            let place = self.0.iter().position(|each| each.kind == kind);
            let place = place.unwrap_or_else(|| {
                self.0.push(OfKind {
                    kind,
                    count: 0,
                    first: Vec::new(),
                });
                self.0.len() - 1
            });
            let of_kind = &mut self.0[place];
            of_kind.count += 1;
            of_kind.first.push(remark);
            if of_kind.first.len() > 2 * FIRST {
                of_kind.keep_first();
            }
        }
    }

    /// By kind, each with the first of it.
    pub(super) fn finish(mut self) -> Vec<OfKind> {
        self.0.iter_mut().for_each(OfKind::keep_first);
        self.0.sort_by_key(|each| each.kind);
        self.0
    }
}

impl OfKind {
    fn keep_first(&mut self) {
        self.first.sort_by_key(|remark| remark.line);
        self.first.truncate(FIRST);
    }
}
