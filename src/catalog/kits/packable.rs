//! How many kits parts make.

use crate::types::Quantity;

/// Kits that can be packed, and what ends first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packable {
    pub kits: Quantity,
    /// Which of the parts ends first; of several, the first of them.
    pub limit: usize,
}

/// How many kits can be packed of parts, each as what is available of it and how much of it a kit
/// takes; `None`: a kit without parts is none.
pub fn packable(parts: impl IntoIterator<Item = (Quantity, Quantity)>) -> Option<Packable> {
    let parts = parts.into_iter();
    let each = parts.map(|(available, per_kit)| available.over(per_kit));
    let (limit, kits) = each.enumerate().min_by_key(|(_, kits)| *kits)?;
    Some(Packable { kits, limit })
}
