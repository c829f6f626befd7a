//! What arrived, and where it went.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, history, listed, words};
use crate::purchasing::Reception;
use crate::schema::{reception_reversals, receptions as table};
use crate::stock::{self, Assigned};
use crate::types::{
    ProductId, PurchaseOrderId, Quantity, ReceptionId, RecordRef, SupplierId, WarehouseId,
};

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
    /// Whether it was a mistake: its goods were taken back out.
    #[diesel(sql_type = Bool)]
    pub is_reversed: bool,
}

impl ReceptionListed {
    pub fn path(&self) -> String {
        RecordRef::Reception(self.id).path()
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
           l.lines, l.units,
           exists (select from reception_reversals v where v.reception_id = r.id) as is_reversed,
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

/// A product of a reception.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ReceivedLine {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Units that arrived.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
}

/// Everything about one reception.
#[derive(Debug, Clone)]
pub struct ReceptionView {
    pub reception: Reception,
    /// As a list shows it.
    pub listed: ReceptionListed,
    /// What arrived, by SKU.
    pub lines: Vec<ReceivedLine>,
    /// Which orders got it, in queue order.
    pub assigned: Vec<Assigned>,
    /// Why it was reversed; `None`: it was not.
    pub reversal: Option<String>,
    /// What was done, latest first.
    pub history: Vec<history::Entry>,
}

impl ReceptionView {
    /// The orders that got units of a product.
    pub fn orders_of(&self, line: &ReceivedLine) -> impl Iterator<Item = &Assigned> {
        let product = line.product_id;
        self.assigned
            .iter()
            .filter(move |assigned| assigned.product_id == product)
    }

    /// Units of a product that nobody waited for.
    pub fn to_shelf(&self, line: &ReceivedLine) -> Quantity {
        let given: Quantity = self.orders_of(line).map(|assigned| assigned.quantity).sum();
        line.quantity.less(given)
    }

    /// Units that orders got.
    pub fn given(&self) -> Quantity {
        self.assigned.iter().map(|assigned| assigned.quantity).sum()
    }

    /// How many orders can be prepared now because of it.
    pub fn ready_orders(&self) -> usize {
        let ready = self.assigned.iter().filter(|assigned| assigned.is_ready);
        ready
            .map(|assigned| assigned.order_id)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// A reception.
pub fn reception(conn: &mut PgConnection, id: ReceptionId) -> QueryResult<Reception> {
    Reception::query().filter(table::id.eq(id)).first(conn)
}

/// Reads everything about a reception.
pub fn reception_view(conn: &mut PgConnection, id: ReceptionId) -> QueryResult<ReceptionView> {
    let reception = reception(conn, id)?;
    let listed = of_order(conn, reception.purchase_order_id)?
        .into_iter()
        .find(|listed| listed.id == id)
        .ok_or(diesel::result::Error::NotFound)?;
    let lines = diesel::sql_query(
        "select l.product_id, p.sku, p.name, sum(l.quantity)::int4 as quantity
         from reception_lines l join products p on p.id = l.product_id
         where l.reception_id = $1 group by 1, 2, 3 order by p.sku",
    )
    .bind::<BigInt, _>(id)
    .load(conn)?;
    let reversal = reception_reversals::table
        .find(id)
        .select(reception_reversals::reason)
        .first(conn)
        .optional()?;
    Ok(ReceptionView {
        reversal,
        assigned: stock::assigned_by(conn, id)?,
        history: history::of(conn, reception.record())?,
        reception,
        listed,
        lines,
    })
}
