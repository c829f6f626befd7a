//! What of a warehouse a count lists.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};

use crate::catalog::COST;
use crate::db::named;
use crate::inventory::CountScope;
use crate::types::{CountId, ProductId};

/// Days whose shipments make the class of a product.
const CLASS_DAYS: i64 = 90;

/// How much a scope leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ScopeSize {
    /// Lines that a count would have.
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Places that another open count lists.
    #[diesel(sql_type = BigInt)]
    pub busy: i64,
}

/// How much a scope leaves, seen from an instant.
pub fn size_of_scope(
    conn: &mut PgConnection,
    scope: &CountScope,
    has_bins: bool,
    at: DateTime<Utc>,
) -> QueryResult<ScopeSize> {
    let select =
        "select count(*) filter (where not busy) as lines, count(*) filter (where busy) as busy
                  from in_scope where :count::int8 is null";
    scoped(scope, has_bins, at, None, select).get_result(conn)
}

/// Lists for a count what a scope leaves and no other open count lists; answers with the number of
/// lines.
pub fn list_scope(
    conn: &mut PgConnection,
    count: CountId,
    scope: &CountScope,
    has_bins: bool,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    let insert = format!(
        "insert into count_lines (count_id, warehouse_id, product_id, location_id, unit_cost)
         select :count, :warehouse, s.product_id, s.location_id, {COST}
         from in_scope s join products on products.id = s.product_id
         where not s.busy
         order by s.product_id, s.location_id
         on conflict (warehouse_id, product_id, coalesce(location_id, 0)) where is_open do nothing"
    );
    scoped(scope, has_bins, at, Some(count), &insert).execute(conn)
}

/// A statement over `in_scope`: product, bin, and whether another open count lists it.
fn scoped(
    scope: &CountScope,
    has_bins: bool,
    at: DateTime<Utc>,
    count: Option<CountId>,
    statement: &str,
) -> BoxedSqlQuery<'static, Pg, SqlQuery> {
    let goods = match has_bins {
        true => {
            "select product_id, location_id from bin_contents where warehouse_id = :warehouse and not :none_too is null"
        }
        false => {
            "select product_id, null::int8 as location_id from levels
             where warehouse_id = :warehouse and (on_hand > 0 or :none_too)"
        }
    };
    let classes = match scope.class {
        Some(_) => CLASSES,
        None => {
            "select 0::int8 as product_id, :shipped_since::timestamptz::text as class where false"
        }
    };
    let text = format!(
        "with goods as ({goods}), classes as ({classes}), in_scope as (
           select g.product_id, g.location_id, exists (select from count_lines x
               where x.is_open and x.warehouse_id = :warehouse and x.product_id = g.product_id
                 and coalesce(x.location_id, 0) = coalesce(g.location_id, 0)) as busy
           from goods g
           join products p on p.id = g.product_id and p.kind = 'simple'
           left join locations b on b.id = g.location_id
           left join classes k on k.product_id = g.product_id
           where (:first::text is null or b.code collate \"C\" >= :first)
             and (:last::text is null or b.code collate \"C\" <= :last)
             and (:zone::text is null or b.zone = :zone)
             and (:supplier::int8 is null or exists (select from supplier_products s
               where s.product_id = g.product_id and s.supplier_id = :supplier))
             and (:class::text is null or coalesce(k.class, 'C') = :class)
             and (cardinality(:products::int8[]) = 0 or g.product_id = any(:products))
             and (:not_since::timestamptz is null or not exists (select from count_lines x
               where x.applied is not null and x.warehouse_id = :warehouse and x.product_id = g.product_id
                 and (x.location_id is null or x.location_id = g.location_id)
                 and x.counted_at >= :not_since))
         ) {statement}"
    );
    let names = [
        "warehouse",
        "none_too",
        "shipped_since",
        "first",
        "last",
        "zone",
        "supplier",
        "class",
        "products",
        "not_since",
        "count",
    ];
    let (first, last) = scope.bins.clone().unzip();
    let products: Vec<ProductId> = scope.products.clone();
    diesel::sql_query(named::named(&text, |name| named::parameter(&names, name)))
        .into_boxed()
        .bind::<BigInt, _>(scope.warehouse)
        .bind::<Bool, _>(scope.none_too)
        .bind::<Timestamptz, _>(at - TimeDelta::days(CLASS_DAYS))
        .bind::<Nullable<Text>, _>(first)
        .bind::<Nullable<Text>, _>(last)
        .bind::<Nullable<Text>, _>(scope.zone.clone())
        .bind::<Nullable<BigInt>, _>(scope.supplier)
        .bind::<Nullable<Text>, _>(scope.class.map(|class| class.as_str()))
        .bind::<Array<BigInt>, _>(products)
        .bind::<Nullable<Timestamptz>, _>(scope.not_since)
        .bind::<Nullable<BigInt>, _>(count)
}

/// The class of each product that left the warehouse, by the units that did.
const CLASSES: &str = "
    select product_id, case
        when sum(units) over running - units < 0.80 * sum(units) over () then 'A'
        when sum(units) over running - units < 0.95 * sum(units) over () then 'B'
        else 'C' end as class
    from (
      select product_id, sum(quantity) as units from movements
      where from_warehouse_id = :warehouse and reason = 'shipment' and at >= :shipped_since
      group by product_id
    ) shipped
    window running as (order by units desc, product_id)";
