//! One reception: what arrived, where it went, and what was taken back out.

use std::collections::{BTreeSet, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::receptions::{ReceptionListed, of_order};
use crate::db::history;
use crate::purchasing::Reception;
use crate::schema::{reception_reversals, receptions as table};
use crate::stock::{self, Assigned};
use crate::types::{ProductId, Quantity, ReceptionId};

/// A product of a reception.
#[derive(Debug, Clone, QueryableByName)]
#[diesel(check_for_backend(Pg))]
pub struct ReceivedLine {
    #[diesel(sql_type = BigInt)]
    pub product_id: ProductId,
    #[diesel(sql_type = Text)]
    pub sku: String,
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Units that arrived.
    #[diesel(sql_type = Integer)]
    pub quantity: Quantity,
    /// Of these, units that were taken back out.
    #[diesel(sql_type = Integer)]
    pub reversed: Quantity,
}

/// Everything about one reception.
#[derive(Debug, Clone)]
pub struct ReceptionView {
    pub reception: Reception,
    /// As a list shows it.
    pub listed: ReceptionListed,
    /// What arrived, by SKU.
    pub lines: Vec<ReceivedLine>,
    /// Which orders got it, by product, in queue order.
    assigned: HashMap<ProductId, Vec<Assigned>>,
    /// Why it was reversed, in part or whole, earliest first.
    pub reversals: Vec<String>,
    /// What was done, latest first.
    pub history: Vec<history::Entry>,
}

impl ReceptionView {
    /// The orders that got units of a product.
    pub fn orders_of(&self, line: &ReceivedLine) -> &[Assigned] {
        let orders = self.assigned.get(&line.product_id);
        orders.map_or(&[], Vec::as_slice)
    }

    /// Units of a product that nobody waited for.
    pub fn to_shelf(&self, line: &ReceivedLine) -> Quantity {
        let given = self.orders_of(line).iter();
        line.quantity
            .less(given.map(|assigned| assigned.quantity).sum())
    }

    fn all_assigned(&self) -> impl Iterator<Item = &Assigned> {
        self.assigned.values().flatten()
    }

    /// Units that orders got.
    pub fn given(&self) -> Quantity {
        self.all_assigned().map(|assigned| assigned.quantity).sum()
    }

    /// How many orders can be prepared now because of it.
    pub fn ready_orders(&self) -> usize {
        let ready = self.all_assigned().filter(|assigned| assigned.is_ready);
        ready
            .map(|assigned| assigned.order_id)
            .collect::<BTreeSet<_>>()
            .len()
    }
}

/// A reception.
pub fn reception(conn: &mut PgConnection, id: ReceptionId) -> QueryResult<Reception> {
    Reception::query().filter(table::id.eq(id)).first(conn)
}

/// Reads everything about a reception.
pub fn reception_view(conn: &mut PgConnection, id: ReceptionId) -> QueryResult<ReceptionView> {
    let reception = reception(conn, id)?;
    let listed = of_order(conn, reception.purchase_order_id)?
        .into_iter()
        .find(|listed| listed.id == id)
        .ok_or(diesel::result::Error::NotFound)?;
    let lines = diesel::sql_query(
        "select l.product_id, p.sku, p.name, sum(l.quantity)::int4 as quantity,
           coalesce(sum(v.units), 0)::int4 as reversed
         from reception_lines l
         join products p on p.id = l.product_id
         cross join lateral (
           select sum(quantity) as units from reversal_lines where reception_line_id = l.id
         ) v
         where l.reception_id = $1 group by 1, 2, 3 order by p.sku",
    )
    .bind::<BigInt, _>(id)
    .load(conn)?;
    let reversals = reception_reversals::table
        .filter(reception_reversals::reception_id.eq(id))
        .order(reception_reversals::id)
        .select(reception_reversals::reason)
        .load(conn)?;
    let mut assigned: HashMap<ProductId, Vec<Assigned>> = HashMap::new();
    for each in stock::assigned_by(conn, id)? {
        assigned.entry(each.product_id).or_default().push(each);
    }
    Ok(ReceptionView {
        reversals,
        assigned,
        history: history::of(conn, reception.record())?,
        reception,
        listed,
        lines,
    })
}
