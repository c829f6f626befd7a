//! Files in: what a shop exports becomes orders, what somebody counted becomes stock, and
//! what somebody listed becomes kits.
//!
//! Owns the tables `imports`, its rows and `stock_files`.
//!
//! Promises: a file is read once, piece by piece, and what it comes to is kept as rows: a preview names
//! every line that cannot be imported, by its number and the reason, and holds no more of it than it
//! shows. Nothing is placed before somebody confirms, and then what they were shown. Confirming twice,
//! and importing a file twice, acts once. What a file leaves open is decided as a merchant would,
//! and said.
//!
//! A file belongs to a channel: its numbers are those of that channel, whatever others are called.
//!
//! Refuses files that are no text, that do not name their columns, and that are larger than 32 MB.

mod actions;
mod channel;
mod error;
mod forms;
pub mod imports;
mod kept;
mod model;
mod pages;
mod queries;
pub mod reader;
mod readings;
mod stock_files;

pub use actions::{Upload, check_seen, choose, confirm, discard, keep, receive};
pub use channel::of_file as channel_of_file;
pub use error::{Error, Unreadable};
pub use kept::{
    KeptOrders, LeftOut, OfKind, Outcome, PER_PAGE, left_out_after, left_out_page, order_page,
};
pub use model::{Import, ImportState};
pub use pages::routes;
pub use queries::{import, latest, old_report, outcome};
pub use readings::{FileKind, FileReading};
pub use stock_files::{
    StockFile, apply_stock_file, discard_stock_file, keep_stock_file, latest_stock_files,
    preview_stock_file, stock_file,
};
