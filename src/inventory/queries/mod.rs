//! What inventory can be asked.

mod affected;
mod levels;
mod movements;
mod queue;
mod warehouses;

pub use affected::{Affected, affected_by};
pub use levels::{
    Attention, StockFilter, StockListed, product_called, stock_at, stock_for_export, stock_page,
};
pub use movements::{
    MovementFilter, MovementListed, movement, movements_for_export, movements_page, people,
};
pub use queue::{PlaceQueue, queues_of};
pub use warehouses::{WarehouseListed, orders_waiting, warehouses_listed, what_depends_on};
