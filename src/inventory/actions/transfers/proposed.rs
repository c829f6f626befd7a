//! Proposals become drafts: one for each way between two warehouses.

use std::collections::BTreeMap;

use super::draft::{NewTransfer, NewTransferLine, draft_transfer};
use crate::db::Act;
use crate::inventory::queries::ProposalKey;
use crate::inventory::{Error, Transfer};
use crate::types::{Quantity, WarehouseId};

/// Drafts what was chosen of the proposals.
///
/// # Errors
/// Those of [`draft_transfer`].
pub fn draft_proposed(
    act: &mut Act<'_>,
    chosen: &[(ProposalKey, Quantity)],
) -> Result<Vec<Transfer>, Error> {
    let mut ways: BTreeMap<(WarehouseId, WarehouseId), BTreeMap<_, Quantity>> = BTreeMap::new();
    for (key, units) in chosen {
        let way = ways.entry((key.from, key.to)).or_default();
        way.insert(key.product, *units);
    }
    let mut drafts = Vec::with_capacity(ways.len());
    for ((from, to), lines) in ways {
        let lines = lines
            .into_iter()
            .map(|(product, quantity)| NewTransferLine { product, quantity });
        let new = NewTransfer::of(from, to, lines.collect());
        drafts.push(draft_transfer(act, &new)?);
    }
    Ok(drafts)
}
