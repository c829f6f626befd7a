//! What people do to the catalog. Each action is part of the transaction of whoever calls it, and
//! leaves a line in the history of the record.

mod levels;
mod links;
mod many;
mod products;
mod suppliers;

pub use levels::{Limits, set_limits};
pub use links::{LinkInput, edit_link, link_supplier, make_primary, unlink_supplier};
pub use many::add_products;
pub use products::{ProductInput, add_product, archive_product, edit_product, restore_product};
pub use suppliers::{
    SupplierInput, add_supplier, archive_supplier, edit_supplier, restore_supplier,
};

use diesel::prelude::*;

use crate::db::{announce, history};
use crate::types::{RecordRef, UserId};

/// Writes down what was done to a record, and tells the pages that show it.
fn tell(
    conn: &mut PgConnection,
    record: RecordRef,
    by: Option<UserId>,
    what: &str,
    detail: &str,
) -> QueryResult<()> {
    history::note(conn, record, by, what, detail)?;
    announce(conn, &[record.to_string()])
}
