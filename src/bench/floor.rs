//! The floor: the writes of a reception, bare. Lists prepared beforehand, a plain set-based statement per
//! table, nothing read, nothing decided.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text};

use crate::schema::{consignments, demand, reservation_entries};
use crate::types::{OrderLineId, ProductId, Quantity, WarehouseId};

type Demanded = (
    OrderLineId,
    Quantity,
    Quantity,
    Option<i64>,
    Option<NaiveDate>,
);
type Entry = (OrderLineId, ProductId, WarehouseId, i32);

/// What a reception writes.
pub struct Writes {
    demand: Vec<Demanded>,
    entries: Vec<Entry>,
    consignments: Vec<(i64, String, Option<NaiveDate>)>,
}

/// What the rows are before.
pub struct Before {
    demand: Vec<Demanded>,
    last_entry: i64,
    consignments: Vec<(i64, String, Option<NaiveDate>)>,
}

fn demanded(conn: &mut PgConnection) -> QueryResult<Vec<Demanded>> {
    demand::table
        .order(demand::order_line_id)
        .select((
            demand::order_line_id,
            demand::reserved,
            demand::uncovered,
            demand::supply_id,
            demand::expected_on,
        ))
        .load(conn)
}

fn consigned(conn: &mut PgConnection) -> QueryResult<Vec<(i64, String, Option<NaiveDate>)>> {
    consignments::table
        .order(consignments::id)
        .select((
            consignments::id,
            consignments::state,
            consignments::expected_on,
        ))
        .load(conn)
}

impl Before {
    pub fn read(conn: &mut PgConnection) -> QueryResult<Self> {
        let last: Option<i64> = reservation_entries::table
            .select(diesel::dsl::max(reservation_entries::id))
            .first(conn)?;
        Ok(Self {
            demand: demanded(conn)?,
            last_entry: last.unwrap_or(0),
            consignments: consigned(conn)?,
        })
    }

    /// What is different now, after the reception.
    pub fn differences(&self, conn: &mut PgConnection) -> QueryResult<Writes> {
        let changed = |(before, after): (&Demanded, Demanded)| (*before != after).then_some(after);
        let entries = reservation_entries::table
            .filter(reservation_entries::id.gt(self.last_entry))
            .order(reservation_entries::id)
            .select((
                reservation_entries::order_line_id,
                reservation_entries::product_id,
                reservation_entries::warehouse_id,
                reservation_entries::change,
            ))
            .load(conn)?;
        Ok(Writes {
            demand: self
                .demand
                .iter()
                .zip(demanded(conn)?)
                .filter_map(changed)
                .collect(),
            entries,
            consignments: self
                .consignments
                .iter()
                .zip(consigned(conn)?)
                .filter_map(|(before, after)| (*before != after).then_some(after))
                .collect(),
        })
    }
}

impl Writes {
    /// Order lines that got units, or another date.
    pub fn lines(&self) -> usize {
        self.demand.len()
    }

    /// The rows of demand alone.
    pub fn update_demand(&self, conn: &mut PgConnection) -> QueryResult<usize> {
        let column = |read: fn(&Demanded) -> Quantity| self.demand.iter().map(read).collect();
        let (reserved, uncovered): (Vec<_>, Vec<_>) = (column(|row| row.1), column(|row| row.2));
        diesel::sql_query(
            "update demand d set reserved = u.reserved, uncovered = u.uncovered,
               supply_id = u.supply, expected_on = u.expected_on
             from unnest($1, $2, $3, $4, $5) as u (line, reserved, uncovered, supply, expected_on)
             where d.order_line_id = u.line",
        )
        .bind::<Array<BigInt>, _>(self.demand.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(reserved)
        .bind::<Array<Integer>, _>(uncovered)
        .bind::<Array<Nullable<BigInt>>, _>(self.demand.iter().map(|row| row.3).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(self.demand.iter().map(|row| row.4).collect::<Vec<_>>())
        .execute(conn)
    }

    /// All of it.
    pub fn write(&self, conn: &mut PgConnection) -> QueryResult<()> {
        self.update_demand(conn)?;
        diesel::sql_query(
            "insert into reservation_entries (order_line_id, product_id, warehouse_id, change, cause)
             select u.line, u.product, u.warehouse, u.change, 'reception'
             from unnest($1, $2, $3, $4) as u (line, product, warehouse, change)",
        )
        .bind::<Array<BigInt>, _>(self.entries.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(self.entries.iter().map(|row| row.1).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(self.entries.iter().map(|row| row.2).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(self.entries.iter().map(|row| row.3).collect::<Vec<_>>())
        .execute(conn)?;
        diesel::sql_query(
            "update consignments k set state = u.state, expected_on = u.expected_on
             from unnest($1, $2, $3) as u (id, state, expected_on) where k.id = u.id",
        )
        .bind::<Array<BigInt>, _>(
            self.consignments
                .iter()
                .map(|row| row.0)
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            self.consignments
                .iter()
                .map(|row| &row.1)
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Date>>, _>(
            self.consignments
                .iter()
                .map(|row| row.2)
                .collect::<Vec<_>>(),
        )
        .execute(conn)?;
        Ok(())
    }
}
