//! One tab of a warehouse: a page of it, and all of it for a file.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Date, Integer, Nullable, SmallInt, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::listed::{Listed, Product};
use crate::db::{Direction, Page, Paging, beginning, containing};
use crate::preparation::tabs::{RECENTLY_SHIPPED, Tab, recent};
use crate::stock::NO_DATE;
use crate::types::{Quantity, WarehouseId, clock};

/// Products of an order that are shown; the rest is counted.
const PRODUCTS_SHOWN: i64 = 6;

/// Which tab, and what it is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TabFilter {
    pub warehouse: String,
    pub tab: String,
    /// Part of an order number or a customer's name, or how a SKU begins.
    pub q: String,
}

impl TabFilter {
    pub fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }

    pub fn tab(&self) -> Tab {
        self.tab.parse().unwrap_or(Tab::InStock)
    }

    /// The same, as it is understood, of a warehouse.
    pub fn of(&self, warehouse: WarehouseId) -> Self {
        Self {
            warehouse: warehouse.to_string(),
            tab: self.tab().to_string(),
            q: self.q.trim().to_owned(),
        }
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Found {
    #[diesel(embed)]
    order: Listed,
    #[diesel(embed)]
    product: Product,
}

type Key = ((i16, NaiveDate, DateTime<Utc>), i64);

/// One page of a tab with the first products of each order, missing ones first, in one statement.
/// Oldest in the queue first; what shipped last first.
pub fn page(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &TabFilter,
    paging: &Paging,
) -> QueryResult<Page<(Listed, Vec<Product>)>> {
    let tab = filter.tab();
    let direction: Direction<_> = paging.direction(read_key);
    let order = order_of(tab, direction.is_backwards());
    let sql = format!(
        "with page as ({} {} order by {order} limit {limit})
         select page.*, line.* from page
         cross join lateral (
           select p.sku, l.ordered, l.shipped, l.cancelled, coalesce(d.reserved, 0) as reserved,
             coalesce(d.uncovered, 0) as uncovered, d.expected_on as line_expected_on,
             l.line_number, {units} as line_units, count(*) over () as lines,
             (sum({units}) over ())::int4 as units, {RANK} as rank
           from order_lines l
           join products p on p.id = l.product_id
           left join demand d on d.order_line_id = l.id
           where l.order_id = page.order_id and l.warehouse_id = $1 and {units} > 0
           order by rank, l.line_number limit {PRODUCTS_SHOWN}
         ) line
         order by {order}, line.rank, line.line_number",
        listed(tab),
        beyond(tab, &direction),
        limit = Page::<Listed>::limit(),
        units = units_of(tab),
    );
    let key = direction_key(&direction);
    let found: Vec<Found> = narrowed(diesel::sql_query(sql), warehouse, filter, key).load(conn)?;

    let mut rows: Vec<(Listed, Vec<Product>)> = Vec::new();
    for Found { order, product } in found {
        match rows.last_mut() {
            Some((last, products)) if last.order_id == order.order_id => products.push(product),
            _ => rows.push((order, vec![product])),
        }
    }
    Ok(Page::new(rows, &direction, |(order, _)| order.key(tab)))
}

/// An order of a tab with its products in words, for a file.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Exported {
    #[diesel(embed)]
    pub order: Listed,
    #[diesel(sql_type = Integer)]
    pub missing: Quantity,
    #[diesel(sql_type = Text)]
    pub products: String,
}

/// All of a tab, in its order, in one statement.
pub fn export(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &TabFilter,
) -> QueryResult<Vec<Exported>> {
    let tab = filter.tab();
    let sql = format!(
        "with page as ({})
         select page.*, line.* from page
         cross join lateral (
           select count(*) as lines, coalesce(sum({units}), 0)::int4 as units,
             coalesce(sum(d.to_ship - d.reserved), 0)::int4 as missing,
             coalesce(string_agg({units} || ' x ' || p.sku, ', ' order by l.line_number), '')
               as products
           from order_lines l
           join products p on p.id = l.product_id
           left join demand d on d.order_line_id = l.id
           where l.order_id = page.order_id and l.warehouse_id = $1 and {units} > 0
         ) line
         order by {order}",
        listed(tab),
        units = units_of(tab),
        order = order_of(tab, false),
    );
    narrowed(diesel::sql_query(sql), warehouse, filter, None).load(conn)
}

/// Missing products before partly reserved ones, those before reserved ones.
const RANK: &str = "case when d.order_line_id is null then 3 when d.reserved = d.to_ship then 2 \
    when d.reserved > 0 then 1 else 0 end";

