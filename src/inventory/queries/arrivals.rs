//! What became of the goods of a transfer: what reached a shelf, and what was written off.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use crate::stock::{self, AssignedByTransfer};
use crate::types::{ProductId, Quantity, Sku, TransferId};

/// Goods that reached a shelf at once.
#[derive(Debug, Clone)]
pub struct Arrival {
    decision: i64,
    pub at: DateTime<Utc>,
    /// Who put them there; none: Backfill itself.
    pub who: Option<String>,
    /// Whether they are back where they came from.
    pub came_back: bool,
    pub lines: Vec<ArrivedLine>,
}

/// Units of a product that reached a shelf.
#[derive(Debug, Clone)]
pub struct ArrivedLine {
    pub sku: Sku,
    pub quantity: Quantity,
    /// Whose they are.
    pub orders: Vec<AssignedByTransfer>,
}

impl ArrivedLine {
    /// Units that belong to nobody.
    pub fn to_shelf(&self) -> Quantity {
        let given = self.orders.iter().map(|order| order.assigned.quantity);
        self.quantity.less(given.sum())
    }
}

/// Units that were written off.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub struct LossListed {
    #[diesel(sql_type = Text)]
    pub sku: Sku,
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    #[diesel(sql_type = Text)]
    pub reason: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Who; none: Backfill itself.
    #[diesel(sql_type = Nullable<Text>)]
    pub who: Option<String>,
}

/// What of a transfer reached a shelf, latest first.
pub(super) fn arrivals(conn: &mut PgConnection, id: TransferId) -> QueryResult<Vec<Arrival>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Row {
        #[diesel(sql_type = BigInt)]
        decision_id: i64,
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
        #[diesel(sql_type = Nullable<Text>)]
        who: Option<String>,
        #[diesel(sql_type = Bool)]
        came_back: bool,
        #[diesel(sql_type = BigInt)]
        product_id: ProductId,
        #[diesel(sql_type = Text)]
        sku: Sku,
        #[diesel(sql_type = Integer)]
        quantity: Quantity,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "select coalesce(m.decision_id, 0) as decision_id, m.at, u.name as who, m.product_id, p.sku,
           m.to_warehouse_id = t.from_warehouse_id as came_back, m.quantity
         from movements m
         join transfers t on t.id = m.transfer_id
         join products p on p.id = m.product_id
         left join users u on u.id = m.user_id
         where m.transfer_id = $1 and m.to_warehouse_id is not null
         order by m.decision_id desc, m.id",
    )
    .bind::<BigInt, _>(id)
    .load(conn)?;
    let mut given: HashMap<(i64, ProductId), Vec<AssignedByTransfer>> = HashMap::new();
    for each in stock::assigned_by_transfer(conn, id)? {
        let key = (each.decision_id, each.assigned.product_id);
        given.entry(key).or_default().push(each);
    }
    let mut arrivals: Vec<Arrival> = Vec::new();
    for row in rows {
        let line = ArrivedLine {
            sku: row.sku,
            quantity: row.quantity,
            orders: given
                .remove(&(row.decision_id, row.product_id))
                .unwrap_or_default(),
        };
        match arrivals.last_mut() {
            Some(last) if last.decision == row.decision_id => last.lines.push(line),
            _ => arrivals.push(Arrival {
                decision: row.decision_id,
                at: row.at,
                who: row.who,
                came_back: row.came_back,
                lines: vec![line],
            }),
        }
    }
    Ok(arrivals)
}

/// What of it was written off, latest first.
pub(super) fn losses(conn: &mut PgConnection, id: TransferId) -> QueryResult<Vec<LossListed>> {
    diesel::sql_query(
        "select p.sku, x.quantity, x.reason, x.at, u.name as who
         from transfer_lines l
         join transfer_losses x on x.transfer_line_id = l.id
         join products p on p.id = l.product_id
         left join users u on u.id = x.user_id
         where l.transfer_id = $1
         order by x.id desc",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
}
