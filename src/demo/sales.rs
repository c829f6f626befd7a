//! Customers and their orders: what left, what is open, what is on somebody's table.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, TimeDelta, Utc};
use diesel::prelude::*;

use super::orders::File;
use super::people::People;
use super::stock::{Products, Warehouses};
use super::{floor, mark, names};
use crate::db::{Act, Who};
use crate::error::Result;
use crate::exchange::imports::orders::ReadOrder;
use crate::preparation::{self, Departure, ShortReason};
use crate::sales::{self, CustomerInput, NewLine, NewOrder};
use crate::schema::{consignments, shipment_lines};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{CustomerId, OrderId, OrderLineId, Quantity, WarehouseId};

/// The customer of orders that name none.
const GUEST: &str = "GUEST";
/// The channels of its orders.
const WEB: &str = "Web shop";
const SHOP: &str = "Shop";

/// All that the days of the shop need.
pub struct Shop {
    pub people: People,
    pub warehouses: Warehouses,
    pub products: Products,
    pub customers: BTreeMap<String, (CustomerId, ShippingPolicy)>,
    pub now: DateTime<Utc>,
}

fn code(order: &ReadOrder) -> &str {
    order
        .customer
        .as_ref()
        .map_or(GUEST, |customer| customer.code.as_str())
}

pub fn meet_customers(
    act: &mut Act<'_>,
    file: &File,
) -> Result<BTreeMap<String, (CustomerId, ShippingPolicy)>> {
    let countries: BTreeMap<&str, &str> = file
        .orders
        .iter()
        .map(|order| (code(&order.read), order.read.country.as_str()))
        .collect();
    let inputs: Vec<CustomerInput> = countries
        .iter()
        .enumerate()
        .map(|(at, (code, country))| {
            let guest = *code == GUEST;
            let complete = !guest && at % 7 == 3;
            CustomerInput {
                code: (*code).to_owned(),
                name: if guest {
                    "Guest".to_owned()
                } else {
                    names::of_customer(at)
                },
                email: if guest {
                    String::new()
                } else {
                    format!("shop{code}@customer.example")
                },
                phone: String::new(),
                address: if guest {
                    String::new()
                } else {
                    names::address(at, country)
                },
                country: (*country).to_owned(),
                priority: if at % 17 == 5 {
                    Priority::High
                } else {
                    Priority::Normal
                },
                shipping_policy: if complete {
                    ShippingPolicy::CompleteOnly
                } else {
                    ShippingPolicy::PartialAllowed
                },
                note: String::new(),
            }
        })
        .collect();
    let ids = sales::add_customers(act, WEB, &inputs)?;
    Ok(inputs
        .into_iter()
        .zip(ids)
        .map(|(input, id)| (input.code, (id, input.shipping_policy)))
        .collect())
}

impl Shop {
    fn order(&self, read: &ReadOrder) -> NewOrder {
        let (customer, shipping_policy) = self.customers[code(read)];
        let warehouse = self.warehouses.of(read);
        let mark = mark(&read.number);
        let priority = match mark % 37 {
            0 => Priority::Urgent,
            1..=3 => Priority::High,
            _ => Priority::Normal,
        };
        let lines = read.lines.iter().map(|line| NewLine {
            product: self.products[&line.sku],
            warehouse: Some(warehouse),
            ordered: line.quantity,
            unit_price: line.unit_price,
        });
        NewOrder {
            number: Some(read.number.clone()),
            channel: if warehouse == self.warehouses.shop {
                SHOP
            } else {
                WEB
            }
            .to_owned(),
            external_reference: String::new(),
            customer,
            ship_to: read.ship_to.clone(),
            country: read.country.clone(),
            email: String::new(),
            currency: "GBP".to_owned(),
            placed_at: read.placed_at,
            priority,
            required_by: (mark % 11 == 4).then(|| self.now.date_naive() + Days::new(2 + mark % 9)),
            shipping_policy,
            shipping_method: if read.country == "United Kingdom" {
                "Parcel 48"
            } else {
                "Tracked abroad"
            }
            .to_owned(),
            note: read.note.clone(),
            lines: lines.collect(),
        }
    }
}

