//! What preparation reads.

mod bins;
mod carriers;
mod listed;
mod narrow;
mod orders;
mod parcels;
mod places;
mod tab;
mod walk;

pub use bins::{Picked, held_for, others_for};
pub use carriers::{carrier_called, carrier_of, carriers, carriers_offered, methods_offered};
pub use listed::{Listed, Product};
pub use narrow::{Size, TabFilter};
pub use orders::{needed_here, numbers, orders_of_parcels, under_way};
pub use parcels::{
    OfOrder, Parcel, ParcelLine, lines_of_parcels, of_order, parcel, parcel_lines, parcels,
};
pub use places::{operators, places};
pub use tab::{Exported, export, page};
pub use walk::{Pick, walk};
