//! The floor: the writes of a reception, bare. Lists prepared beforehand, a plain set-based statement per
//! table, nothing read, nothing decided. And the same on bare copies of the tables: primary keys only, no
//! other index, no check, no foreign key, no trigger, no ledger.

use chrono::NaiveDate;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};

use crate::db::set_based;
use crate::schema::{consignments, decisions, demand, reservation_entries};
use crate::types::{OrderLineId, Quantity};

type Demanded = (
    OrderLineId,
    Quantity,
    Quantity,
    Option<i64>,
    Option<NaiveDate>,
);
type Consigned = (i64, String, Option<NaiveDate>);

/// What a reception writes.
pub struct Writes {
    demand: Vec<Demanded>,
    entries: Vec<(OrderLineId, i32)>,
    consignments: Vec<Consigned>,
}

/// What the rows are before.
pub struct Before {
    demand: Vec<Demanded>,
    last_decision: i64,
    consignments: Vec<Consigned>,
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

fn consigned(conn: &mut PgConnection) -> QueryResult<Vec<Consigned>> {
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
        let last: Option<i64> = decisions::table
            .select(diesel::dsl::max(decisions::id))
            .first(conn)?;
        Ok(Self {
            demand: demanded(conn)?,
            last_decision: last.unwrap_or(0),
            consignments: consigned(conn)?,
        })
    }

    /// What is different now, after the reception.
    pub fn differences(&self, conn: &mut PgConnection) -> QueryResult<Writes> {
        let changed = |(before, after): (&Demanded, Demanded)| (*before != after).then_some(after);
        let entries = reservation_entries::table
            .filter(reservation_entries::decision_id.gt(self.last_decision))
            .order(reservation_entries::order_line_id)
            .select((
                reservation_entries::order_line_id,
                reservation_entries::change,
            ))
            .load(conn)?;
        let demand = self.demand.iter().zip(demanded(conn)?);
        let consignments = self.consignments.iter().zip(consigned(conn)?);
        Ok(Writes {
            demand: demand.filter_map(changed).collect(),
            entries,
            consignments: consignments
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
        self.update_demand_of(conn, "demand")
    }

    /// All of it.
    pub fn write(&self, conn: &mut PgConnection) -> QueryResult<()> {
        self.update_demand(conn)?;
        set_based!(
            "with decided as (insert into decisions (cause, at) values ('reception', now()) returning id)
             insert into reservation_entries (order_line_id, decision_id, change)
             select u.line, decided.id, u.change from decided, :rows",
            &self.entries, |(line, change)| line: BigInt = *line, change: Integer = *change
        )
        .execute(conn)?;
        self.update_consignments_of(conn, "consignments")?;
        Ok(())
    }

    /// The allocation itself on bare copies of its tables, which [`make_bare`] made.
    pub fn write_raw(&self, conn: &mut PgConnection) -> QueryResult<()> {
        self.update_demand_of(conn, "bare_demand")?;
        self.update_consignments_of(conn, "bare_consignments")?;
        Ok(())
    }

    fn update_demand_of(&self, conn: &mut PgConnection, table: &str) -> QueryResult<usize> {
        set_based!(
            &format!(
                "update {table} d set reserved = u.reserved, uncovered = u.uncovered,
                   supply_id = u.supply, expected_on = u.expected_on
                 from :rows where d.order_line_id = u.line"
            ),
            &self.demand, |(line, reserved, uncovered, supply, expected_on)|
            line: BigInt = *line,
            reserved: Integer = *reserved,
            uncovered: Integer = *uncovered,
            supply: Nullable<BigInt> = *supply,
            expected_on: Nullable<Date> = *expected_on
        )
        .execute(conn)
    }

    fn update_consignments_of(&self, conn: &mut PgConnection, table: &str) -> QueryResult<usize> {
        set_based!(
            &format!(
                "update {table} k set state = u.state, expected_on = u.expected_on
                 from :rows where k.id = u.id"
            ),
            &self.consignments, |(id, state, expected_on)|
            id: BigInt = *id,
            state: Text = state,
            expected_on: Nullable<Date> = *expected_on
        )
        .execute(conn)
    }
}

/// Copies of the tables an allocation writes, with their primary keys alone.
pub fn make_bare(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "create table bare_demand as select * from demand;
         alter table bare_demand add primary key (order_line_id);
         create table bare_consignments as select * from consignments;
         alter table bare_consignments add primary key (id);",
    )?;
    diesel::sql_query("vacuum analyze").execute(conn)?;
    Ok(())
}
