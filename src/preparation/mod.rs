//! From the tab to the parcel: orders are taken into preparation, picked, packed and shipped.
//!
//! Owns `shipments` and `shipment_lines`, the `batches` they are picked in, the `packages` they leave in, every
//! scan on their way (`scans`), the `carriers` that take them,
//! the `manifests` that they leave on, and `preparation_choices`: what somebody looked at last. The tabs of order preparation are queries over the
//! consignments that `stock` keeps, so nothing has to be told when a reception frees an order.
//!
//! Promises:
//! - a parcel holds what was reserved when it was begun, and nobody takes it away;
//! - an order is in preparation at most once per warehouse;
//! - a parcel that is given back returns its units to the queue, and the order its place;
//! - what ships leaves stock through movements, and the rest of the order keeps its place;
//! - what leaves stands on the open manifest of its warehouse, carrier and day; a closed one stays as it is;
//! - a customer is told once that a parcel left, where the company wants it;
//! - an order that allows complete shipments only leaves wholly or not at all.
//!
//! An order may be stopped while a part of it is in a parcel: that goes on, or is given back, as
//! whoever stops it says.
//!
//! Refuses to prepare what is on hold, closed or not reserved, and every step that the table of
//! [`ShipmentStatus`] does not list.
//!
//! Locks are taken in this order, everywhere: the batch, the order, the parcel, the places of its lines.

mod actions;
mod batch;
mod carrier;
mod choice;
mod error;
mod files;
mod forms;
mod mail;
mod manifest;
mod model;
mod numbers;
pub mod pages;
mod queries;
mod scan;
mod tabs;
mod walk;

pub use actions::{
    Left, OtherBin, OtherStop, PackageInput, Parcels, Prepared, ShortStop, Station, Together,
    add_carrier, add_package, begin_batch, close_manifest, count_by_hand, edit_carrier,
    edit_package, give_back, give_back_all, hold, hold_all, label, mark_picked, must_be_packed,
    pack_short, pack_unscanned, pick_elsewhere, prepare, prepare_all, preview_hold, put_aside,
    read_tracking, reassign_batch, reassign_parcel, remember, report_line_short, report_stop_short,
    scan_pack, scan_pick, set_files, ship, ship_all, ship_packed, take_back, take_over,
    take_stop_elsewhere, take_tracking, undo_pack, undo_pick,
};
pub use batch::{Batch, BatchKind, Slot};
pub use carrier::{Carrier, CarrierInput};
pub use choice::{By, Choice};
pub use error::Error;
pub use files::{CarrierFiles, Column, Columns, Content, ExportField, ReferenceKind, Separator};
pub use manifest::Manifest;
pub use model::{Departure, Shipment, ShipmentStatus};
use numbers::Numbers;
pub use queries::{Leg, Stop, ToPack, legs, stops, to_pack};
pub use scan::{Answer, Outcome, Read, ShortReason, Stage};
pub use tabs::{Tab, TabCounts, counts};
pub use walk::Walk;
