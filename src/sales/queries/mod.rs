//! What pages and other domains ask about sales.

mod amounts;
mod channels;
mod chips;
mod choices;
mod customers;
mod elsewhere;
mod lines;
mod list;
mod moves;
mod narrow;
mod orders;
mod past;
mod products;
mod rules;

pub use amounts::{OrderAmount, amounts_of};
pub(super) use channels::channel_names;
pub use channels::{channel, channels, own_channel};
pub(super) use chips::{Chip, Chips, Shortage, chips_of, shortages_of};
pub(super) use choices::{Choices, choices};
pub(super) use customers::{
    CUSTOMER_SORTS, CustomerFilter, customers_like, customers_of, customers_page, fresh_code,
    open_orders_of,
};
pub use customers::{customer, customers_known};
pub(super) use elsewhere::{Elsewhere, elsewhere};
pub(super) use lines::{LineShown, line_of, lines_of_all, lines_shown};
pub(super) use list::{ORDER_SORTS, OrderFilter, OrderListed, orders_chunk, orders_page};
pub(super) use moves::{Moved, ToWrite, moves_of};
pub(super) use orders::{
    DateMoved, DecisionShown, Wanted, dates_moved, decisions_of, lines_of_each, orders_of,
    state_of, wanted,
};
pub use orders::{lines_of, order};
pub use past::STOOD_SQL;
pub(super) use past::Seen;
pub(super) use products::{names_of, products_like};
pub use rules::{has_rules, router, rules};
