//! Orders that were read, wherever they are kept.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::reading::{ReadOrder, Reading};
use crate::exchange::Error;
use crate::schema::products;
use crate::types::{ProductId, Sku};

/// Orders of a file, handed out part by part so that they need not be held together.
pub trait Orders {
    /// Those from the nth on, as many as one part has; none at the end.
    ///
    /// # Errors
    /// Those of the database.
    fn part(&self, conn: &mut PgConnection, from: usize) -> Result<Cow<'_, [ReadOrder]>, Error>;
}

impl Orders for Reading {
    fn part(&self, _: &mut PgConnection, from: usize) -> Result<Cow<'_, [ReadOrder]>, Error> {
        Ok(Cow::Borrowed(self.orders.get(from..).unwrap_or_default()))
    }
}

/// The products of some orders by SKU, as far as they are known.
pub(super) fn products_of(
    conn: &mut PgConnection,
    orders: &[ReadOrder],
) -> QueryResult<HashMap<Sku, ProductId>> {
    let lines = orders.iter().flat_map(|order| &order.lines);
    let skus: BTreeSet<&Sku> = lines.map(|line| &line.sku).collect();
    let rows: Vec<(Sku, ProductId)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
