//! What every page needs of HTTP: who asks, how to answer, what to refuse.
//!
//! Knows no domain. Only `pages` modules and `app` import it.

pub mod access;
pub mod assets;
mod csv;
pub mod dates;
pub mod headers;
pub mod html;
mod htmx;
pub mod live;
pub mod origin;
pub mod problem;
mod query;
mod shell;
pub mod trace;

pub use access::{Admin, Manager, Role, SignedIn, Visitor};
pub use csv::Csv;
pub use htmx::{Htmx, local_path};
pub use query::query;
pub use shell::Shell;

pub use crate::db::{Direction, PER_PAGE, Page, Paging};

/// What a handler returns.
pub type Result<T = actix_web::HttpResponse, E = crate::error::Error> = std::result::Result<T, E>;
