//! Orders that were read.

use std::borrow::Cow;

use diesel::prelude::*;

use super::PER_PAGE;
use super::outcome::of_json;
use crate::exchange::Error;
use crate::exchange::imports::orders::{Orders, ReadOrder};
use crate::schema::import_orders;
use crate::types::ImportId;

/// Orders that are held at a time.
const AT_ONCE: i64 = 2_000;

/// The orders of a file that was read.
pub struct KeptOrders(pub ImportId);

impl Orders for KeptOrders {
    fn part(&self, conn: &mut PgConnection, from: usize) -> Result<Cow<'_, [ReadOrder]>, Error> {
        let from = i32::try_from(from).unwrap_or(i32::MAX);
        Ok(Cow::Owned(orders_from(conn, self.0, (from, AT_ONCE))?))
    }
}

/// Those on a page of them.
pub fn order_page(conn: &mut PgConnection, id: ImportId, page: i32) -> QueryResult<Vec<ReadOrder>> {
    let from = page.saturating_mul(PER_PAGE);
    orders_from(conn, id, (from, PER_PAGE.into()))
}

fn orders_from(
    conn: &mut PgConnection,
    id: ImportId,
    (from, most): (i32, i64),
) -> QueryResult<Vec<ReadOrder>> {
    let rows: Vec<String> = import_orders::table
        .filter(import_orders::import_id.eq(id))
        .filter(import_orders::place.ge(from))
        .order(import_orders::place)
        .limit(most)
        .select(import_orders::content)
        .load(conn)?;
    rows.iter().map(|row| of_json(row)).collect()
}
