//! The lines of an order, before and after an edit.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::edit::EditedLine;
use crate::sales::{Error, Order, OrderLine};
use crate::schema::products;
use crate::stock;
use crate::types::{OrderLineId, ProductId, Quantity, Sku, WarehouseId};

/// The lines of an order, before and after.
pub(super) struct Edited {
    /// As it was, as it is to be.
    pub lines: Vec<(OrderLine, OrderLine)>,
    /// Lines it did not have.
    pub new: Vec<EditedLine>,
}

impl Edited {
    pub fn of(
        lines: Vec<OrderLine>,
        taken: &HashMap<OrderLineId, Quantity>,
        input: &[EditedLine],
    ) -> Result<Self, Error> {
        let asked: BTreeMap<OrderLineId, (usize, &EditedLine)> = input
            .iter()
            .enumerate()
            .filter_map(|(at, edited)| Some((edited.line?, (at, edited))))
            .collect();
        let known: BTreeSet<OrderLineId> = lines.iter().map(|line| line.id).collect();
        if asked.keys().any(|line| !known.contains(line)) {
            return Err(Error::NoSuchLine);
        }
        let after = |line: OrderLine| {
            let taken = taken.get(&line.id).copied().unwrap_or_default();
            let after = match asked.get(&line.id) {
                Some((at, edited)) => rewritten(&line, *at, edited, taken)?,
                None if taken.is_zero() => without_the_rest(&line),
                None => return Err(stock::Error::BeingPrepared(taken).into()),
            };
            Ok::<_, Error>((line, after))
        };
        let lines = lines
            .into_iter()
            .map(after)
            .collect::<Result<Vec<_>, _>>()?;
        let new: Vec<EditedLine> = input
            .iter()
            .filter(|edited| edited.line.is_none())
            .cloned()
            .collect();
        if new.iter().any(|line| line.wanted.is_zero()) {
            return Err(Error::NothingOrdered);
        }
        if new.is_empty() && lines.iter().all(|(_, line)| line.wanted().is_zero()) {
            return Err(Error::NoLines);
        }
        Ok(Self { lines, new })
    }

    pub fn changed(&self) -> Vec<&OrderLine> {
        let changed = self.lines.iter().filter(|(was, now)| was != now);
        changed.map(|(_, now)| now).collect()
    }

    /// Lines that move to another warehouse, as they were.
    pub fn moved(&self) -> impl Iterator<Item = &OrderLine> {
        let moved = self.lines.iter();
        moved
            .filter(|(was, now)| was.warehouse_id != now.warehouse_id)
            .map(|(was, _)| was)
    }

    /// Warehouses that are to ship what they did not have to before.
    pub fn warehouses(&self) -> BTreeSet<WarehouseId> {
        let moved = self.lines.iter();
        let moved = moved.filter(|(was, now)| was.warehouse_id != now.warehouse_id);
        let new = self.new.iter().map(|line| line.warehouse);
        moved.map(|(_, now)| now.warehouse_id).chain(new).collect()
    }

    /// What changed, for the history.
    pub fn in_words(
        &self,
        conn: &mut PgConnection,
        before: &Order,
        after: &Order,
    ) -> QueryResult<String> {
        let changed = self.lines.iter().filter(|(was, now)| was != now);
        let changed: Vec<_> = changed.collect();
        let ids = changed.iter().map(|(was, _)| was.product_id);
        let ids: Vec<ProductId> = ids
            .chain(self.new.iter().map(|line| line.product))
            .collect();
        let skus: HashMap<ProductId, Sku> = products::table
            .filter(products::id.eq_any(ids))
            .select((products::id, products::sku))
            .load(conn)?
            .into_iter()
            .collect();

        let mut words = Vec::new();
        for (was, now) in changed {
            let sku = &skus[&was.product_id];
            if now.wanted() != was.wanted() {
                words.push(format!(
                    "{sku}: {} instead of {}",
                    now.wanted(),
                    was.wanted()
                ));
            }
            if now.unit_price != was.unit_price {
                words.push(format!(
                    "{sku}: price {} instead of {}",
                    now.unit_price, was.unit_price
                ));
            }
            if now.warehouse_id != was.warehouse_id {
                words.push(format!("{sku}: from another warehouse"));
            }
        }
        for line in &self.new {
            words.push(format!("{} of {} added", line.wanted, skus[&line.product]));
        }
        if before.priority != after.priority {
            let (now, was) = (after.priority.label(), before.priority.label());
            words.push(format!("priority {now} instead of {was}"));
        }
        if before.required_by != after.required_by {
            words.push(after.required_by.map_or_else(
                || "no longer required by a date".to_owned(),
                |date| format!("required by {date}"),
            ));
        }
        if before.shipping_policy != after.shipping_policy {
            words.push(after.shipping_policy.label().to_lowercase());
        }
        Ok(words.join("; "))
    }
}

fn rewritten(
    line: &OrderLine,
    at: usize,
    edited: &EditedLine,
    taken: Quantity,
) -> Result<OrderLine, Error> {
    if edited.wanted < line.shipped + taken {
        return Err(Error::BelowShipped {
            line: at,
            shipped: line.shipped,
            taken,
        });
    }
    let mut after = line.clone();
    if edited.wanted.is_zero() {
        after = without_the_rest(line);
    } else if edited.wanted != line.wanted() {
        after.ordered = edited.wanted + line.cancelled;
    }
    after.unit_price = edited.unit_price;
    if edited.warehouse != line.warehouse_id && !line.to_ship().is_zero() {
        if !taken.is_zero() {
            return Err(Error::Moves { line: at, taken });
        }
        after.warehouse_id = edited.warehouse;
    }
    Ok(after)
}

fn without_the_rest(line: &OrderLine) -> OrderLine {
    OrderLine {
        cancelled: line.ordered.less(line.shipped),
        ..line.clone()
    }
}