/// Old orders come in, are prepared and leave, the day after.
pub fn ship_old_orders(conn: &mut PgConnection, file: &File, shop: &Shop) -> Result<()> {
    let old: Vec<&ReadOrder> = file.old().collect();
    let days: BTreeSet<_> = old
        .iter()
        .map(|order| order.placed_at.date_naive())
        .collect();
    for day in days {
        let of_day: Vec<&ReadOrder> = old
            .iter()
            .copied()
            .filter(|order| order.placed_at.date_naive() == day)
            .collect();
        let Some(evening) = of_day.iter().map(|order| order.placed_at).max() else {
            continue;
        };
        let new: Vec<NewOrder> = of_day.iter().map(|order| shop.order(order)).collect();
        let ids = sales::place(&mut Act::new(conn, Who::BACKFILL.at(evening)), &new)?;
        for warehouse in [shop.warehouses.main, shop.warehouses.shop] {
            let here: Vec<OrderId> = ids
                .iter()
                .zip(&of_day)
                .filter(|(_, order)| shop.warehouses.of(order) == warehouse)
                .map(|(id, _)| *id)
                .collect();
            ship(conn, shop, &here, warehouse, evening + TimeDelta::hours(20))?;
        }
    }
    Ok(())
}

fn ship(
    conn: &mut PgConnection,
    shop: &Shop,
    orders: &[OrderId],
    warehouse: WarehouseId,
    at: DateTime<Utc>,
) -> Result<()> {
    let at = at.min(shop.now - TimeDelta::minutes(30));
    let packer = Who::from(shop.people.packer);
    let batch = preparation::prepare_all(&mut Act::new(conn, packer.at(at)), orders, warehouse)?;
    let left = at + TimeDelta::minutes(25);
    for parcel in floor::scan_out(conn, packer, batch.begun, at)? {
        let departure = Departure {
            carrier: floor::CARRIER.to_owned(),
            tracking_number: floor::tracking(parcel),
        };
        preparation::ship(&mut Act::new(conn, packer.at(left)), parcel, &departure)?;
    }
    Ok(())
}

/// The orders of the last days come in, hour by hour; a few are put on hold.
pub fn place_open_orders(conn: &mut PgConnection, file: &File, shop: &Shop) -> Result<()> {
    let open: Vec<&ReadOrder> = file.open().collect();
    for of_hour in open.chunk_by(|one, next| hour(one) == hour(next)) {
        let new: Vec<NewOrder> = of_hour.iter().map(|order| shop.order(order)).collect();
        let Some(at) = of_hour.iter().map(|order| order.placed_at).max() else {
            continue;
        };
        let ids = sales::place(&mut Act::new(conn, Who::BACKFILL.at(at)), &new)?;
        for (id, _) in ids
            .iter()
            .zip(of_hour)
            .filter(|(_, order)| mark(&order.number) % 41 == 7)
        {
            let reason = "Address to be confirmed by the customer";
            let packer = Who::from(shop.people.packer).at(at);
            sales::hold(&mut Act::new(conn, packer), *id, reason)?;
        }
    }
    Ok(())
}

fn hour(order: &ReadOrder) -> i64 {
    order.placed_at.timestamp() / 3_600
}

/// What the crew did this morning: some parcels left, two are on the table, and a batch is being picked.
pub fn work_today(conn: &mut PgConnection, shop: &Shop) -> Result<()> {
    let warehouse = shop.warehouses.main;
    let ready: Vec<OrderId> = consignments::table
        .filter(consignments::warehouse_id.eq(warehouse))
        .filter(consignments::state.eq("reserved"))
        .order((
            consignments::priority_rank,
            consignments::placed_at,
            consignments::order_id,
        ))
        .select(consignments::order_id)
        .limit(17)
        .load(conn)?;
    let (left, under_way) = ready.split_at(ready.len().min(8));
    let (on_the_table, walked) = under_way.split_at(under_way.len().min(3));
    ship(
        conn,
        shop,
        left,
        warehouse,
        shop.now - TimeDelta::minutes(90),
    )?;

    let begun = shop.now - TimeDelta::minutes(12);
    let packer = Who::from(shop.people.packer);
    let act = &mut Act::new(conn, packer.at(begun));
    let batch = preparation::prepare_all(act, on_the_table, warehouse)?;
    if let Some(last) = batch.begun.last() {
        let short: OrderLineId = shipment_lines::table
            .filter(shipment_lines::shipment_id.eq(last))
            .order(shipment_lines::id)
            .select(shipment_lines::order_line_id)
            .first(conn)?;
        let act = &mut Act::new(conn, packer.at(begun));
        let one = Quantity::new(1);
        preparation::report_line_short(act, (*last, short), one, ShortReason::NotFound)?;
    }
    if let Some(first) = batch.begun.first() {
        let picked = begun + TimeDelta::minutes(4);
        preparation::mark_picked(&mut Act::new(conn, packer.at(picked)), *first)?;
    }
    let walking = packer.at(shop.now - TimeDelta::minutes(9));
    floor::walk_now(&mut Act::new(conn, walking), walked, warehouse)
}
