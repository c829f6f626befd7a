//! Warehouses, products, and how much of each lies where: so little of some that a third of the open
//! orders waits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::bins::Shelves;
use super::orders::File;
use super::{mark, names, suppliers};
use crate::catalog::{self, Company, ProductInput, WarehouseKind};
use crate::db::{Act, Who};
use crate::error::{Error, Result};
use crate::exchange::imports::orders::ReadOrder;
use crate::inventory::{self, WarehouseInput};
use crate::stock::{self, Cause, CauseKind, Consent, Happening, Limits, MoveReason, Place};
use crate::types::{Change, ProductId, Quantity, Sku, SupplierId, UserId, WarehouseId};

/// Open orders of a hundred that are to wait.
const WAITING_PERCENT: usize = 34;

/// Where the demo shop keeps its goods.
#[derive(Debug, Clone, Copy)]
pub struct Warehouses {
    pub main: WarehouseId,
    pub shop: WarehouseId,
}

impl Warehouses {
    /// Small orders are often served by the shop.
    pub fn of(&self, order: &ReadOrder) -> WarehouseId {
        if order.lines.len() <= 4 && mark(&order.number).is_multiple_of(3) {
            self.shop
        } else {
            self.main
        }
    }
}

pub type Products = BTreeMap<Sku, ProductId>;

pub fn open_warehouses(act: &mut Act<'_>) -> Result<Warehouses> {
    let company = Company {
        name: "Lantern & Lace Ltd".to_owned(),
        address: "Unit 7, Canal Wharf\nBristol BS1 6XN\nUnited Kingdom".to_owned(),
        email: "buying@lantern-and-lace.example".to_owned(),
        phone: "+44 117 496 0123".to_owned(),
        currency: "GBP".to_owned(),
        held_orders_keep_stock: true,
        purchase_order_intro: "Please confirm quantities and the delivery date by e-mail."
            .to_owned(),
        time_zone: catalog::zone(act)?,
        purchase_order_intro_fr: "Merci de confirmer par e-mail les quantités et la date de \
                                  livraison."
            .to_owned(),
        recount_units: Some(Quantity::new(20)),
        recount_value: None,
        ships_unscanned: true,
    };
    inventory::change_company(act, &company, &Consent::ToAll)?;
    let primary = catalog::primary_warehouse(act)?;
    let main = WarehouseInput {
        code: primary.code.clone(),
        name: "Canal Wharf".to_owned(),
        is_primary: true,
        address: company.address,
        ..WarehouseInput::default()
    };
    let shop = WarehouseInput {
        code: "SHOP".to_owned(),
        name: "Old Market shop".to_owned(),
        kind: WarehouseKind::Shop,
        address: "21 Old Market\nBristol BS2 0EZ\nUnited Kingdom".to_owned(),
        ..WarehouseInput::default()
    };
    Ok(Warehouses {
        main: inventory::edit_warehouse(act, primary.id, &main, &Consent::ToAll)?.id,
        shop: inventory::add_warehouse(act, &shop)?.id,
    })
}

pub fn fill_catalog(act: &mut Act<'_>, file: &File, suppliers: &[SupplierId]) -> Result<Products> {
    let mut products = Products::new();
    for new in &file.products {
        let input = ProductInput {
            sku: new.sku.clone(),
            name: names::of_product(&new.name),
            price: new.price,
            barcodes: Vec::new(),
            weight_grams: i32::try_from(mark(new.sku.as_str()) % 900).unwrap_or(0) + 60,
            note: String::new(),
        };
        let product = catalog::add_product(act, &input)?;
        suppliers::link(act, suppliers, product.id, &new.sku, new.price)?;
        products.insert(new.sku.clone(), product.id);
    }
    Ok(products)
}

/// Units to put on the shelf before the first order: what old orders took, and what open ones find.
pub struct StockPlan(BTreeMap<(WarehouseId, Sku), u32>);

impl StockPlan {
    /// What is found on the shelves; in the main warehouse each product lies in a bin.
    pub fn opening(
        &self,
        warehouses: &Warehouses,
        products: &Products,
        shelves: &Shelves,
    ) -> Vec<Happening> {
        let opening = self.0.iter().filter(|(_, units)| **units > 0);
        opening
            .map(|((warehouse, sku), units)| Happening::Adjust {
                bin: (*warehouse == warehouses.main)
                    .then(|| shelves.of(sku))
                    .flatten(),
                place: Place::new(*warehouse, products[sku]),
                change: Change::new(i32::try_from(*units).unwrap_or(i32::MAX)),
                reason: MoveReason::Count,
                note: "Opening stock".into(),
            })
            .collect()
    }
}

