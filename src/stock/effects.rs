//! What a change would do to all orders: the first lines by name, the rest counted.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::loss::Loss;
use super::outcome::LineChange;
use crate::schema::{customers, orders, products};
use crate::types::{OrderId, ProductId, Sku, counted};

/// Lines that are named; a rule of the company may reach every order there is.
const NAMED: usize = 40;

/// What a change would do to the orders that are here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effects {
    /// The first lines, losers first, then by order.
    pub first: Vec<Effect>,
    /// Orders of which no line is among them.
    pub more: usize,
    /// What it takes from those who have it.
    pub loss: Loss,
    /// Orders that get units, and how many; new ones among them.
    pub gain: (usize, u64),
}

impl Effects {
    /// Whether nobody gains or loses anything, not even a date.
    pub const fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Whether only dates move.
    pub const fn moves_no_units(&self) -> bool {
        self.loss.is_none() && self.gain.1 == 0
    }

    /// `18 orders lose 65 units, 20 orders get 65 units.`
    pub fn sum(&self) -> String {
        let loses = told((self.loss.orders, self.loss.units), ["loses", "lose"]);
        let gets = told(self.gain, ["gets", "get"]);
        let both: Vec<String> = [loses, gets].into_iter().flatten().collect();
        format!("{}.", both.join(", "))
    }
}

/// What changes do, heard part by part.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Of orders that are here.
    here: Vec<LineChange>,
    /// Orders that get units, those among them that are only weighed; and how many units.
    gaining: BTreeSet<OrderId>,
    gained: u64,
}

impl Changes {
    /// Hears of lines none of which was heard of before.
    pub(super) fn hear(&mut self, mut changes: Vec<LineChange>) {
        for change in &changes {
            let gained = change.reserved.less(change.reserved_before);
            if !gained.is_zero() {
                self.gaining.insert(change.order);
                self.gained += u64::from(gained.get());
            }
        }
        changes.retain(|change| !change.order.is_unwritten());
        self.here.append(&mut changes);
    }

    /// Lines of which only units in parcels change neither gain nor lose; orders that are only
    /// weighed, and are not here, are counted and not named.
    pub(super) fn effects(self, conn: &mut PgConnection, today: NaiveDate) -> QueryResult<Effects> {
        let mut moved: Vec<&LineChange> =
            self.here.iter().filter(|change| change.moves()).collect();
        moved.sort_by_key(|change| (!change.is_worse(), change.order, change.line_number));
        let (first, rest) = moved.split_at(moved.len().min(NAMED));
        let named: BTreeSet<OrderId> = first.iter().map(|change| change.order).collect();
        let rest: BTreeSet<OrderId> = rest.iter().map(|change| change.order).collect();
        Ok(Effects {
            first: in_words(conn, first, today)?,
            more: rest.difference(&named).count(),
            loss: Loss::of(&self.here),
            gain: (self.gaining.len(), self.gained),
        })
    }
}

/// `18 orders lose 65 units`; none where nobody does.
fn told((orders, units): (usize, u64), [one, many]: [&str; 2]) -> Option<String> {
    let verb = if orders == 1 { one } else { many };
    let (orders, sum) = (counted(orders, "order"), counted(units, "unit"));
    (units > 0).then(|| format!("{orders} {verb} {sum}"))
}

fn in_words(
    conn: &mut PgConnection,
    changes: &[&LineChange],
    today: NaiveDate,
) -> QueryResult<Vec<Effect>> {
    let ids: Vec<OrderId> = changes.iter().map(|change| change.order).collect();
    let of_orders: Vec<(OrderId, String, String)> = orders::table
        .inner_join(customers::table)
        .filter(orders::id.eq_any(ids))
        .select((orders::id, orders::number, customers::name))
        .load(conn)?;
    let ids: Vec<ProductId> = changes.iter().map(|change| change.place.product).collect();
    let of_products: Vec<(ProductId, Sku, String)> = products::table
        .filter(products::id.eq_any(ids))
        .select((products::id, products::sku, products::name))
        .load(conn)?;
    let of_orders: HashMap<OrderId, (String, String)> = of_orders
        .into_iter()
        .map(|(id, number, customer)| (id, (number, customer)))
        .collect();
    let of_products: HashMap<ProductId, (Sku, String)> = of_products
        .into_iter()
        .map(|(id, sku, name)| (id, (sku, name)))
        .collect();
    let effects = changes.iter().filter_map(|change| {
        let (order_number, customer) = of_orders.get(&change.order)?.clone();
        let (sku, product) = of_products.get(&change.place.product)?.clone();
        Some(Effect {
            order_id: change.order,
            order_number,
            customer,
            sku,
            product,
            to_ship: change.to_ship,
            reserved_before: change.reserved_before,
            reserved: change.reserved,
            expected_before: change.covered_before.map(|(_, date)| date),
            expected: change.covered_by.map(|(_, date)| date),
            today,
        })
    });
    Ok(effects.collect())
}
