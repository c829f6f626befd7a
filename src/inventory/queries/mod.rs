//! What inventory can be asked.

mod affected;
mod arrivals;
mod bin_moves;
mod bins;
mod called;
mod counts;
mod figures;
mod kits;
mod levels;
mod locations;
mod movement_filter;
mod movements;
mod product_bins;
mod proposals;
mod queue;
mod transfer;
mod transfers;
mod warehouses;
mod weeks;

pub use affected::{Affected, affected_by, affected_by_count};
pub use arrivals::{Arrival, ArrivedLine, LossListed};
pub use bins::{DOCK_SORTS, InBin, InUse, OnDock, bins_of, on_docks, proposed_bin, usable_bins};
pub use called::{Called, called, product_called, products_called};
pub use counts::{
    BOOKS, COUNT_LINE_SORTS, COUNT_SORTS, CountFilter, CountLineFilter, CountLineListed,
    CountListed, Differing, LineState, NextFilter, NextToCount, NowInBooks, ScopeSize, count,
    count_line, count_lines, counts, counts_for_export, differing, list_scope, next_to_count,
    now_in_books, settled_by, size_of_scope, totals_of, wanting_recount,
};
pub use figures::{
    Held, ToShip, WarehouseFigures, Worth, figures_of, first_to_ship, most_held, worth_of,
};
pub use kits::{
    KIT_SORTS, KitFilter, KitListed, KitShow, PartInFile, kits_for_export, kits_page,
    parts_for_export, wrong_with_kits,
};
pub use levels::{Attention, StockFilter, StockListed, stock_at, stock_for_export, stock_page};
pub use locations::{
    BinMovement, LOCATION_SORTS, LocationFilter, LocationListed, LocationState, Lying,
    all_locations, chosen_locations, codes_known, contents, has_locations, holding, in_words,
    last_of_walk, latest_moves, location, locations_of, locations_page, of_other_warehouses,
    of_products, zones,
};
pub use movement_filter::MovementFilter;
pub use movements::{MovementListed, movement, movements_for_export, movements_page, people};
pub use product_bins::{ProductBin, bins_of_product};
pub use proposals::{Proposal, ProposalFilter, ProposalKey, Proposals, proposals};
pub use queue::{PlaceQueue, queues_of};
pub use transfer::{
    PaperLine, TransferPapers, TransferView, not_free, transfer_papers, transfer_view,
};
pub use transfers::{
    TRANSFER_SORTS, TransferFilter, TransferListed, transfers, transfers_for_export,
};
pub use warehouses::{
    WarehouseListed, open_counts, orders_waiting, warehouses_listed, what_depends_on,
};
pub use weeks::{WEEKS, Week, weeks_of};
