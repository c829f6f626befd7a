//! What preparation reads.

mod batches;
mod bins;
mod carriers;
mod figures;
mod leaving;
mod listed;
mod manifests;
mod narrow;
mod numbers;
mod orders;
mod parcels;
mod places;
mod scans;
mod station;
mod stops;
mod tab;
mod tracking;
mod walk;

pub use batches::{
    BatchShown, InBatch, Proposal, ToWalk, Wanted, batch, first_ready, parcels_of, proposals,
    to_walk, walkers,
};
pub use bins::{Picked, bins_with_free, held_for, others_for};
pub use carriers::{
    carrier_called, carrier_for, carrier_of, carriers, carriers_offered, methods_offered,
};
pub use figures::{LeftOn, Span, Wave, Worked, left_on, waves, worked};
pub use leaving::{Described, Packed, ToTell, described, packed, to_tell, warehouses_of};
pub use listed::{Listed, Product};
pub use manifests::{
    ManifestFilter, ManifestListed, ManifestParcel, ManifestShown, manifest, manifest_parcels,
    manifests, manifests_for_export,
};
pub use narrow::{Size, TabFilter};
pub use numbers::numbers_in_use;
pub use orders::{needed_here, numbers, orders_of_parcels, stood_since, under_way};
pub use parcels::{
    OfOrder, Parcel, ParcelLine, lines_of_parcels, of_order, parcel, parcel_lines, parcels,
};
pub use places::{operators, places};
pub use scans::{Last, last_counted, last_of_walk, last_packed_by};
pub use station::{Package, ToPack, is_open_elsewhere, open_of, packages_of, packer_of, to_pack};
pub use stops::{Leg, Stop, legs, standing_before, stops};
pub use tab::{Exported, export, page};
pub use tracking::{carrier_with_files, lock_parcels, named};
pub use walk::{Pick, walk};
