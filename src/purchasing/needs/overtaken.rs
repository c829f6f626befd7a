//! Choices that somebody overtook: more covers the need than when the buyer chose.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use super::RowKey;
use super::drafts::{Drafted, Drafts, drafts};
use crate::types::{ProductId, Quantity, UserId, WarehouseId};

/// What covers the need of a place, as a form shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub row: RowKey,
    /// [`Figures::cover`](super::Figures::cover).
    pub cover: i32,
}

/// A choice made from figures that are over.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Overtaken {
    #[diesel(sql_type = BigInt)]
    warehouse_id: WarehouseId,
    #[diesel(sql_type = BigInt)]
    product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Integer)]
    pub chosen: Quantity,
    /// What covered the need when it was chosen; none: not known.
    #[diesel(sql_type = Nullable<Integer>)]
    before: Option<i32>,
    /// What covers it now.
    #[diesel(sql_type = Integer)]
    pub cover: i32,
}

impl Overtaken {
    /// Identifies its row on the page.
    pub const fn key(&self) -> RowKey {
        RowKey(self.warehouse_id, self.product_id)
    }

    /// Units that came on top since it was chosen; none: not known.
    pub fn more(&self) -> Option<Quantity> {
        let more = self.cover.saturating_sub(self.before?);
        Some(Quantity::new(more.unsigned_abs()))
    }

    /// Units that orders still lack when all of it has arrived.
    pub fn lacking(&self) -> Quantity {
        Quantity::new(self.cover.min(0).unsigned_abs())
    }

    /// Whether a form showed what covers it now, or even more.
    pub(super) fn is_seen(&self, seen: &[Seen]) -> bool {
        seen.iter()
            .any(|each| each.row == self.key() && each.cover >= self.cover)
    }
}

/// The choices of a buyer that were overtaken, with the drafts that order the same.
#[derive(Debug, Clone, Default)]
pub struct Overtakings {
    pub rows: Vec<Overtaken>,
    drafts: Drafts,
}

impl Overtakings {
    /// Whose drafts order it.
    pub fn drafts(&self, row: &Overtaken) -> &[Drafted] {
        self.drafts.of(row.key())
    }
}

/// What a buyer is to be told before what was chosen is ordered. Most often nothing.
pub fn overtakings(conn: &mut PgConnection, buyer: UserId) -> QueryResult<Overtakings> {
    let rows = overtaken(conn, buyer)?;
    let drafts = drafts(conn, rows.iter().map(Overtaken::key))?;
    Ok(Overtakings { rows, drafts })
}

/// The choices of a buyer of which more is covered now, or that were made from unknown figures.
pub(super) fn overtaken(conn: &mut PgConnection, buyer: UserId) -> QueryResult<Vec<Overtaken>> {
    diesel::sql_query(
        "with covered as (
           select c.warehouse_id, c.product_id, c.quantity as chosen, c.cover as before,
             least(coalesce(l.on_hand::int8 + l.incoming, 0) + (
               select least(coalesce(sum(units), 0), 1000000000)
               from (
                 select p.ordered - p.cancelled as units
                 from purchase_order_lines p join purchase_orders o on o.id = p.purchase_order_id
                 where o.status = 'draft' and o.warehouse_id = c.warehouse_id
                   and p.product_id = c.product_id
                 union all
                 select p.quantity
                 from transfer_lines p join transfers t on t.id = p.transfer_id
                 where t.status = 'draft' and t.to_warehouse_id = c.warehouse_id
                   and p.product_id = c.product_id
               ) drafted
             ), 2147483647)::int4 - coalesce(l.to_ship, 0) as cover
           from replenishment_choices c
           left join levels l using (warehouse_id, product_id)
           where c.user_id = $1
         )
         select c.*, p.sku, w.code as warehouse
         from covered c
         join products p on p.id = c.product_id
         join warehouses w on w.id = c.warehouse_id
         where c.before is null or c.cover > c.before
         order by p.sku, w.code",
    )
    .bind::<BigInt, _>(buyer)
    .load(conn)
}
