//! The lines of a count, as those see them who count, and whoever reviews.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::books::{BOOKS, DOUBT, IN_PARCELS};
use crate::db::{Key, Keyed, Keyset, Page, Paging, Sorts, listed, words};
use crate::inventory::Doubt;
use crate::types::{
    Change, CountId, CountLineId, Money, ProductId, Quantity, RecordRef, Sku, text_enum,
};

text_enum! {
    /// Which lines of a count a list shows.
    LineState {
        /// Nobody counted them in this round.
        ToCount = "to_count", "To count";
        /// Somebody did.
        Counted = "counted", "Counted";
        /// The books said something else.
        Differing = "differing", "Differing";
        /// They are to be counted once more, or are being so.
        Again = "again", "To count again";
    }
}

/// What the lines of a count are narrowed to, as the URL has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountLineFilter {
    /// Parts of a SKU, a name or the code of a bin.
    pub q: String,
    /// A [`LineState`]; all if empty.
    pub show: String,
    pub sort: String,
}

impl CountLineFilter {
    pub fn show(&self) -> Option<LineState> {
        self.show.parse().ok()
    }
}

/// A line of a count in a list.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct CountLineListed {
    #[diesel(sql_type = BigInt)]
    pub id: CountLineId,
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Text)]
    pub product: String,
    /// The code of the bin; empty: the warehouse has none.
    #[diesel(sql_type = Text)]
    pub bin: String,
    #[diesel(sql_type = Integer)]
    pub round: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    pub counted: Option<Quantity>,
    /// Units by the books when it was counted; before, now.
    #[diesel(sql_type = Integer)]
    pub books: Quantity,
    /// Of what lies there, units in parcels.
    #[diesel(sql_type = Integer)]
    pub in_parcels: Quantity,
    #[diesel(sql_type = Nullable<Integer>)]
    difference: Option<Change>,
    /// What the difference is worth; none: nobody knows.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub value: Option<Money>,
    /// Units by which the round before differed.
    #[diesel(sql_type = Nullable<Integer>)]
    pub earlier: Option<Change>,
    /// Why it is to be counted once more, if it is.
    #[diesel(sql_type = Nullable<Text>)]
    pub doubt: Option<Doubt>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub counted_at: Option<DateTime<Utc>>,
    /// Who counted it; may be empty.
    #[diesel(sql_type = Text)]
    pub who: String,
}

impl CountLineListed {
    /// Units found beyond the books, or not found; none: as many, or not counted.
    pub fn difference(&self) -> Option<Change> {
        self.difference.filter(|change| change.get() != 0)
    }

    pub fn product_path(&self) -> String {
        RecordRef::Product(self.product_id).path()
    }

    /// `MUG in A-01`, or `MUG`.
    pub fn called(&self) -> String {
        match self.bin.as_str() {
            "" => self.sku.to_string(),
            bin => format!("{} in {bin}", self.sku),
        }
    }
}

/// By what the lines of a count can be sorted.
pub const COUNT_LINE_SORTS: Sorts = Sorts {
    usual: "walk",
    by: &[
        ("walk", Key::text("l.spot")),
        ("sku", Key::text("l.sku")),
        ("value", Key::big("l.weight")),
        ("difference", Key::big("l.distance")),
    ],
    then: &[Key::big("l.id")],
};

/// One page of the lines of a count; by place in the walk, then SKU.
pub fn count_lines(
    conn: &mut PgConnection,
    id: CountId,
    filter: &CountLineFilter,
    paging: &Paging,
    most: impl Into<Option<usize>>,
) -> QueryResult<Page<CountLineListed>> {
    let keyset = COUNT_LINE_SORTS.keyset(&filter.sort, paging).most(most);
    Ok(keyset.page(load(conn, id, filter, None, &keyset)?))
}

/// A line of a count.
pub fn count_line(
    conn: &mut PgConnection,
    id: CountId,
    line: CountLineId,
) -> QueryResult<CountLineListed> {
    let all = CountLineFilter::default();
    let keyset = COUNT_LINE_SORTS.keyset("walk", &Paging::default());
    let page = keyset.page(load(conn, id, &all, Some(line), &keyset)?);
    page.rows.into_iter().next().ok_or(diesel::NotFound)
}

fn load(
    conn: &mut PgConnection,
    id: CountId,
    filter: &CountLineFilter,
    line: Option<CountLineId>,
    keyset: &Keyset,
) -> QueryResult<Vec<Keyed<CountLineListed>>> {
    listed!(
        keyset,
        format!(
            "with lines as (
               select l.*, p.sku, p.name as product, coalesce(b.code, '') as bin,
                 to_char(coalesce(b.walk, 0), 'FM0000000 ') || coalesce(b.code, '') || ' ' || p.sku as spot,
                 l.counted - l.books as difference, coalesce(abs(l.counted - l.books), 0)::int8 as distance,
                 coalesce(abs(l.counted - l.books) * l.unit_cost, 0) as weight,
                 case when l.is_open then {DOUBT} end as doubt
               from count_lines l
               cross join company co
               join products p on p.id = l.product_id
               left join locations b on b.id = l.location_id
               where l.count_id = :id and (:line::int8 is null or l.id = :line)
             )
             select l.id, l.product_id, l.sku, l.product, l.bin, l.round, l.counted,
               coalesce(l.books, {BOOKS}) as books, {IN_PARCELS} as in_parcels, l.difference,
               abs(l.difference) * l.unit_cost as value, l.earlier, l.doubt, l.counted_at,
               coalesce(u.name, '') as who, :page_key
             from lines l
             left join users u on u.id = l.counted_by
             where case :show
                 when 'to_count' then l.counted is null
                 when 'counted' then l.counted is not null
                 when 'differing' then l.difference <> 0
                 when 'again' then l.doubt is not null or (l.round > 1 and l.counted is null)
                 else true end
               and not exists (select from unnest(:words) as word
                 where not (l.sku ilike word or l.product ilike word or l.bin ilike word))
               and :beyond
             order by :order limit :limit"
        ),
        id: BigInt = id,
        line: Nullable<BigInt> = line,
        show: Text = filter.show().map_or("", LineState::as_str),
        words: Array<Text> = words(&filter.q),
    )
    .load(conn)
}
