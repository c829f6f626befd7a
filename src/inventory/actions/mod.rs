//! What people do in inventory.

mod adjust;
mod bins;
mod company;
mod correct;
mod counts;
mod in_row;
mod kept;
mod kits;
mod locations;
mod transfers;
mod warehouses;

pub use adjust::{AdjustInput, REASONS, adjust};
pub use bins::{PutAway, leave_locations, put_away, use_locations};
pub use company::{change_company, preview_company};
pub use correct::{correct, preview_correction};
pub use counts::{
    Applying, Found, NewCount, apply_count, begin_count, cancel_count, preview_count, recount,
    rest_is_none, scan,
};
pub use in_row::{Counted, RowEdit, edit_row, preview_row};
pub use kits::set_parts;
pub use locations::{
    LocationInput, RangeInput, RangeMade, Together, add_location, add_range, apply_locations,
    change_locations, edit_location, read_locations,
};
pub use transfers::{
    Ended, NewTransfer, NewTransferLine, Sending, TransferEdit, add_transfer_line, cancel_transfer,
    draft_proposed, draft_transfer, edit_transfer, end_transfer, expect_transfer, offered_product,
    preview_at_once, preview_ended, preview_expected, preview_sending, remove_transfer_line,
    scan_transfer, send_at_once, send_transfer,
};
pub use warehouses::{WarehouseInput, add_warehouse, edit_warehouse, preview_warehouse};
