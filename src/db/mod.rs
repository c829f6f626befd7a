//! The database: one pool, two ways in.
//!
//! [`Db::read`] gives a closure one consistent, read-only picture; [`Db::write`] gives it one
//! transaction that wholly happens or not at all. The closure is the unit of work: no connection
//! can be held across an `.await`.

mod absence;
mod act;
pub mod announce;
pub mod backup;
pub mod cluster;
mod fragment;
pub mod history;
mod keys;
mod keyset;
pub mod limited;
mod migrations;
pub(crate) mod named;
mod numbers;
mod once;
mod paging;
mod pool;
mod printed;
mod readiness;
mod search;
pub(crate) mod set_based;
mod sorts;
mod standby;
mod statements;
mod trail;
mod transaction;
mod trouble;

pub use absence::Absence;
pub use act::{Act, Who};
pub use announce::announce;
pub(crate) use fragment::Fragment;
pub use keys::Key;
pub use keyset::{Keyed, Keyset};
pub(crate) use keyset::{listed, page};
pub use migrations::{is_newer, migrate, pending_migrations};
pub(crate) use named::sql;
pub use numbers::Document;
pub use once::{Once, forget_requests};
pub use paging::{Page, Paging};
pub use pool::{Db, Pool};
pub use printed::{Printed, printed};
pub use readiness::{Readiness, Verdict};
pub use search::{beginning, containing, words, words_apart};
pub(crate) use set_based::set_based;
pub use sorts::Sorts;
pub use standby::Seen;
pub use statements::StatementCount;
pub use trail::Trace;

/// The query of a row type, boxed, for a list whose filters are added one by one.
pub type Listing<'a, Row> = diesel::dsl::IntoBoxed<
    'a,
    diesel::dsl::Select<
        <Row as diesel::HasQuery<diesel::pg::Pg>>::BaseQuery,
        diesel::dsl::AsSelect<Row, diesel::pg::Pg>,
    >,
    diesel::pg::Pg,
>;

diesel::define_sql_function! {
    /// Lower case, as the indexes on names have it.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}
