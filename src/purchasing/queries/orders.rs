//! The list of purchase orders.

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::purchasing::Status;
use crate::purchasing::model::DUE_SQL;
use crate::stock::When;
use crate::types::{Money, PurchaseOrderId, RecordRef, SupplierId, WarehouseId, Zone, date};

/// Days that are looked back on at once.
const MOST_DAYS: u64 = 365;

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
    /// `late`: only what should have arrived; `missed`: of which a line did not arrive whole on its day.
    pub late: String,
    /// The first day something of it was due.
    pub from: String,
    /// The last one.
    pub until: String,
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

    /// Only what something did not arrive of on its day.
    pub fn has_missed(&self) -> bool {
        self.late == "missed"
    }

    /// The first and the last day something of it was due, where either is asked for: at most a year.
    pub fn due(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let (from, until) = (date(&self.from).ok(), date(&self.until).ok());
        if !self.has_missed() && from.or(until).is_none() {
            return None;
        }
        let until = until.unwrap_or(today);
        let from = from.unwrap_or(until - Days::new(MOST_DAYS));
        Some((from.max(until - Days::new(MOST_DAYS)), until))
    }

    fn ids(&self) -> Vec<PurchaseOrderId> {
        self.ids
            .split(',')
            .filter_map(|id| id.trim().parse().ok())
            .collect()
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
    /// When the first of its lines is due, also of what arrived; none: a draft without a date.
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
}

impl OrderListed {
    pub fn path(&self) -> String {
        RecordRef::PurchaseOrder(self.id).path()
    }

    /// When the first of what is still to come is due; nothing is to come of a draft.
    pub fn when(&self) -> When {
        match (self.first_due_on, self.days_late) {
            (Some(was), Some(days)) => When::Late {
                was,
                days: days.into(),
            },
            (Some(day), None) => When::On(day),
            (None, _) => When::NotOnOrder,
        }
    }
}

/// By what purchase orders can be sorted.
pub const PURCHASE_SORTS: Sorts = Sorts {
    usual: "-number",
    by: &[
        ("number", Key::big("id")),
        ("supplier", Key::text("lower(supplier)")),
        (
            "expected",
            Key::day("coalesce(first_due_on, expected_on, date '9999-12-31')"),
        ),
        ("total", Key::big("total")),
    ],
    then: &[Key::big("id")],
};

/// One page of the purchase orders a filter leaves.
pub fn orders(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    zone: Zone,
    paging: &Paging,
) -> QueryResult<Page<OrderListed>> {
    let keyset = PURCHASE_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, filter, zone, &keyset)?))
}

/// All the purchase orders a filter leaves.
pub fn orders_for_export(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    zone: Zone,
) -> QueryResult<Vec<OrderListed>> {
    let all = PURCHASE_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    let rows = load(conn, filter, zone, &all)?;
    Ok(all.page(rows).rows)
}

/// What was due on the day of a row `e`, with its `day` and when that `ended`, a line a row: its
/// purchase order, units wanted and units that had arrived when the day ended.
pub fn due_lines_sql() -> String {
    include_str!("due.sql").replace(":due", DUE_SQL)
}

fn load(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    zone: Zone,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<OrderListed>>> {
    let today = zone.today();
    let days: Vec<NaiveDate> = filter.due(today).map_or_else(Vec::new, |(from, until)| {
        from.iter_days().take_while(|day| *day <= until).collect()
    });
    let ended = days.iter().map(|day| zone.begin(*day + Days::new(1)));
    let ended: Vec<DateTime<Utc>> = ended.collect();
    listed!(
        keyset,
        format!(
            "with listed as (
           select p.id, p.number, p.status, p.currency, p.created_at, s.name as supplier,
             w.code as warehouse, coalesce(u.name, '') as created_by,
             l.expected_on, due.first_due_on, nullif(greatest(:today - due.first_due_on, 0), 0) as days_late,
             l.lines, l.wanted, l.received, as_money(l.amount + p.shipping_cost) as total
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
               coalesce(sum((ordered - cancelled)::numeric * unit_price), 0) as amount,
               min({DUE_SQL}) as expected_on
             from purchase_order_lines l where purchase_order_id = p.id
           ) l
           where p.status = any(:statuses)
             and (:supplier is null or p.supplier_id = :supplier)
             and (:warehouse is null or p.warehouse_id = :warehouse)
             and (cardinality(:ids) = 0 or p.id = any(:ids))
             and (not :late or due.first_due_on < :today)
             and (not :of_days or p.id in (
               select l.purchase_order_id
               from unnest(:days, :ended) as e (day, ended)
               cross join lateral ({due_lines}) l
               where not :missed or l.arrived < l.wanted))
             and not exists (
               select from unnest(:words) as word
               where not (p.number ilike word or s.name ilike word or exists (
                 select from purchase_order_lines l join products pr on pr.id = l.product_id
                 where l.purchase_order_id = p.id and (pr.sku ilike word or l.supplier_sku ilike word))))
         )
         select listed.*, :page_key from listed
         where :beyond
         order by :order limit :limit",
            due_lines = due_lines_sql(),
        ),
        statuses: Array<Text> = filter.statuses(),
        supplier: Nullable<BigInt> = filter.supplier(),
        warehouse: Nullable<BigInt> = filter.warehouse(),
        ids: Array<BigInt> = filter.ids(),
        late: Bool = filter.is_late(),
        of_days: Bool = filter.due(today).is_some(),
        days: Array<Date> = days,
        ended: Array<Timestamptz> = ended,
        missed: Bool = filter.has_missed(),
        today: Date = today,
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
