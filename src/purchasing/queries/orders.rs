//! The list of purchase orders.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Direction, PER_PAGE, Page, Paging, words};
use crate::purchasing::Status;
use crate::types::{Money, PurchaseOrderId, RecordRef, SupplierId, WarehouseId};

/// What a list of purchase orders is narrowed to, as the URL has it. What makes no sense narrows
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFilter {
    /// Parts of a number, the name of a supplier, or a SKU.
    pub q: String,
    /// A status, or `open` for all that something is still to become of.
    pub status: String,
    pub supplier: String,
    pub warehouse: String,
    /// `late`: only what should have arrived.
    pub late: String,
    /// Ids separated by commas: those that were just made.
    pub ids: String,
    /// A column, falling with a minus before it; `-number` if empty.
    pub sort: String,
}

impl OrderFilter {
    /// The statuses that are shown.
    pub fn statuses(&self) -> Vec<Status> {
        match self.status.parse() {
            Ok(status) => vec![status],
            Err(_) if self.status == "open" => Status::OPEN.to_vec(),
            Err(_) => Status::ALL.to_vec(),
        }
    }

    /// Ordered where.
    pub fn supplier(&self) -> Option<SupplierId> {
        self.supplier.parse().ok()
    }

    /// For which warehouse.
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    /// Only what should have arrived.
    pub fn is_late(&self) -> bool {
        self.late == "late"
    }

    fn ids(&self) -> Vec<PurchaseOrderId> {
        self.ids
            .split(',')
            .filter_map(|id| id.trim().parse().ok())
            .collect()
    }

    /// The column the list is sorted by, as the URL names it.
    pub fn sort(&self) -> &str {
        match self.sort.as_str() {
            "" => "-number",
            sort => sort,
        }
    }
}

/// A purchase order in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct OrderListed {
    #[diesel(sql_type = BigInt)]
    pub id: PurchaseOrderId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// How far it is.
    #[diesel(sql_type = Text)]
    pub status: Status,
    /// Who delivers.
    #[diesel(sql_type = Text)]
    pub supplier: String,
    /// Code of the warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    /// Who wrote it; may be empty.
    #[diesel(sql_type = Text)]
    pub created_by: String,
    /// Since when it exists.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When it is to arrive.
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    /// When the first of what is still to come is due.
    #[diesel(sql_type = Nullable<Date>)]
    pub first_due_on: Option<NaiveDate>,
    /// Days since then; none: not late.
    #[diesel(sql_type = Nullable<Integer>)]
    pub days_late: Option<i32>,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Units asked for.
    #[diesel(sql_type = BigInt)]
    pub wanted: i64,
    /// Units that arrived.
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    /// Lines and carriage.
    #[diesel(sql_type = BigInt)]
    pub total: Money,
    /// What the total is in.
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Text)]
    sort_value: String,
}

impl OrderListed {
    pub fn path(&self) -> String {
        RecordRef::PurchaseOrder(self.id).path()
    }
}

/// One page of the purchase orders a filter leaves.
pub fn orders(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    today: NaiveDate,
    paging: &Paging,
) -> QueryResult<Page<OrderListed>> {
    let at: Direction<(String, PurchaseOrderId)> = paging.direction(|text| Some(text.to_owned()));
    let rows = load(conn, filter, today, &at, Some(PER_PAGE as i64 + 1))?;
    Ok(Page::new(rows, &at, |row: &OrderListed| {
        (row.sort_value.clone(), row.id.to_string())
    }))
}

/// All the purchase orders a filter leaves.
pub fn orders_for_export(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    today: NaiveDate,
) -> QueryResult<Vec<OrderListed>> {
    load(conn, filter, today, &Direction::First, None)
}

/// A column to sort by: its expression, the type of its key, and whether a key has that type.
fn column(sort: &str) -> (&'static str, &'static str, fn(&str) -> bool) {
    match sort.trim_start_matches('-') {
        "supplier" => ("lower(supplier)", "text", |_| true),
        "expected" => (
            "coalesce(first_due_on, expected_on, date '9999-12-31')",
            "date",
            |key| key.parse::<NaiveDate>().is_ok(),
        ),
        "total" => ("total", "int8", |key| key.parse::<i64>().is_ok()),
        _ => ("id", "int8", |key| key.parse::<i64>().is_ok()),
    }
}

fn load(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    today: NaiveDate,
    at: &Direction<(String, PurchaseOrderId)>,
    limit: Option<i64>,
) -> QueryResult<Vec<OrderListed>> {
    let (column, kind, reads) = column(filter.sort());
    let (beyond, order) = at.sql(filter.sort().starts_with('-'));
    let key = at.key().filter(|(value, _)| reads(value));
    diesel::sql_query(format!(
        "with listed as (
           select p.id, p.number, p.status, p.currency, p.created_at, s.name as supplier,
             w.code as warehouse, coalesce(u.name, '') as created_by,
             coalesce(p.confirmed_on, p.expected_on, p.sent_at::date + s.lead_time_days) as expected_on,
             due.first_due_on, nullif(greatest($6::date - due.first_due_on, 0), 0) as days_late, l.lines, l.wanted, l.received, l.amount + p.shipping_cost as total
           from purchase_orders p
           join suppliers s on s.id = p.supplier_id
           join warehouses w on w.id = p.warehouse_id
           left join users u on u.id = p.created_by
           cross join lateral (
             select min(due_on) as first_due_on from supply where purchase_order_id = p.id
           ) due
           cross join lateral (
             select count(*) as lines, coalesce(sum(ordered - cancelled), 0) as wanted,
               coalesce(sum(received), 0) as received,
               coalesce(sum((ordered - cancelled) * unit_price), 0)::int8 as amount
             from purchase_order_lines where purchase_order_id = p.id
           ) l
           where p.status = any($1)
             and ($2::bigint is null or p.supplier_id = $2)
             and ($3::bigint is null or p.warehouse_id = $3)
             and (cardinality($4::bigint[]) = 0 or p.id = any($4))
             and (not $5::bool or due.first_due_on < $6::date)
             and not exists (
               select from unnest($7::text[]) as word
               where not (p.number ilike word or s.name ilike word or exists (
                 select from purchase_order_lines l join products pr on pr.id = l.product_id
                 where l.purchase_order_id = p.id and (pr.sku ilike word or l.supplier_sku ilike word))))
         )
         select listed.*, ({column})::text as sort_value from listed
         where ($8::text is null or ({column}, id) {beyond} ($8::{kind}, $9))
         order by {column} {order}, id {order} limit $10"
    ))
    .bind::<Array<Text>, _>(filter.statuses())
    .bind::<Nullable<BigInt>, _>(filter.supplier())
    .bind::<Nullable<BigInt>, _>(filter.warehouse())
    .bind::<Array<BigInt>, _>(filter.ids())
    .bind::<Bool, _>(filter.is_late())
    .bind::<Date, _>(today)
    .bind::<Array<Text>, _>(words(&filter.q))
    .bind::<Nullable<Text>, _>(key.map(|(value, _)| value))
    .bind::<Nullable<BigInt>, _>(key.map(|(_, id)| id))
    .bind::<Nullable<BigInt>, _>(limit)
    .load(conn)
}
