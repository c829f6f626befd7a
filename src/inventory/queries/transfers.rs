//! The list of transfers.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::inventory::TransferStatus;
use crate::stock::When;
use crate::types::{RecordRef, TransferId, WarehouseId};

/// What a list of transfers is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TransferFilter {
    /// Parts of a number, a SKU or the name of a product.
    pub q: String,
    /// A status, or `open` for all that something is still to become of.
    pub status: String,
    /// The id of the warehouse the goods come from.
    pub from: String,
    /// Of the one they go to.
    pub to: String,
    /// `late`: only what should have arrived.
    pub late: String,
    /// Ids separated by commas: those that were just made.
    pub ids: String,
    /// A column, falling with a minus before it; `-number` if empty.
    pub sort: String,
}

impl TransferFilter {
    /// The statuses that are shown.
    pub fn statuses(&self) -> Vec<TransferStatus> {
        match self.status.parse() {
            Ok(status) => vec![status],
            Err(_) if self.status == "open" => TransferStatus::OPEN.to_vec(),
            Err(_) => TransferStatus::ALL.to_vec(),
        }
    }

    /// Only what should have arrived.
    pub fn is_late(&self) -> bool {
        self.late == "late"
    }

    fn ids(&self) -> Vec<TransferId> {
        let ids = self.ids.split(',');
        ids.filter_map(|id| id.trim().parse().ok()).collect()
    }
}

/// A transfer in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct TransferListed {
    #[diesel(sql_type = BigInt)]
    pub id: TransferId,
    #[diesel(sql_type = Text)]
    pub number: String,
    /// How far it is.
    #[diesel(sql_type = Text)]
    pub status: TransferStatus,
    /// Code of the warehouse its goods come from.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Of the one they go to.
    #[diesel(sql_type = Text)]
    pub target: String,
    /// Who wrote it; may be empty.
    #[diesel(sql_type = Text)]
    pub created_by: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Date>)]
    pub expected_on: Option<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    pub lines: i64,
    /// Units to send, or that were.
    #[diesel(sql_type = BigInt)]
    pub units: i64,
    #[diesel(sql_type = BigInt)]
    pub received: i64,
    /// Units that were written off.
    #[diesel(sql_type = BigInt)]
    pub lost: i64,
    #[diesel(sql_type = BigInt)]
    pub under_way: i64,
}

impl TransferListed {
    pub fn path(&self) -> String {
        RecordRef::Transfer(self.id).path()
    }

    /// When what is under way arrives, seen from a day; nothing is under way of a draft.
    pub fn when(&self, today: NaiveDate) -> When {
        let day = self.expected_on.filter(|_| self.status.is_under_way());
        When::seen(day, today)
    }
}

/// By what transfers can be sorted.
pub const TRANSFER_SORTS: Sorts = Sorts {
    usual: "-number",
    by: &[
        ("number", Key::big("id")),
        ("from", Key::text("source")),
        ("to", Key::text("target")),
        (
            "expected",
            Key::day("coalesce(expected_on, date '9999-12-31')"),
        ),
    ],
    then: &[Key::big("id")],
};

/// One page of the transfers a filter leaves.
pub fn transfers(
    conn: &mut PgConnection,
    filter: &TransferFilter,
    today: NaiveDate,
    paging: &Paging,
) -> QueryResult<Page<TransferListed>> {
    let keyset = TRANSFER_SORTS.keyset(&filter.sort, paging);
    Ok(keyset.page(load(conn, filter, today, &keyset)?))
}

/// All the transfers a filter leaves.
pub fn transfers_for_export(
    conn: &mut PgConnection,
    filter: &TransferFilter,
    today: NaiveDate,
) -> QueryResult<Vec<TransferListed>> {
    let all = TRANSFER_SORTS
        .keyset(&filter.sort, &Paging::default())
        .most(None);
    let rows = load(conn, filter, today, &all)?;
    Ok(all.page(rows).rows)
}

fn load(
    conn: &mut PgConnection,
    filter: &TransferFilter,
    today: NaiveDate,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<TransferListed>>> {
    listed!(
        keyset,
        "with listed as (
           select t.id, t.number, t.status, s.code as source, d.code as target, t.created_at,
             coalesce(u.name, '') as created_by, t.expected_on, l.*
           from transfers t
           join public.warehouses s on s.id = t.from_warehouse_id
           join public.warehouses d on d.id = t.to_warehouse_id
           left join users u on u.id = t.created_by
           cross join lateral (
             select count(*) as lines, coalesce(sum(quantity), 0) as units,
               coalesce(sum(received), 0) as received, coalesce(sum(lost), 0) as lost,
               case when t.status in ('sent', 'partly_received')
                 then coalesce(sum(quantity - received - lost - called_back), 0) else 0 end
                 as under_way
             from transfer_lines where transfer_id = t.id
           ) l
           where t.status = any(:statuses)
             and (:source is null or t.from_warehouse_id = :source)
             and (:target is null or t.to_warehouse_id = :target)
             and (cardinality(:ids) = 0 or t.id = any(:ids))
             and (not :late or t.status in ('sent', 'partly_received') and t.expected_on < :today)
             and not exists (
               select from unnest(:words) as word
               where not (t.number ilike word or exists (
                 select from transfer_lines l join products p on p.id = l.product_id
                 where l.transfer_id = t.id and (p.sku ilike word or p.name ilike word))))
         )
         select listed.*, :page_key from listed
         where :beyond
         order by :order limit :limit",
        statuses: Array<Text> = filter.statuses(),
        source: Nullable<BigInt> = filter.from.parse::<WarehouseId>().ok(),
        target: Nullable<BigInt> = filter.to.parse::<WarehouseId>().ok(),
        ids: Array<BigInt> = filter.ids(),
        late: Bool = filter.is_late(),
        today: Date = today,
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
