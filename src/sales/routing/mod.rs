//! Which warehouse ships a line that names none: the rules, in their order, laid against what lies
//! free. Pure: no database, no clock.
//!
//! The first rule that reaches a line and finds a warehouse for it decides. What one order is routed to
//! is not free for the next one of a batch. Where no rule decides, the primary warehouse ships.

use std::collections::{BTreeMap, HashMap};

use crate::sales::{Rule, Way};
use crate::stock::Place;
use crate::types::{ProductId, Quantity, SupplierId, WarehouseId};

#[cfg(test)]
mod tests;

/// What of an order decides where it is shipped from.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    pub country: &'a str,
    pub shipping_method: &'a str,
    /// Name of its channel.
    pub channel: &'a str,
    pub lines: Vec<AskedLine>,
}

/// A line to be routed.
#[derive(Debug, Clone, Copy)]
pub struct AskedLine {
    /// None: nobody knows it yet, so it lies nowhere.
    pub product: Option<ProductId>,
    pub units: Quantity,
    /// The one somebody chose; none: the rules decide.
    pub warehouse: Option<WarehouseId>,
}

/// Where a line is shipped from, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    pub warehouse: WarehouseId,
    /// The rule that decided, in words; empty: somebody chose.
    pub by: String,
}

/// The rules, and what lies free where they look.
#[derive(Debug, Clone)]
pub struct Router {
    pub(super) rules: Vec<Rule>,
    /// The primary supplier of each product.
    pub(super) supplier_of: HashMap<ProductId, SupplierId>,
    pub(super) free: Free,
    /// Where no rule decides.
    pub(super) last: WarehouseId,
}

/// Units that can still be sold, by place. A kit has none of its own: its parts are what it takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Free {
    pub(super) units: HashMap<Place, Quantity>,
    pub(super) parts: HashMap<ProductId, Vec<(ProductId, Quantity)>>,
}

impl Router {
    /// Where each line of an order is shipped from, in the order of its lines.
    pub fn decide(&mut self, asked: &Asked<'_>) -> Vec<Routed> {
        let Self {
            rules,
            supplier_of,
            free,
            last,
        } = self;
        let mut chosen: Vec<Option<Routed>> = asked.lines.iter().map(Routed::chosen).collect();
        for (line, to) in asked.lines.iter().zip(&chosen) {
            if let Some(to) = to {
                free.take(line, to.warehouse);
            }
        }
        for rule in rules.iter().filter(|rule| reaches(rule, asked)) {
            let open = asked.lines.iter().zip(&mut chosen);
            let open = open.filter(|(line, to)| to.is_none() && is_of(rule, line, supplier_of));
            let (lines, to): (Vec<AskedLine>, Vec<_>) = open.map(|(line, to)| (*line, to)).unzip();
            for (to, warehouse) in to.into_iter().zip(free.choose(rule, &lines)) {
                *to = warehouse.map(|warehouse| Routed {
                    warehouse,
                    by: rule.words(),
                });
            }
        }
        let rest = || Routed {
            warehouse: *last,
            by: match rules.is_empty() {
                true => String::new(),
                false => "no rule decided: the primary warehouse".into(),
            },
        };
        chosen
            .into_iter()
            .map(|to| to.unwrap_or_else(rest))
            .collect()
    }
}

impl Routed {
    pub(super) fn chosen(line: &AskedLine) -> Option<Self> {
        line.warehouse.map(|warehouse| Self {
            warehouse,
            by: String::new(),
        })
    }
}

fn reaches(rule: &Rule, asked: &Asked<'_>) -> bool {
    rule.is_for(asked.country)
        && rule.is_sent_by(asked.shipping_method)
        && rule.is_from(asked.channel)
}

fn is_of(rule: &Rule, line: &AskedLine, supplier_of: &HashMap<ProductId, SupplierId>) -> bool {
    let supplier = || supplier_of.get(&line.product?).copied();
    (rule.says.product_id.is_none() || rule.says.product_id == line.product)
        && (rule.says.supplier_id.is_none() || rule.says.supplier_id == supplier())
}

impl Free {
    fn of(&self, warehouse: WarehouseId, product: ProductId) -> Quantity {
        let place = Place::new(warehouse, product);
        self.units.get(&place).copied().unwrap_or_default()
    }

    /// What a line takes: units of its product, or of the parts of its kit.
    fn taken_by(&self, line: &AskedLine) -> Vec<(ProductId, Quantity)> {
        let Some(product) = line.product else {
            return Vec::new();
        };
        match self.parts.get(&product) {
            None => vec![(product, line.units)],
            Some(parts) => parts
                .iter()
                .map(|(part, each)| (*part, each.times(line.units)))
                .collect(),
        }
    }

    fn take(&mut self, line: &AskedLine, warehouse: WarehouseId) {
        for (product, units) in self.taken_by(line) {
            if let Some(free) = self.units.get_mut(&Place::new(warehouse, product)) {
                *free = free.less(units);
            }
        }
    }

    fn has(&self, warehouse: WarehouseId, lines: &[AskedLine]) -> bool {
        let mut wanted: BTreeMap<ProductId, Quantity> = BTreeMap::new();
        for line in lines {
            if line.product.is_none() {
                return false;
            }
            for (product, units) in self.taken_by(line) {
                *wanted.entry(product).or_default() += units;
            }
        }
        let mut wanted = wanted.into_iter();
        wanted.all(|(product, units)| units <= self.of(warehouse, product))
    }

    /// A warehouse for each of some lines, if the rule finds one; what it takes is not free any more.
    fn choose(&mut self, rule: &Rule, lines: &[AskedLine]) -> Vec<Option<WarehouseId>> {
        let together = match rule.says.way {
            Way::Named | Way::HasAll => lines.len().max(1),
            Way::HasLine => 1,
        };
        let mut chosen = Vec::with_capacity(lines.len());
        for part in lines.chunks(together) {
            let found = self.first(rule, part);
            if let Some(warehouse) = found {
                part.iter().for_each(|line| self.take(line, warehouse));
            }
            chosen.extend(part.iter().map(|_| found));
        }
        chosen
    }

    /// The first warehouse that the rule finds for all of these lines.
    fn first(&self, rule: &Rule, lines: &[AskedLine]) -> Option<WarehouseId> {
        let mut ships = rule.warehouses.iter().filter(|each| each.ships);
        let found = match rule.says.way {
            Way::Named => ships.next(),
            Way::HasAll | Way::HasLine => ships.find(|each| each.sells && self.has(each.id, lines)),
        };
        found.map(|each| each.id)
    }
}
