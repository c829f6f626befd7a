//! What decides how stock is given out.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{AllocationPolicy, PickBy};
use crate::types::WarehouseId;

/// What decides how stock is given out.
#[derive(Debug, Clone, Default)]
pub(in crate::stock) struct Rules {
    /// Whether an order on hold may hold stock.
    pub(in crate::stock) held_orders_keep_stock: bool,
    /// Policy of each warehouse, and the days after which an order may collect.
    pub(in crate::stock) policies: BTreeMap<WarehouseId, (AllocationPolicy, u32)>,
    /// Warehouses whose goods no order may take: at a supplier, defective, set aside.
    pub(in crate::stock) closed: BTreeSet<WarehouseId>,
    /// Warehouses that have bins, and which of them parcels take from first.
    pub(in crate::stock) bins: BTreeMap<WarehouseId, PickBy>,
}

impl Rules {
    pub(in crate::stock) fn complete_first(&self, warehouse: WarehouseId) -> bool {
        let policy = self.policies.get(&warehouse);
        matches!(policy, Some((AllocationPolicy::CompleteFirst, _)))
    }
}
