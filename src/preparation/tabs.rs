//! The tabs of order preparation: the consignments of a warehouse by their state.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use crate::db::sql;
use crate::types::{WarehouseId, text_enum};

text_enum! {
    /// Where an order stands in a warehouse it ships from.
    Tab {
        /// Every line is fully reserved.
        InStock = "in-stock", "In stock";
        /// Some line is short and some unit reserved.
        Partial = "partial", "Partial";
        /// Nothing is reserved.
        Backorder = "backorder", "Backorder";
        /// It was stopped.
        OnHold = "on-hold", "On hold";
        /// An operator took it: to pick, picked, packed.
        InProgress = "in-progress", "In progress";
        /// It left within the last `DAYS_SHOWN` days.
        Shipped = "shipped", "Shipped";
    }
}

/// How long a shipped order stays in its tab.
pub const DAYS_SHOWN: i64 = 14;

impl Tab {
    /// The state of the consignments it holds.
    pub const fn state(self) -> &'static str {
        match self {
            Self::InStock => "reserved",
            Self::Partial => "partial",
            Self::Backorder => "missing",
            Self::OnHold => "held",
            Self::InProgress => "in_preparation",
            Self::Shipped => "done",
        }
    }

    /// Whether its orders have a parcel each.
    pub const fn has_parcels(self) -> bool {
        matches!(self, Self::InProgress | Self::Shipped)
    }

    /// Whether orders in it can be prepared.
    pub const fn can_be_prepared(self) -> bool {
        matches!(self, Self::InStock | Self::Partial)
    }
}

/// Since when what left is recent.
pub(super) fn recent(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::days(DAYS_SHOWN)
}

/// The latest parcel of each order that left a warehouse and is not waited for there any more:
/// `s` and `c` of a query.
pub(super) const RECENTLY_SHIPPED: &str = "
    from shipments s
    join consignments c on c.order_id = s.order_id and c.warehouse_id = s.warehouse_id
    where s.warehouse_id = :warehouse and s.status = 'shipped' and s.shipped_at > :since and c.state = 'done'
      and not exists (
        select from shipments later
        where later.order_id = s.order_id and later.warehouse_id = s.warehouse_id
          and later.status = 'shipped' and (later.shipped_at, later.id) > (s.shipped_at, s.id)
      )";

/// How many orders each tab of a warehouse holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TabCounts(BTreeMap<Tab, i64>);

impl TabCounts {
    pub fn of(&self, tab: Tab) -> i64 {
        self.0.get(&tab).copied().unwrap_or_default()
    }
}

/// Counts every tab of a warehouse, in one statement.
pub fn counts(
    conn: &mut PgConnection,
    warehouse: WarehouseId,
    now: DateTime<Utc>,
) -> QueryResult<TabCounts> {
    let rows: Vec<Counted> = sql!(
        format!(
            "select state, sum(consignments)::int8 as orders from consignment_counts
             where warehouse_id = :warehouse and state <> 'done' group by state
             union all
             select 'done', count(*) {RECENTLY_SHIPPED}"
        ),
        warehouse: BigInt = warehouse,
        since: Timestamptz = recent(now),
    )
    .load(conn)?;
    let tabs = Tab::ALL.iter().map(|tab| {
        let counted = rows.iter().find(|row| row.state == tab.state());
        (*tab, counted.map_or(0, |row| row.orders))
    });
    Ok(TabCounts(tabs.collect()))
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Counted {
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    orders: i64,
}
