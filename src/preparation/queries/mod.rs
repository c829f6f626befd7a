//! What preparation reads.

mod listed;
mod orders;
mod parcels;
mod tab;

pub(super) use listed::{Listed, Product};
pub(super) use orders::{needed_here, numbers, under_way};
pub(super) use parcels::{OfOrder, Parcel, ParcelLine, of_order, parcel, parcel_lines};
pub(super) use tab::{TabFilter, export, page};
