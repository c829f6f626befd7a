//! What browsers send, and what it means.

mod adjust;
mod by_hand;
mod warehouses;

pub use adjust::{AdjustForm, Adjusting};
pub use by_hand::MoveForm;
pub use warehouses::{CompanyForm, WarehouseForm};
