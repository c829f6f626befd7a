//! What arrived, as a list shows it.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, listed, words};
use crate::types::{PurchaseOrderId, ReceptionId, RecordRef, SupplierId, WarehouseId};

/// What a list of receptions is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceptionFilter {
    /// Parts of a number of a reception or a purchase order, the name of a supplier, or a SKU.
    pub q: String,
    pub supplier: String,
    pub warehouse: String,
}

/// A reception in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ReceptionListed {
    #[diesel(sql_type = BigInt)]
    pub id: ReceptionId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// What it delivers.
    #[diesel(sql_type = BigInt)]
    pub purchase_order_id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    pub purchase_order: String,
    #[diesel(sql_type = Text)]
    pub supplier: String,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Timestamptz)]
    pub received_at: DateTime<Utc>,
    /// Who counted; may be empty.
    #[diesel(sql_type = Text)]
    pub received_by: String,
    /// What was said about it; may be empty.
    #[diesel(sql_type = Text)]
    pub note: String,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    /// Of these, units that were a mistake, and taken back out.
    #[diesel(sql_type = BigInt)]
    pub reversed: i64,
}

impl ReceptionListed {
    pub fn path(&self) -> String {
        RecordRef::Reception(self.id).path()
    }

    /// Whether all of it was taken back out.
    pub const fn is_reversed(&self) -> bool {
        self.reversed == self.units
    }

    /// Whether some of it was, and some was not.
    pub const fn is_partly_reversed(&self) -> bool {
        self.reversed > 0 && !self.is_reversed()
    }

    /// Where the page of its purchase order is.
    pub fn purchase_order_path(&self) -> String {
        RecordRef::PurchaseOrder(self.purchase_order_id).path()
    }
}

/// One page of receptions, latest first.
pub fn receptions(
    conn: &mut PgConnection,
    filter: &ReceptionFilter,
    paging: &Paging,
) -> QueryResult<Page<ReceptionListed>> {
    let keyset = latest_first(paging);
    Ok(keyset.page(load(conn, filter, None, &keyset)?))
}

/// All the receptions a filter leaves.
pub fn receptions_for_export(
    conn: &mut PgConnection,
    filter: &ReceptionFilter,
) -> QueryResult<Vec<ReceptionListed>> {
    all(conn, filter, None)
}

/// What arrived of a purchase order, latest first.
pub(super) fn of_order(
    conn: &mut PgConnection,
    order: PurchaseOrderId,
) -> QueryResult<Vec<ReceptionListed>> {
    all(conn, &ReceptionFilter::default(), Some(order))
}

fn latest_first(paging: &Paging) -> Keyset {
    Keyset::new(&[Key::big("r.id")], true, paging)
}

fn all(
    conn: &mut PgConnection,
    filter: &ReceptionFilter,
    order: Option<PurchaseOrderId>,
) -> QueryResult<Vec<ReceptionListed>> {
    let all = latest_first(&Paging::default()).most(None);
    let rows = load(conn, filter, order, &all)?;
    Ok(all.page(rows).rows)
}

fn load(
    conn: &mut PgConnection,
    filter: &ReceptionFilter,
    order: Option<PurchaseOrderId>,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<ReceptionListed>>> {
    listed!(
        keyset,
        "select r.id, r.number, r.purchase_order_id, p.number as purchase_order, s.name as supplier,
           w.code as warehouse, r.received_at, coalesce(u.name, '') as received_by, r.note,
           l.lines, l.units, coalesce(v.units, 0) as reversed,
           :page_key
         from receptions r
         join purchase_orders p on p.id = r.purchase_order_id
         join suppliers s on s.id = p.supplier_id
         join warehouses w on w.id = r.warehouse_id
         left join users u on u.id = r.received_by
         cross join lateral (
           select count(*) as lines, coalesce(sum(quantity), 0) as units
           from reception_lines where reception_id = r.id
         ) l
         cross join lateral (
           select sum(b.quantity) as units
           from reception_reversals a join reversal_lines b on b.reversal_id = a.id
           where a.reception_id = r.id
         ) v
         where (:supplier is null or p.supplier_id = :supplier)
           and (:warehouse is null or r.warehouse_id = :warehouse)
           and (:order_id is null or r.purchase_order_id = :order_id)
           and :beyond
           and not exists (
             select from unnest(:words) as word
             where not (r.number ilike word or p.number ilike word or s.name ilike word or exists (
               select from reception_lines l join products pr on pr.id = l.product_id
               where l.reception_id = r.id and pr.sku ilike word)))
         order by :order limit :limit",
        supplier: Nullable<BigInt> = filter.supplier.parse::<SupplierId>().ok(),
        warehouse: Nullable<BigInt> = filter.warehouse.parse::<WarehouseId>().ok(),
        order_id: Nullable<BigInt> = order,
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
