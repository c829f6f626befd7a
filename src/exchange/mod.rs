//! Files in: what a shop exports becomes orders, what somebody counted becomes stock, and
//! what somebody listed becomes kits.
//!
//! Owns the tables `imports` and `stock_files`.
//!
//! Promises: a preview names every line that cannot be imported, by its number and the reason, and
//! writes nothing but the file itself; nothing is placed before somebody confirms. Confirming twice,
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
mod model;
mod pages;
mod queries;
mod readings;
mod report;
mod stock_files;

pub use actions::{Upload, choose, confirm, discard, keep};
pub use channel::of_file as channel_of_file;
pub use error::{Error, Unreadable};
pub use model::{Import, ImportState};
pub use pages::routes;
pub use queries::{content, import, latest, left_out};
pub use readings::{FileKind, FileReading};
pub use report::left_out as left_out_as_csv;
pub use stock_files::{
    StockFile, apply_stock_file, discard_stock_file, keep_stock_file, latest_stock_files,
    preview_stock_file, stock_file,
};
