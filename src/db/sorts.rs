//! By what lists can be sorted.

use super::keys::Key;
use super::keyset::Keyset;
use super::paging::Paging;

/// By what a list can be sorted.
pub struct Sorts {
    /// How it is sorted when the URL names nothing that is known.
    pub usual: &'static str,
    /// What the URL names; a minus before it has the list fall.
    pub by: &'static [(&'static str, Key)],
    /// What decides between equals.
    pub then: &'static [Key],
}

impl Sorts {
    /// What the URL asks for, or the usual.
    pub fn understood<'a>(&self, sort: &'a str) -> &'a str {
        match self.key(sort) {
            Some(_) => sort,
            None => self.usual,
        }
    }

    /// The order that a URL asks for, from a page on.
    pub fn keyset(&self, sort: &str, paging: &Paging) -> Keyset {
        let sort = self.understood(sort);
        let keys = self.key(sort).into_iter().chain(self.then.iter().copied());
        Keyset::new(&keys.collect::<Vec<_>>(), sort.starts_with('-'), paging)
    }

    fn key(&self, sort: &str) -> Option<Key> {
        let column = sort.strip_prefix('-').unwrap_or(sort);
        let mut known = self.by.iter();
        known.find(|(name, _)| *name == column).map(|(_, key)| *key)
    }
}
