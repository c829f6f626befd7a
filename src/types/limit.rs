//! The warehouses that somebody is limited to.

use std::sync::Arc;

use super::WarehouseId;

/// Which warehouses somebody may see and touch: all of them, unless some are named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Limit(Option<Arc<[WarehouseId]>>);

impl Limit {
    /// These; all of them, if none is named.
    pub fn to(warehouses: Vec<WarehouseId>) -> Self {
        Self((!warehouses.is_empty()).then(|| warehouses.into()))
    }

    /// The warehouses that are named; `None`: all may be seen and touched.
    pub fn warehouses(&self) -> Option<&[WarehouseId]> {
        self.0.as_deref()
    }

    /// Whether there is any warehouse that may not be seen.
    pub const fn is_any(&self) -> bool {
        self.0.is_some()
    }

    /// Whether a warehouse may be seen and touched.
    pub fn admits(&self, warehouse: WarehouseId) -> bool {
        self.warehouses()
            .is_none_or(|named| named.contains(&warehouse))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_limited_to_none_may_touch_all() {
        let [east, main] = [1, 2].map(WarehouseId::unwritten);

        let limit = Limit::to(vec![east]);

        assert!(limit.is_any() && limit.admits(east) && !limit.admits(main));
        assert!(!Limit::to(vec![]).is_any() && Limit::default().admits(main));
    }
}