/// The orders of a tab. $1: warehouse, $2: since when what left is recent, $3: text, $4: pattern of
/// a SKU, $5 to $8: the key of a page.
fn listed(tab: Tab) -> String {
    const COLUMNS: &str = "select c.order_id, c.priority_rank, c.required_by, c.placed_at,
        c.expected_on, o.number, o.priority, o.shipping_policy, o.country, o.shipping_method,
        o.hold_reason, cu.name as customer, s.id as shipment_id, s.number as shipment, s.status,
        s.shipped_at, u.name as operator, coalesce(s.carrier, '') as carrier,
        coalesce(s.tracking_number, '') as tracking_number";
    const SEARCHED: &str = "and ($3 is null or o.number ilike $3 or cu.name ilike $3 or exists (
        select from order_lines wanted join products p on p.id = wanted.product_id
        where wanted.order_id = c.order_id and wanted.warehouse_id = $1 and p.sku like $4))";
    if tab == Tab::Shipped {
        let joined = RECENTLY_SHIPPED.replacen(
            "where",
            "join orders o on o.id = c.order_id
             join customers cu on cu.id = o.customer_id
             left join users u on u.id = s.operator_id
             where",
            1,
        );
        return format!("{COLUMNS} {joined} {SEARCHED}");
    }
    format!(
        "{COLUMNS} from consignments c
         join orders o on o.id = c.order_id
         join customers cu on cu.id = o.customer_id
         left join shipments s on s.order_id = c.order_id and s.warehouse_id = c.warehouse_id
           and s.status in ('to_pick', 'picked', 'packed')
         left join users u on u.id = s.operator_id
         where c.warehouse_id = $1 and c.state = '{}' and c.state <> 'done' {SEARCHED}",
        tab.state()
    )
}

fn units_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Shipped => "l.shipped",
        _ => "(l.ordered - l.shipped - l.cancelled)",
    }
}

fn order_of(tab: Tab, backwards: bool) -> &'static str {
    match (tab, backwards) {
        (Tab::Shipped, false) => "shipped_at desc, shipment_id desc",
        (Tab::Shipped, true) => "shipped_at, shipment_id",
        (_, false) => "priority_rank, required_by, placed_at, order_id",
        (_, true) => "priority_rank desc, required_by desc, placed_at desc, order_id desc",
    }
}

fn beyond<K>(tab: Tab, direction: &Direction<K>) -> &'static str {
    match (tab, direction) {
        (_, Direction::First) => "",
        (Tab::Shipped, Direction::After(_)) => "and (s.shipped_at, s.id) < ($7, $8)",
        (Tab::Shipped, Direction::Before(_)) => "and (s.shipped_at, s.id) > ($7, $8)",
        (_, Direction::After(_)) => {
            "and (c.priority_rank, c.required_by, c.placed_at, c.order_id) > ($5, $6, $7, $8)"
        }
        (_, Direction::Before(_)) => {
            "and (c.priority_rank, c.required_by, c.placed_at, c.order_id) < ($5, $6, $7, $8)"
        }
    }
}

fn direction_key(direction: &Direction<Key>) -> Option<Key> {
    match direction {
        Direction::First => None,
        Direction::After(key) | Direction::Before(key) => Some(*key),
    }
}

/// `rank_date_moment` of the queue, or the moment alone of what shipped.
fn read_key(text: &str) -> Option<(i16, NaiveDate, DateTime<Utc>)> {
    let moment = |text: &str| text.parse().ok();
    match text.split('_').collect::<Vec<_>>()[..] {
        [at] => Some((0, NO_DATE, moment(at)?)),
        [rank, date, at] => Some((rank.parse().ok()?, date.parse().ok()?, moment(at)?)),
        _ => None,
    }
}

fn narrowed(
    query: SqlQuery,
    warehouse: WarehouseId,
    filter: &TabFilter,
    key: Option<Key>,
) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
    let now = clock::now();
    let text = Some(filter.q.trim()).filter(|text| !text.is_empty());
    let ((rank, required_by, at), id) = key.unwrap_or(((0, NO_DATE, now), 0));
    query
        .into_boxed()
        .bind::<BigInt, _>(warehouse)
        .bind::<Timestamptz, _>(recent(now))
        .bind::<Nullable<Text>, _>(text.map(containing))
        .bind::<Nullable<Text>, _>(text.map(|text| beginning(&text.to_uppercase())))
        .bind::<SmallInt, _>(rank)
        .bind::<Date, _>(required_by)
        .bind::<Timestamptz, _>(at)
        .bind::<BigInt, _>(id)
}
