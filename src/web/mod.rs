//! What every page needs of HTTP: who asks, how to answer, what to refuse.
//!
//! Knows no domain. Only `pages` modules and `app` import it.

pub mod access;
mod acting;
mod answer;
pub mod assets;
pub mod chart;
mod columns;
mod csv;
mod desk;
mod fields;
pub mod headers;
pub mod health;
pub mod html;
mod htmx;
mod leaves;
pub mod legible;
pub mod live;
pub mod notes;
pub mod origin;
pub mod problem;
pub mod proxy;
mod query;
pub mod recent;
mod rights;
mod seal;
mod seats;
mod shell;
pub mod telling;
mod telling_parts;
pub mod theirs;
pub mod trace;
pub mod upload;
mod view;

pub use access::{
    Admin, Everywhere, Manager, MayCancelUnits, MayCorrectStock, MayCount, MayDecideReserved,
    MayMailCustomers, MayReceive, MaySendPurchaseOrders, Role, SignedIn, Visitor,
};
pub use acting::Acting;
pub use answer::Go;
pub use columns::{Column, Head, heads};
pub use csv::{Csv, yes};
pub use desk::Desk;
pub use htmx::{Htmx, local_path};
pub use leaves::{Leaf, Leaves};
pub use query::{narrowing, pairs, query, state};
pub use rights::{Right, Rights};
pub use seal::Seal;
pub use shell::Shell;
pub use view::{Sheet, View};
pub(crate) use view::{element, view};

/// What a handler returns.
pub type Result<T = actix_web::HttpResponse, E = crate::error::Error> = std::result::Result<T, E>;
