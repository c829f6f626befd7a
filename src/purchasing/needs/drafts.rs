//! Whose drafts order what is needed, or send it from another warehouse.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::RowKey;
use crate::db::set_based;
use crate::stock;
use crate::types::{ProductId, PurchaseOrderId, Quantity, RecordRef, TransferId, WarehouseId};

/// Units of a product that a draft brings to a warehouse, once it is sent.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Drafted {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Nullable<BigInt>)]
    purchase_order_id: Option<PurchaseOrderId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    transfer_id: Option<TransferId>,
    /// Of the draft.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// Who wrote it; may be empty.
    #[diesel(sql_type = Text)]
    pub by: String,
    #[diesel(sql_type = Integer)]
    pub units: Quantity,
}

impl Drafted {
    /// The page of the draft, of a purchase order or a transfer.
    pub fn path(&self) -> String {
        let record = stock::brought_by(self.purchase_order_id, self.transfer_id);
        record.map_or_else(String::new, RecordRef::path)
    }
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
        "select o.warehouse_id, l.product_id, o.id as purchase_order_id, null as transfer_id,
           o.number, coalesce(users.name, '') as by, sum(l.ordered - l.cancelled)::int4 as units
         from :rows
         join purchase_orders o on o.warehouse_id = u.w and o.status = 'draft'
         join purchase_order_lines l on l.purchase_order_id = o.id and l.product_id = u.p
         left join users on users.id = o.created_by
         group by o.warehouse_id, o.id, o.number, l.product_id, users.name
         union all
         select t.to_warehouse_id, l.product_id, null, t.id, t.number, coalesce(users.name, ''),
           l.quantity
         from :rows
         join transfers t on t.to_warehouse_id = u.w and t.status = 'draft'
         join transfer_lines l on l.transfer_id = t.id and l.product_id = u.p
         left join users on users.id = t.created_by
         order by purchase_order_id, transfer_id",
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
