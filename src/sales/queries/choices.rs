//! What a list of orders can be narrowed to.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text};

use super::moves;
use crate::db::sql;

/// A warehouse or a channel to choose.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct Choice {
    #[diesel(sql_type = Bool)]
    is_warehouse: bool,
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = BigInt)]
    moved: i64,
}

impl Choice {
    /// As the URL has it.
    pub fn value(&self) -> String {
        self.id.to_string()
    }
}

/// What there is to choose.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Orders of which a date is another than their customers think.
    pub moved: i64,
    pub warehouses: Vec<Choice>,
    pub channels: Vec<Choice>,
}

/// All of it, the primary warehouse and our own channel first, in one statement.
pub fn choices(conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Choices> {
    let all: Vec<Choice> = sql!(
        format!(
            "with today as (select :today::date as day)
             select is_warehouse, id, name,
               (select count(distinct order_id) from ({untold}) untold) as moved
             from (
               select true as is_warehouse, id, name,
                 row_number() over (order by is_primary desc, code) as at
               from warehouses where is_active
               union all
               select false, id, name, row_number() over (order by is_own desc, lower(name))
               from channels
             ) c order by at",
            untold = moves::untold()
        ),
        today: Date = today,
    )
    .load(conn)?;
    let moved = all.first().map_or(0, |choice| choice.moved);
    let (warehouses, channels) = all.into_iter().partition(|choice| choice.is_warehouse);
    Ok(Choices {
        moved,
        warehouses,
        channels,
    })
}
