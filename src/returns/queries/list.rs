//! The list of returns.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::returns::ReturnStatus;
use crate::types::{OrderId, RecordRef, ReturnId, WarehouseId};

/// What a list of returns is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReturnFilter {
    /// Parts of a number, of the name of a customer, of a SKU or of the name of a product.
    pub q: String,
    /// A status.
    pub status: String,
    /// The id of the warehouse that receives them.
    pub warehouse: String,
    /// A column, falling with a minus before it; `-number` if empty.
    pub sort: String,
}

impl ReturnFilter {
    fn statuses(&self) -> Vec<ReturnStatus> {
        let status = self.status.parse();
        status.map_or_else(|_| ReturnStatus::ALL.to_vec(), |status| vec![status])
    }
}

/// A return in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ReturnListed {
    #[diesel(sql_type = BigInt)]
    pub id: ReturnId,
    #[diesel(sql_type = Text)]
    pub number: String,
    #[diesel(sql_type = Text)]
    pub status: ReturnStatus,
    #[diesel(sql_type = BigInt)]
    pub order_id: OrderId,
    #[diesel(sql_type = Text)]
    pub order_number: String,
    #[diesel(sql_type = Text)]
    pub customer: String,
    /// Code of the warehouse that receives it.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub received_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = BigInt)]
    pub announced: i64,
    #[diesel(sql_type = BigInt)]
    pub good: i64,
    #[diesel(sql_type = BigInt)]
    pub damaged: i64,
    #[diesel(sql_type = BigInt)]
    pub missing: i64,
    /// The number of the order that sends others; may be empty.
    #[diesel(sql_type = Text)]
    pub replacement: String,
    #[diesel(sql_type = Text)]
    pub note: String,
}

impl ReturnListed {
    pub fn path(&self) -> String {
        RecordRef::Return(self.id).path()
    }

    pub fn order_path(&self) -> String {
        RecordRef::Order(self.order_id).path()
    }
}

/// By what returns can be sorted.
pub const RETURN_SORTS: Sorts = Sorts {
    usual: "-number",
    by: &[
        ("number", Key::big("id")),
        ("order", Key::text("order_number")),
        ("customer", Key::text("lower(customer)")),
    ],
    then: &[Key::big("id")],
};

/// One page of the returns a filter leaves.
pub fn returns_page(
    conn: &mut PgConnection,
    filter: &ReturnFilter,
    paging: &Paging,
) -> QueryResult<Page<ReturnListed>> {
    let keyset = RETURN_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, filter, &keyset)?))
}

/// All the returns a filter leaves.
pub fn returns_for_export(
    conn: &mut PgConnection,
    filter: &ReturnFilter,
) -> QueryResult<Vec<ReturnListed>> {
    let all = RETURN_SORTS.keyset(&filter.sort, &Paging::default());
    let all = all.most(None);
    let rows = load(conn, filter, &all)?;
    Ok(all.page(rows).rows)
}

fn load(
    conn: &mut PgConnection,
    filter: &ReturnFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<ReturnListed>>> {
    listed!(
        keyset,
        "with listed as (
           select r.id, r.number, r.status, r.order_id, o.number as order_number, c.name as customer,
             w.code as warehouse, r.created_at, r.received_at, r.note, l.*,
             coalesce((select number from orders where id = r.replacement_order_id), '')
               as replacement
           from returns r
           join orders o on o.id = r.order_id
           join customers c on c.id = o.customer_id
           join warehouses w on w.id = r.warehouse_id
           cross join lateral (
             select count(*) as lines, coalesce(sum(announced), 0) as announced,
               coalesce(sum(good), 0) as good, coalesce(sum(damaged), 0) as damaged,
               coalesce(sum(missing), 0) as missing
             from return_lines where return_id = r.id
           ) l
           where r.status = any(:statuses)
             and (:warehouse is null or r.warehouse_id = :warehouse)
             and not exists (
               select from unnest(:words) as word
               where not (r.number ilike word or o.number ilike word or c.name ilike word or exists (
                 select from return_lines l join order_lines s on s.id = l.order_line_id
                 join products p on p.id = s.product_id
                 where l.return_id = r.id and (p.sku ilike word or p.name ilike word))))
         )
         select listed.*, :page_key from listed
         where :beyond
         order by :order limit :limit",
        statuses: Array<Text> = filter.statuses(),
        warehouse: Nullable<BigInt> = filter.warehouse.parse::<WarehouseId>().ok(),
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
