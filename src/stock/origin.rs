//! What brings units that are on their way: one kind of supply, with two origins.

use crate::types::{PurchaseLineId, PurchaseOrderId, RecordRef, TransferId, TransferLineId};

/// A line of the document that brings units. Of two that come on one day, that of a purchase order
/// goes before that of a transfer, and the older before the younger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A supplier delivers them.
    Purchase(PurchaseLineId),
    /// Another warehouse sent them.
    Transfer(TransferLineId),
}

impl Origin {
    /// The one that a row of `supply` names; `None`: there is no row.
    pub(super) fn of_row(
        purchase: Option<PurchaseLineId>,
        transfer: Option<TransferLineId>,
    ) -> Option<Self> {
        let purchase = purchase.map(Self::Purchase);
        purchase.or(transfer.map(Self::Transfer))
    }

    /// As a row of `supply` names it.
    pub(super) const fn purchase(self) -> Option<PurchaseLineId> {
        match self {
            Self::Purchase(line) => Some(line),
            Self::Transfer(_) => None,
        }
    }

    /// As a row of `supply` names it.
    pub(super) const fn transfer(self) -> Option<TransferLineId> {
        match self {
            Self::Purchase(_) => None,
            Self::Transfer(line) => Some(line),
        }
    }
}

/// The document that brings units, of which a row of `supply` names one.
pub fn brought_by(
    purchase: Option<PurchaseOrderId>,
    transfer: Option<TransferId>,
) -> Option<RecordRef> {
    let purchase = purchase.map(RecordRef::PurchaseOrder);
    purchase.or(transfer.map(RecordRef::Transfer))
}
