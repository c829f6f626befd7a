//! What a delivery brings, line by line, and what its purchase order becomes by it.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::{expected, may_become};
use crate::catalog::{self, Location, Warehouse};
use crate::purchasing::{Delivery, Error, Over, PurchaseLine, PurchaseOrder, Status};
use crate::schema::products;
use crate::stock::{self, Happening, Place};
use crate::types::{LocationId, ProductId, PurchaseLineId, Quantity, ReceptionId, Sku};

/// A delivery, and its purchase order as it becomes by it.
pub(super) struct Arriving {
    pub(super) order: PurchaseOrder,
    pub(super) lines: Vec<PurchaseLine>,
    pub(super) arrived: AllArrived,
    /// Lines of which more arrives than was ordered.
    over: Vec<Surplus>,
    /// Whether nothing was to come any more.
    pub(super) is_late: bool,
}

/// Units by line.
type AllArrived = BTreeMap<PurchaseLineId, Arrived>;

/// Units of a line that arrived.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrived {
    pub(super) product: ProductId,
    pub(super) quantity: Quantity,
    /// None: on the dock, or where there are no bins.
    bin: Option<LocationId>,
}

/// A line of which more arrives than was ordered.
struct Surplus {
    line: PurchaseLineId,
    arrived: Arrived,
    awaited: Quantity,
}

impl Arriving {
    /// Takes a delivery in. What comes late was cancelled first, and is more than ordered then; the
    /// rest that was cancelled is to come again if the delivery says so.
    pub(super) fn of(
        mut order: PurchaseOrder,
        mut lines: Vec<PurchaseLine>,
        delivery: &Delivery,
    ) -> Result<Self, Error> {
        let is_late = order.may_open_again();
        if !is_late {
            may_become(&order, Status::PartlyReceived, "received")?;
        }
        let arrived = add_up(&order, &lines, delivery)?;
        let mut over = Vec::new();
        for line in &mut lines {
            let Some(arrived) = arrived.get(&line.id).copied() else {
                continue;
            };
            let awaited = order.awaited(line);
            if arrived.quantity > awaited {
                let line = line.id;
                over.push(Surplus {
                    line,
                    arrived,
                    awaited,
                });
            }
            line.received += arrived.quantity;
            if is_late {
                let left = line.cancelled.min(line.ordered.less(line.received));
                order.rest_cancelled |= left < line.cancelled;
                line.cancelled = left;
            }
        }
        if is_late && delivery.rest_comes {
            order.rest_cancelled = false;
            lines
                .iter_mut()
                .for_each(|line| line.cancelled = Quantity::ZERO);
        }
        Ok(Self {
            order,
            lines,
            arrived,
            over,
            is_late,
        })
    }

    /// Has units lie in the bins that are called so.
    pub(super) fn put_into(
        &mut self,
        conn: &mut PgConnection,
        called: &BTreeMap<PurchaseLineId, String>,
    ) -> Result<(), Error> {
        let texts: Vec<&str> = called.values().map(String::as_str).collect();
        if texts.is_empty() {
            return Ok(());
        }
        let warehouse = catalog::warehouse(conn, self.order.warehouse_id)?;
        let bins = catalog::bins_called(conn, warehouse.id, &texts)?;
        let mut refused = Vec::new();
        for (line, arrived) in &mut self.arrived {
            let Some(text) = called.get(line) else {
                continue;
            };
            let bin = bins.iter().find(|bin| bin.is_called(text));
            match takes(&warehouse, bin) {
                Ok(bin) => arrived.bin = Some(bin),
                Err(why) => refused.push((*line, why)),
            }
        }
        match refused.is_empty() {
            true => Ok(()),
            false => Err(Error::NotIntoBins(refused)),
        }
    }

    /// What it is to stock.
    pub(super) fn happenings(&self, reception: Option<ReceptionId>) -> Vec<Happening> {
        let warehouse = self.order.warehouse_id;
        let lines = self
            .arrived
            .iter()
            .map(|(line, arrived)| Happening::Receive {
                bin: arrived.bin,
                line: *line,
                place: Place::new(warehouse, arrived.product),
                quantity: arrived.quantity,
                reception,
            });
        let mut all: Vec<Happening> = lines.collect();
        if self.is_late {
            all.extend(expected(&self.order, &self.lines));
        }
        all
    }

    /// Units still to come.
    pub(super) fn to_come(&self) -> Quantity {
        self.lines.iter().map(PurchaseLine::to_come).sum()
    }

    /// Units that arrived.
    pub(super) fn units(&self) -> Quantity {
        self.arrived.values().map(|arrived| arrived.quantity).sum()
    }

    /// The lines of which more arrives than was ordered.
    pub(super) fn over(&self, conn: &mut PgConnection) -> QueryResult<Vec<Over>> {
        if self.over.is_empty() {
            return Ok(Vec::new());
        }
        let skus: HashMap<ProductId, Sku> = products::table
            .filter(products::id.eq_any(self.over.iter().map(|each| each.arrived.product)))
            .select((products::id, products::sku))
            .load(conn)?
            .into_iter()
            .collect();
        let over = self.over.iter().map(|each| Over {
            line: each.line,
            sku: skus[&each.arrived.product].to_string(),
            quantity: each.arrived.quantity,
            to_come: each.awaited,
            is_late: self.is_late,
        });
        Ok(over.collect())
    }
}

/// The bin, if goods that arrive may be put there.
fn takes(warehouse: &Warehouse, bin: Option<&Location>) -> Result<LocationId, stock::Error> {
    match bin {
        _ if !warehouse.uses_locations => Err(stock::Error::NoBins),
        None => Err(stock::Error::NoSuchBin),
        Some(bin) if !bin.is_active => Err(stock::Error::BinArchived),
        Some(bin) if !bin.kind.is_usable() => Err(stock::Error::NotUsable),
        Some(bin) => Ok(bin.id),
    }
}

fn add_up(
    order: &PurchaseOrder,
    lines: &[PurchaseLine],
    delivery: &Delivery,
) -> Result<AllArrived, Error> {
    let products: HashMap<PurchaseLineId, ProductId> = lines
        .iter()
        .map(|line| (line.id, line.product_id))
        .collect();
    let mut all = AllArrived::new();
    for (line, quantity) in delivery.lines.iter().filter(|(_, units)| !units.is_zero()) {
        let product = *products
            .get(line)
            .ok_or_else(|| Error::NoSuchLine(order.number.clone()))?;
        let arrived = all.entry(*line).or_insert(Arrived {
            product,
            quantity: Quantity::ZERO,
            bin: None,
        });
        arrived.quantity += *quantity;
    }
    if all.is_empty() {
        return Err(Error::NothingReceived);
    }
    Ok(all)
}
