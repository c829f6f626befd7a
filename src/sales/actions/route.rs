//! Lines that are to be written, each with the warehouse that ships it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::place::{NewLine, NewOrder};
use crate::db::Act;
use crate::sales::queries::router;
use crate::sales::routing::{Asked, AskedLine, Routed, Router};
use crate::stock::Place;
use crate::types::{Money, ProductId, Quantity, WarehouseId};

/// A line to be written.
#[derive(Debug, Clone)]
pub(super) struct RoutedLine {
    pub product: ProductId,
    pub warehouse: WarehouseId,
    /// The rule that chose the warehouse, in words; empty: somebody chose it.
    pub routed_by: String,
    pub ordered: Quantity,
    pub unit_price: Money,
}

impl RoutedLine {
    pub const fn place(&self) -> Place {
        Place::new(self.warehouse, self.product)
    }

    fn of(line: &NewLine, to: Routed) -> Self {
        Self {
            product: line.product,
            warehouse: to.warehouse,
            routed_by: to.by,
            ordered: line.ordered,
            unit_price: line.unit_price,
        }
    }
}

/// The lines of orders, each where it was asked to be shipped from, or where the rules say. Stock is
/// read once for all of them, and not at all where every line names a warehouse.
pub(super) fn route(act: &mut Act<'_>, orders: &[NewOrder]) -> QueryResult<Vec<Vec<RoutedLine>>> {
    let lines = orders.iter().flat_map(|order| &order.lines);
    let mut router = router_of(act, lines)?;
    let routed = orders.iter().map(|order| {
        let head = Head {
            country: &order.country,
            shipping_method: &order.shipping_method,
            channel: &order.channel,
        };
        lines_of(router.as_mut(), &head, &order.lines)
    });
    Ok(routed.collect())
}

/// The same of lines that an order is given later.
pub(super) fn route_added(
    act: &mut Act<'_>,
    head: &Head<'_>,
    lines: &[NewLine],
) -> QueryResult<Vec<RoutedLine>> {
    let mut router = router_of(act, lines.iter())?;
    Ok(lines_of(router.as_mut(), head, lines))
}

/// What of an order the rules ask for.
pub(super) struct Head<'a> {
    pub country: &'a str,
    pub shipping_method: &'a str,
    pub channel: &'a str,
}

/// None where no rule is asked.
fn router_of<'a>(
    act: &mut Act<'_>,
    lines: impl Iterator<Item = &'a NewLine> + Clone,
) -> QueryResult<Option<Router>> {
    if lines.clone().all(|line| line.warehouse.is_some()) {
        return Ok(None);
    }
    let products: BTreeSet<ProductId> = lines.map(|line| line.product).collect();
    let limit = act.limit().clone();
    router(act, &products, &limit).map(Some)
}

fn lines_of(router: Option<&mut Router>, head: &Head<'_>, lines: &[NewLine]) -> Vec<RoutedLine> {
    let asked = Asked {
        country: head.country,
        shipping_method: head.shipping_method,
        channel: head.channel,
        lines: lines.iter().map(AskedLine::of).collect(),
    };
    let to: Vec<Routed> = match router {
        Some(router) => router.decide(&asked),
        None => asked.lines.iter().filter_map(Routed::chosen).collect(),
    };
    let lines = lines.iter().zip(to);
    lines.map(|(line, to)| RoutedLine::of(line, to)).collect()
}

impl AskedLine {
    const fn of(line: &NewLine) -> Self {
        Self {
            product: Some(line.product),
            units: line.ordered,
            warehouse: line.warehouse,
        }
    }
}
