//! What lay of a product at the end of each week, and what left in parcels.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Timestamptz};

use crate::types::{ProductId, Zone};

/// How many weeks are looked back on, the one that runs among them.
pub const WEEKS: u64 = 30;

/// A week of a product, in all warehouses together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub begin: NaiveDate,
    /// Units on hand at its end; of the one that runs, now.
    pub level: i64,
    /// Units that left in parcels.
    pub shipped: i64,
}

/// The weeks of a product, the earliest first; days are those of a zone. Reads the movements of
/// these weeks, not those before.
pub fn weeks_of(
    conn: &mut PgConnection,
    product: ProductId,
    zone: Zone,
    today: NaiveDate,
) -> QueryResult<Vec<Week>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = Integer)]
        week: i32,
        #[diesel(sql_type = BigInt)]
        change: i64,
        #[diesel(sql_type = BigInt)]
        shipped: i64,
        #[diesel(sql_type = BigInt)]
        on_hand: i64,
    }
    let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let begins: Vec<NaiveDate> = (0..WEEKS)
        .rev()
        .map(|back| monday - Days::new(7 * back))
        .collect();
    let bounds: Vec<DateTime<Utc>> = begins.iter().map(|day| zone.begin(*day)).collect();
    let rows: Vec<Row> = diesel::sql_query(
        "select width_bucket(m.at, $2) as week,
           sum(case when m.to_warehouse_id is not null then m.quantity else 0 end
             - case when m.from_warehouse_id is not null then m.quantity else 0 end)::int8 as change,
           coalesce(sum(m.quantity) filter (where m.reason = 'shipment' and m.to_warehouse_id is null), 0)::int8
             as shipped,
           0::int8 as on_hand
         from movements m where m.product_id = $1 and m.at >= ($2)[1] group by 1
         union all
         select 0, 0, 0, coalesce(sum(on_hand), 0)::int8 from levels where product_id = $1",
    )
    .bind::<BigInt, _>(product)
    .bind::<Array<Timestamptz>, _>(bounds)
    .load(conn)?;
    let of = |week: usize| {
        let number = i32::try_from(week + 1).unwrap_or(i32::MAX);
        rows.iter().find(|row| row.week == number)
    };
    let mut level: i64 = rows.iter().map(|row| row.on_hand).sum();
    let mut weeks: Vec<Week> = Vec::with_capacity(begins.len());
    for (at, begin) in begins.into_iter().enumerate().rev() {
        let row = of(at);
        weeks.push(Week {
            begin,
            level,
            shipped: row.map_or(0, |row| row.shipped),
        });
        level -= row.map_or(0, |row| row.change);
    }
    weeks.reverse();
    Ok(weeks)
}
