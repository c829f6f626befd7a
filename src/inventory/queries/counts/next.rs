//! What to count next: proposed each day from what happened.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::sql;
use crate::types::{Change, ProductId, Quantity, RecordRef, Sku, WarehouseId, counted};

/// Places that are proposed: as many as a person counts in a day.
const MOST: i64 = 100;
/// Days in which movements make a place one that is often moved.
const DAYS: i64 = 90;
/// Movements from which on it is.
const OFTEN: i64 = 10;

/// What the proposal is narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NextFilter {
    /// The id of a warehouse; the primary one if empty.
    pub warehouse: String,
}

/// A product that should be counted in a warehouse, and why.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct NextToCount {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    #[diesel(sql_type = Integer)]
    pub on_hand: Quantity,
    /// How often a picker found it short since it was counted.
    #[diesel(sql_type = BigInt)]
    shortages: i64,
    /// The bins in which it was; may be empty.
    #[diesel(sql_type = Text)]
    bins: String,
    /// When it was counted last; none: never.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub counted_at: Option<DateTime<Utc>>,
    /// Units by which the last count corrected it.
    #[diesel(sql_type = Nullable<Integer>)]
    differed: Option<Change>,
    /// Movements since, within ninety days.
    #[diesel(sql_type = BigInt)]
    moves: i64,
    /// Whether it is in an open count.
    #[diesel(sql_type = Bool)]
    pub is_busy: bool,
}

impl NextToCount {
    pub fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    /// Why, the most pressing first.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.shortages > 0 {
            let times = counted(self.shortages, "time");
            reasons.push(match self.bins.as_str() {
                "" => format!("found short by a picker {times}"),
                bins => format!("found short by a picker {times}, in {bins}"),
            });
        }
        if let Some(change) = self.differed.filter(|change| change.get() != 0) {
            reasons.push(format!("the last count corrected it by {change}"));
        }
        if self.counted_at.is_none() {
            reasons.push("never counted".into());
        }
        if self.moves >= OFTEN {
            reasons.push(format!("{} in 90 days", counted(self.moves, "movement")));
        }
        reasons
    }
}

/// What to count next in a warehouse: what a picker found short, what differed before, what was never
/// counted, what is often moved; of equals, what was moved most.
pub fn next_to_count(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    at: DateTime<Utc>,
) -> QueryResult<Vec<NextToCount>> {
    sql!(
        "with moved as (
           select product_id, count(*) as moves from (
             select product_id from movements where from_warehouse_id = :warehouse and at >= :since
             union all
             select product_id from movements
             where to_warehouse_id = :warehouse and from_warehouse_id is distinct from to_warehouse_id and at >= :since
           ) each group by 1
         ), counted as (
           select product_id, max(counted_at) as counted_at
           from count_lines where warehouse_id = :warehouse and applied is not null group by 1
         ), differed as (
           select l.product_id, sum(l.applied)::int4 as differed
           from count_lines l join counted c on c.product_id = l.product_id and c.counted_at = l.counted_at
           where l.warehouse_id = :warehouse and l.applied is not null group by 1
         ), short as (
           select s.product_id, count(*) as shortages, coalesce(string_agg(distinct b.code, ', '), '') as bins
           from shortages s
           left join counted c on c.product_id = s.product_id
           left join locations b on b.id = s.location_id
           where s.warehouse_id = :warehouse and (c.counted_at is null or s.at > c.counted_at) group by 1
         )
         select l.product_id, p.sku, p.name as product, l.on_hand, coalesce(s.shortages, 0) as shortages,
           coalesce(s.bins, '') as bins, c.counted_at, d.differed, coalesce(m.moves, 0) as moves,
           exists (select from count_lines x where x.is_open and x.warehouse_id = l.warehouse_id
             and x.product_id = l.product_id) as is_busy
         from levels l
         join products p on p.id = l.product_id and p.kind = 'simple'
         left join short s on s.product_id = l.product_id
         left join counted c on c.product_id = l.product_id
         left join differed d on d.product_id = l.product_id
         left join moved m on m.product_id = l.product_id
         where l.warehouse_id = :warehouse
           and (s.shortages > 0 or l.on_hand > 0
             and (c.counted_at is null or d.differed <> 0 or m.moves >= :often))
         order by is_busy, s.shortages desc nulls last, coalesce(d.differed, 0) = 0, c.counted_at is not null,
           coalesce(m.moves, 0) desc, p.sku
         limit :most",
        warehouse: BigInt = warehouse,
        since: Timestamptz = at - TimeDelta::days(DAYS),
        often: BigInt = OFTEN,
        most: BigInt = MOST,
    )
    .load(conn)
}
