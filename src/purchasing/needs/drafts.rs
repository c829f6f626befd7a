//! Whose drafts order what is needed.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::RowKey;
use crate::db::set_based;
use crate::types::{ProductId, PurchaseOrderId, Quantity, WarehouseId};

/// Units of a product that a draft orders for its warehouse.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Drafted {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    /// The draft.
    #[diesel(sql_type = BigInt)]
    pub order_id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Who wrote it; may be empty.
    #[diesel(sql_type = Text)]
    pub by: String,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
}

/// The drafts for each of these places, the oldest first.
#[derive(Debug, Clone, Default)]
pub struct Drafts(HashMap<(WarehouseId, ProductId), Vec<Drafted>>);

impl Drafts {
    /// Those for one place.
    pub fn of(&self, row: RowKey) -> &[Drafted] {
        self.0.get(&(row.0, row.1)).map_or(&[], Vec::as_slice)
    }
}

/// Reads the drafts for some places.
pub fn drafts(
    conn: &mut PgConnection,
    places: impl Iterator<Item = RowKey>,
) -> QueryResult<Drafts> {
    let places: Vec<RowKey> = places.collect();
    if places.is_empty() {
        return Ok(Drafts::default());
    }
    let rows: Vec<Drafted> = set_based!(
        "select o.warehouse_id, l.product_id, o.id as order_id, o.number,
           coalesce(users.name, '') as by, sum(l.ordered - l.cancelled)::int4 as units
         from :rows
         join purchase_orders o on o.warehouse_id = u.w and o.status = 'draft'
         join purchase_order_lines l on l.purchase_order_id = o.id and l.product_id = u.p
         left join users on users.id = o.created_by
         group by o.id, l.product_id, users.name
         order by o.id",
        places, |row| w: BigInt = row.0, p: BigInt = row.1
    )
    .load(conn)?;
    let mut drafts = Drafts::default();
    for row in rows {
        let place = (row.warehouse_id, row.product_id);
        drafts.0.entry(place).or_default().push(row);
    }
    Ok(drafts)
}
