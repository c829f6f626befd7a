//! The list of counts.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::differing::TOTALS;
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::inventory::{Count, CountStatus};
use crate::types::{CountId, Money, RecordRef, WarehouseId};

/// What a list of counts is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountFilter {
    /// Parts of a number, or of what is counted.
    pub q: String,
    /// A [`CountStatus`].
    pub status: String,
    /// The id of a warehouse.
    pub warehouse: String,
    pub sort: String,
}

impl CountFilter {
    pub fn status(&self) -> Option<CountStatus> {
        self.status.parse().ok()
    }

    fn warehouse(&self) -> Option<WarehouseId> {
        self.warehouse.parse().ok()
    }
}

/// A count in a list, with what its lines add up to.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct CountListed {
    #[diesel(sql_type = BigInt)]
    pub id: CountId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// The code of its warehouse.
    #[diesel(sql_type = Text)]
    pub warehouse: String,
    #[diesel(sql_type = Text)]
    pub status: CountStatus,
    /// What is counted, in words.
    #[diesel(sql_type = Text)]
    pub asked: String,
    #[diesel(sql_type = Bool)]
    pub blind: bool,
    /// Who began it; may be empty.
    #[diesel(sql_type = Text)]
    pub created_by: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
    #[diesel(sql_type = BigInt)]
    pub differing: i64,
    #[diesel(sql_type = BigInt)]
    pub more: i64,
    #[diesel(sql_type = BigInt)]
    pub fewer: i64,
    #[diesel(sql_type = BigInt)]
    pub gained: Money,
    #[diesel(sql_type = BigInt)]
    pub lost: Money,
}

impl CountListed {
    pub fn path(&self) -> String {
        RecordRef::Count(self.id).path()
    }
}

/// By what counts can be sorted.
pub const COUNT_SORTS: Sorts = Sorts {
    usual: "-number",
    by: &[("number", Key::big("c.id"))],
    then: &[],
};

/// One count.
pub fn count(conn: &mut PgConnection, id: CountId) -> QueryResult<Count> {
    Count::query().find(id).first(conn)
}

/// One page of the counts a filter leaves.
pub fn counts(
    conn: &mut PgConnection,
    filter: &CountFilter,
    paging: &Paging,
) -> QueryResult<Page<CountListed>> {
    let keyset = COUNT_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, filter, &keyset)?))
}

/// All the counts a filter leaves.
pub fn counts_for_export(
    conn: &mut PgConnection,
    filter: &CountFilter,
) -> QueryResult<Vec<CountListed>> {
    let all = COUNT_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    Ok(all.page(load(conn, filter, &all)?).rows)
}

/// What a closed count adds up to is kept with it; the lines of open ones are added up.
fn load(
    conn: &mut PgConnection,
    filter: &CountFilter,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<CountListed>>> {
    listed!(
        keyset,
        format!(
            "select c.id, c.number, w.code as warehouse, c.status, c.asked, c.blind,
               coalesce(u.name, '') as created_by, c.created_at, coalesce(c.lines, t.lines) as lines,
               coalesce(c.counted, t.counted) as counted, coalesce(c.differing, t.differing) as differing,
               coalesce(c.more, t.more) as more, coalesce(c.fewer, t.fewer) as fewer,
               coalesce(c.gained, t.gained) as gained, coalesce(c.lost, t.lost) as lost, :page_key
             from counts c
             join warehouses w on w.id = c.warehouse_id
             left join users u on u.id = c.created_by
             cross join lateral (select {TOTALS} where l.count_id = c.id and c.status = 'open') t
             where (:status is null or c.status = :status)
               and (:warehouse is null or c.warehouse_id = :warehouse)
               and not exists (select from unnest(:words) as word
                 where not (c.number ilike word or c.asked ilike word))
               and :beyond
             order by :order limit :limit"
        ),
        status: Nullable<Text> = filter.status(),
        warehouse: Nullable<BigInt> = filter.warehouse(),
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