pub fn plan(file: &File, warehouses: &Warehouses) -> StockPlan {
    let mut units: BTreeMap<(WarehouseId, Sku), u32> = BTreeMap::new();
    for (order, line) in lines(file.old()) {
        *units.entry((warehouses.of(order), line.0)).or_default() += line.1;
    }
    let mut asked: BTreeMap<(WarehouseId, Sku), u32> = BTreeMap::new();
    for (order, line) in lines(file.open()) {
        *asked.entry((warehouses.of(order), line.0)).or_default() += line.1;
    }
    let absent = absent_products(file);
    let short = short_products(file, &absent);
    for ((warehouse, sku), asked) in asked {
        let mark = mark(sku.as_str());
        let found = if absent.contains(&sku) {
            0
        } else if short.contains(&sku) {
            // Nothing, or a part of it.
            asked * u32::try_from(mark / 7 % 3).unwrap_or(0) / 4
        } else {
            asked + u32::try_from(mark % 40).unwrap_or(0)
        };
        *units.entry((warehouse, sku)).or_default() += found;
    }
    StockPlan(units)
}

fn lines<'a>(
    orders: impl Iterator<Item = &'a ReadOrder>,
) -> impl Iterator<Item = (&'a ReadOrder, (Sku, u32))> {
    orders.flat_map(|order| {
        order
            .lines
            .iter()
            .map(move |line| (order, (line.sku.clone(), line.quantity.get())))
    })
}

/// The numbers of the open orders that ask for each product.
fn open_orders(file: &File) -> BTreeMap<&Sku, BTreeSet<&str>> {
    let mut orders_with: BTreeMap<&Sku, BTreeSet<&str>> = BTreeMap::new();
    for order in file.open() {
        for line in &order.lines {
            orders_with
                .entry(&line.sku)
                .or_default()
                .insert(&order.number);
        }
    }
    orders_with
}

/// Products of which nothing is there: all those of a few small orders, which so lack everything.
fn absent_products(file: &File) -> BTreeSet<Sku> {
    let orders_with = open_orders(file);
    let is_rare = |sku: &Sku| orders_with[sku].len() <= 9;
    file.open()
        .filter(|order| order.lines.len() <= 6)
        .filter(|order| order.lines.iter().all(|line| is_rare(&line.sku)))
        .take(12)
        .flat_map(|order| order.lines.iter().map(|line| line.sku.clone()))
        .collect()
}

/// Products of which there is too little: those that are absent, the rarest one of every old order
/// that is still open, and then one after the other until enough open orders wait.
fn short_products(file: &File, absent: &BTreeSet<Sku>) -> BTreeSet<Sku> {
    let orders_with = open_orders(file);
    let open = file.open().count();
    let mut candidates: Vec<&Sku> = orders_with
        .iter()
        .filter(|(_, orders)| orders.len() <= 6)
        .map(|(sku, _)| *sku)
        .collect();
    candidates.sort_by_key(|sku| mark(sku.as_str()));

    let mut short: BTreeSet<Sku> = BTreeSet::new();
    let mut waiting: BTreeSet<&str> = BTreeSet::new();
    let oldest = file.open().take(18).filter_map(|order| {
        order
            .lines
            .iter()
            .map(|line| &line.sku)
            .min_by_key(|sku| (orders_with[sku].len(), mark(sku.as_str())))
    });
    for sku in absent.iter().chain(oldest).chain(candidates) {
        if waiting.len() * 100 >= open * WAITING_PERCENT {
            break;
        }
        waiting.extend(&orders_with[sku]);
        short.insert(sku.clone());
    }
    short
}

pub fn put(
    conn: &mut PgConnection,
    opening: &[Happening],
    buyer: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    let who = Who::from(buyer).at(now - TimeDelta::days(10));
    let cause = Cause::of(CauseKind::Adjustment);
    stock::change(&mut Act::new(conn, who), &cause, opening).map_err(Error::from)?;
    Ok(())
}

/// Some products are to be refilled before they run out.
pub fn watch(act: &mut Act<'_>, plan: &StockPlan, products: &Products) -> Result<()> {
    let watched = plan
        .0
        .keys()
        .filter(|(_, sku)| mark(sku.as_str()) % 23 == 5);
    for (warehouse, sku) in watched {
        let limits = Limits {
            warning_level: Some(Quantity::new(12)),
            ideal_level: Some(Quantity::new(48)),
        };
        stock::set_limits(act, Place::new(*warehouse, products[sku]), limits)?;
    }
    Ok(())
}
