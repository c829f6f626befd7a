//! From the tab to the parcel: orders are taken into preparation, picked, packed and shipped.
//!
//! Owns `shipments` and `shipment_lines`, the `carriers` that take them, and `preparation_choices`: what somebody looked at
//! last. The tabs of order preparation are queries over the
//! consignments that `stock` keeps, so nothing has to be told when a reception frees an order.
//!
//! Promises:
//! - a parcel holds what was reserved when it was begun, and nobody takes it away;
//! - an order is in preparation at most once per warehouse;
//! - a parcel that is given back returns its units to the queue, and the order its place;
//! - what ships leaves stock through movements, and the rest of the order keeps its place;
//! - an order that allows complete shipments only leaves wholly or not at all.
//!
//! An order may be stopped while a part of it is in a parcel: that goes on, or is given back, as
//! whoever stops it says.
//!
//! Refuses to prepare what is on hold, closed or not reserved, and every step that the table of
//! [`ShipmentStatus`] does not list.
//!
//! Locks are taken in this order, everywhere: the order, the parcel, the places of its lines.

mod actions;
mod carrier;
mod choice;
mod error;
mod forms;
mod model;
pub mod pages;
mod queries;
mod tabs;

pub use actions::{
    Batch, OtherBin, Parcels, Together, add_carrier, edit_carrier, give_back, hold, hold_all,
    mark_packed, mark_picked, pick_elsewhere, prepare, prepare_all, preview_hold, remember,
    report_short, ship,
};
pub use carrier::{Carrier, CarrierInput};
pub use choice::{By, Choice};
pub use error::Error;
pub use model::{Departure, Shipment, ShipmentStatus};
pub use tabs::{Tab, TabCounts, counts};
