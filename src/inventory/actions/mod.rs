//! What people do in inventory.

mod adjust;
mod company;
mod correct;
mod warehouses;

pub use adjust::{AdjustInput, REASONS, adjust};
pub use company::{change_company, preview_company};
pub use correct::{correct, preview_correction};
pub use warehouses::{WarehouseInput, add_warehouse, edit_warehouse, preview_warehouse};
