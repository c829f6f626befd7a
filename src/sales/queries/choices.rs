//! What a list of orders can be narrowed to.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

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
}

impl Choice {
    /// As the URL has it.
    pub fn value(&self) -> String {
        self.id.to_string()
    }
}

/// The warehouses and the channels there are.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub warehouses: Vec<Choice>,
    pub channels: Vec<Choice>,
}

/// All of them, the primary warehouse and our own channel first, in one statement.
pub fn choices(conn: &mut PgConnection) -> QueryResult<Choices> {
    let all: Vec<Choice> = diesel::sql_query(
        "select is_warehouse, id, name from (
           select true as is_warehouse, id, name,
             row_number() over (order by is_primary desc, code) as at
           from warehouses where is_active
           union all
           select false, id, name, row_number() over (order by is_own desc, lower(name))
           from channels
         ) c order by at",
    )
    .load(conn)?;
    let (warehouses, channels) = all.into_iter().partition(|choice| choice.is_warehouse);
    Ok(Choices {
        warehouses,
        channels,
    })
}
