//! What browsers send, and what it means.

mod adjust;
mod warehouses;

pub use adjust::{AdjustForm, Adjusting};
pub use warehouses::{CompanyForm, WarehouseForm};
