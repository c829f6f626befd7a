//! One tab of a warehouse: a page of it, and all of it for a file.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use super::listed::{Listed, Product};
use super::narrow::{Size, TabFilter, narrowed, said};
use crate::db::{Key, Keyed, Keyset, Page, Paging, beginning, containing, listed};
use crate::preparation::tabs::{RECENTLY_SHIPPED, Tab, recent};
use crate::types::{Quantity, Sku, WarehouseId, clock};

/// Products of an order that are shown; the rest is counted.
const PRODUCTS_SHOWN: i64 = 6;

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Found {
    #[diesel(embed)]
    order: Listed,
    #[diesel(embed)]
    product: Product,
}

/// One page of a tab with the first products of each order, missing ones first, in one statement.
/// Oldest in the queue first; what shipped last first.
pub fn page(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    filter: &TabFilter,
    paging: &Paging,
) -> QueryResult<Page<(Listed, Vec<Product>)>> {
    let tab = filter.tab();
    let keyset = order_of(tab, paging);
    let sql = format!(
        "with listed as ({listed}), page as (
           select *, :page_key from listed where :beyond order by :order limit :limit
         )
         select page.*, line.* from page
         cross join lateral (
           select p.sku, l.ordered, l.shipped, l.cancelled, coalesce(d.reserved, 0) as reserved,
             coalesce(d.uncovered, 0) as uncovered, d.expected_on as line_expected_on,
             l.line_number, {units} as line_units, count(*) over () as lines,
             (sum({units}) over ())::int4 as units,
             case when bool_and(p.weight_grams > 0) over ()
               then (sum({units}::int8 * p.weight_grams) over ())::int8 end as weight_grams,
             min(d.expected_on) over () as first_expected_on, {RANK} as rank
           from order_lines l
           join products p on p.id = l.product_id
           left join demand d on d.order_line_id = l.id
           where l.order_id = page.order_id and l.warehouse_id = :warehouse and not l.is_kit and {units} > 0
           order by rank, l.line_number limit {PRODUCTS_SHOWN}
         ) line
         order by :order, line.rank, line.line_number",
        listed = listed(tab),
        units = units_of(tab),
    );
    let found: Vec<Keyed<Found>> = load(conn, sql, warehouse, filter, &keyset)?;

    let mut rows: Vec<((Listed, Vec<Product>), String)> = Vec::new();
    for Keyed { row, key } in found {
        match rows.last_mut() {
            Some(((_, products), last)) if *last == key => products.push(row.product),
            _ => rows.push(((row.order, vec![row.product]), key)),
        }
    }
    Ok(keyset.page(rows))
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
        "with page as ({listed})
         select page.*, line.* from page
         cross join lateral (
           select count(*) as lines, coalesce(sum({units}), 0)::int4 as units,
             case when bool_and(p.weight_grams > 0)
               then sum({units}::int8 * p.weight_grams)::int8 end as weight_grams,
             coalesce(sum(d.to_ship - d.reserved), 0)::int4 as missing,
             min(d.expected_on) as first_expected_on,
             coalesce(string_agg({units} || ' x ' || p.sku, ', ' order by l.line_number), '')
               as products
           from order_lines l
           join products p on p.id = l.product_id
           left join demand d on d.order_line_id = l.id
           where l.order_id = page.order_id and l.warehouse_id = :warehouse and not l.is_kit and {units} > 0
         ) line
         order by :order",
        listed = listed(tab),
        units = units_of(tab),
    );
    let all = order_of(tab, &Paging::default());
    load(conn, sql, warehouse, filter, &all)
}

/// Missing products before partly reserved ones, those before reserved ones.
const RANK: &str = "case when d.order_line_id is null then 3 when d.reserved = d.to_ship then 2 \
    when d.reserved > 0 then 1 else 0 end";

/// The orders of a tab.
fn listed(tab: Tab) -> String {
    const COLUMNS: &str = "select c.order_id, c.priority_rank, c.required_by, c.placed_at,
        c.expected_on, o.number, o.priority, o.shipping_policy, o.country, o.shipping_method,
        o.hold_reason, cu.name as customer, s.id as shipment_id, s.number as shipment, s.status,
        s.shipped_at, u.name as operator, coalesce(s.carrier, '') as carrier,
        coalesce(s.tracking_number, '') as tracking_number";
    let narrowed = narrowed();
    if tab == Tab::Shipped {
        let joined = RECENTLY_SHIPPED.replacen(
            "where",
            "join orders o on o.id = c.order_id
             join customers cu on cu.id = o.customer_id
             left join users u on u.id = s.operator_id
             where",
            1,
        );
        return format!("{COLUMNS} {joined} {narrowed}");
    }
    format!(
        "{COLUMNS} from consignments c
         join orders o on o.id = c.order_id
         join customers cu on cu.id = o.customer_id
         left join shipments s on s.order_id = c.order_id and s.warehouse_id = c.warehouse_id
           and s.status in ('to_pick', 'picked', 'packed')
         left join users u on u.id = s.operator_id
         where c.warehouse_id = :warehouse and c.state = '{}' and c.state <> 'done' {narrowed}",
        tab.state()
    )
}

fn units_of(tab: Tab) -> &'static str {
    match tab {
        Tab::Shipped => "l.shipped",
        _ => "(l.ordered - l.shipped - l.cancelled)",
    }
}

/// Oldest in the queue first; what shipped last first.
fn order_of(tab: Tab, paging: &Paging) -> Keyset {
    if tab == Tab::Shipped {
        let left = [Key::moment("shipped_at"), Key::big("shipment_id")];
        return Keyset::new(&left, true, paging);
    }
    let queued = [
        Key::small("priority_rank"),
        Key::day("required_by"),
        Key::moment("placed_at"),
        Key::big("order_id"),
    ];
    Keyset::new(&queued, false, paging)
}

fn load<Row: QueryableByName<Pg> + 'static>(
    conn: &mut PgConnection,
    sql: String,
    warehouse: WarehouseId,
    filter: &TabFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Row>> {
    let (now, text) = (clock::now(), said(&filter.q));
    listed!(
        keyset,
        sql,
        warehouse: BigInt = warehouse,
        since: Timestamptz = recent(now),
        text: Nullable<Text> = text.map(containing),
        sku: Nullable<Text> = text.map(|text| beginning(&Sku::normal(text))),
        method: Nullable<Text> = said(&filter.method),
        country: Nullable<Text> = said(&filter.country),
        size: Nullable<Text> = filter.size().map(Size::as_str),
        placed_before: Nullable<Timestamptz> = filter.placed_before(now),
        ready_before: Nullable<Timestamptz> = filter.ready_before(now),
        reception: Nullable<BigInt> = filter.reception(),
        operator: Nullable<BigInt> = filter.operator,
    )
    .load(conn)
}
