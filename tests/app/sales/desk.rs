//! The sales desk: a shop with one warehouse, products, customers and orders.

use std::collections::BTreeSet;

use backfill::catalog::{self, ProductInput};
use backfill::db::{Act, Who};
use backfill::error::Result;
use backfill::preparation::{self, Departure};
use backfill::sales::{
    self, CustomerInput, EditedLine, NewLine, NewOrder, Order, OrderInput, OrderLine,
};
use backfill::schema::{consignments, customers, products};
use backfill::stock::{LineLook, Place, Priority, ShippingPolicy};
use backfill::types::{
    CustomerId, Money, OrderId, OrderLineId, ProductId, Quantity, ShipmentId, Sku, WarehouseId,
};
use backfill::web::Role;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::counting::count;
use crate::support::looks::looks_of;

/// A shop seen from the sales desk.
pub struct Desk {
    pub shop: Shop,
    pub main: WarehouseId,
}

pub fn units(units: u32) -> Quantity {
    Quantity::new(units)
}

/// Noon of 1 December 2026, and so many minutes.
pub fn minute(minutes: i64) -> DateTime<Utc> {
    let noon: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().expect("an instant");
    noon + TimeDelta::minutes(minutes)
}

impl Desk {
    pub async fn open() -> Desk {
        let shop = Shop::open().await;
        let main = shop.warehouse("MAIN");
        Desk { shop, main }
    }

    /// A product at 10.00, made unless it is there.
    pub fn product(&self, sku: &str) -> ProductId {
        let known = self.shop.read(|conn| {
            let of_sku = products::table.filter(products::sku.eq(sku));
            Ok(of_sku.select(products::id).first(conn).optional()?)
        });
        known.unwrap_or_else(|| {
            let input = ProductInput {
                sku: Sku::parse(sku).expect("a SKU"),
                name: format!("Product {sku}"),
                price: Money::parse("10").expect("a price"),
                barcodes: Vec::new(),
                weight_grams: 0,
                note: String::new(),
            };
            self.shop
                .write(|conn| Ok(catalog::add_product(conn, &input)?.id))
        })
    }

    /// A customer of the normal class, made unless it is there.
    pub fn customer(&self, name: &str) -> CustomerId {
        let known = self.shop.read(|conn| {
            let called = customers::table.filter(customers::name.eq(name));
            Ok(called.select(customers::id).first(conn).optional()?)
        });
        known.unwrap_or_else(|| {
            let input = CustomerInput {
                code: name.to_uppercase().replace(' ', "-"),
                name: name.into(),
                email: String::new(),
                phone: String::new(),
                address: "1 Mill Lane\nLeeds".into(),
                country: "UK".into(),
                priority: Priority::Normal,
                shipping_policy: ShippingPolicy::PartialAllowed,
                note: String::new(),
            };
            self.shop
                .write(|conn| Ok(sales::add_customer(conn, &input)?.id))
        })
    }

    /// An order of these lines, each a SKU and how many, placed `at` minutes after noon.
    pub fn new_order(&self, number: &str, lines: &[(&str, u32)], at: i64) -> NewOrder {
        NewOrder {
            number: Some(number.into()),
            channel: "web".into(),
            external_reference: String::new(),
            customer: self.customer("Ada Lovelace"),
            ship_to: "1 Mill Lane\nLeeds".into(),
            country: "UK".into(),
            email: String::new(),
            currency: "EUR".into(),
            placed_at: minute(at),
            priority: Priority::Normal,
            required_by: None,
            shipping_policy: ShippingPolicy::PartialAllowed,
            shipping_method: String::new(),
            note: String::new(),
            lines: lines
                .iter()
                .map(|(sku, quantity)| NewLine {
                    product: self.product(sku),
                    warehouse: Some(self.main),
                    ordered: units(*quantity),
                    unit_price: Money::parse("10").expect("a price"),
                })
                .collect(),
        }
    }

    pub fn place(&self, order: &NewOrder) -> OrderId {
        let placed = self.place_all(std::slice::from_ref(order));
        placed.expect("it can be placed")[0]
    }

    pub fn place_all(&self, orders: &[NewOrder]) -> Result<Vec<OrderId>> {
        let at = orders.first().map_or(minute(0), |order| order.placed_at);
        let at = Who::BACKFILL.at(at);
        let db = self.shop.db();
        db.write_now(at, |act| Ok(sales::place(act, orders)?))
    }

    /// Places an order of these lines, each a SKU and how many.
    pub fn order(&self, number: &str, lines: &[(&str, u32)], at: i64) -> OrderId {
        self.place(&self.new_order(number, lines, at))
    }

    /// So many more units of a product lie in the warehouse; fewer if negative.
    pub fn stock(&self, sku: &str, change: i32) {
        let place = Place::new(self.main, self.product(sku));
        let at = Who::BACKFILL.at(minute(60));
        self.shop.write_as(at, |act| count(act, place, change));
    }

    /// Somebody begins to prepare an order.
    pub fn take(&self, order: OrderId) -> ShipmentId {
        let by = self.shop.person(Role::User).id;
        self.shop.write_as(Who::from(by).at(minute(70)), |act| {
            Ok(preparation::prepare(act, order, self.main)?)
        })
    }

    /// What is reserved for an order leaves in a parcel.
    pub fn ship(&self, order: OrderId) {
        let by = self.shop.person(Role::User).id;
        let parcel = self.take(order);
        self.shop.write_as(Who::from(by).at(minute(73)), |act| {
            preparation::ship(act, parcel, &Departure::default())?;
            Ok(())
        });
    }

    pub fn order_now(&self, order: OrderId) -> Order {
        self.shop.read(|conn| Ok(sales::order(conn, order)?))
    }

    pub fn lines(&self, order: OrderId) -> Vec<OrderLine> {
        self.shop.read(|conn| Ok(sales::lines_of(conn, order)?))
    }

    /// How the lines of an order look, by line.
    pub fn looks(&self, order: OrderId) -> Vec<LineLook> {
        let mut looks: Vec<(OrderLineId, LineLook)> =
            self.shop.read(|conn| Ok(looks_of(conn, &[order])?));
        looks.sort_by_key(|(line, _)| *line);
        looks.into_iter().map(|(_, look)| look).collect()
    }

    /// Units reserved for each line of an order.
    pub fn reserved(&self, order: OrderId) -> Vec<u32> {
        let looks = self.looks(order);
        looks.iter().map(|look| look.reserved.get()).collect()
    }

    /// The tab of order preparation an order stands in.
    pub fn tab(&self, order: OrderId) -> String {
        self.shop.read(|conn| {
            let wanted = consignments::table
                .filter(consignments::order_id.eq(order))
                .filter(consignments::warehouse_id.eq(self.main));
            Ok(wanted.select(consignments::state).first(conn)?)
        })
    }

    /// An order as it stands, to be changed and given back to `edit`.
    pub fn input(&self, order: OrderId) -> OrderInput {
        let now = self.order_now(order);
        let lines = self.lines(order);
        OrderInput {
            external_reference: now.external_reference,
            ship_to: now.ship_to,
            country: now.country,
            email: now.email,
            priority: None,
            required_by: now.required_by,
            shipping_policy: now.shipping_policy,
            shipping_method: now.shipping_method,
            note: now.note,
            lines: lines
                .iter()
                .filter(|line| !line.wanted().is_zero())
                .map(|line| EditedLine {
                    line: Some(line.id),
                    product: line.product_id,
                    warehouse: Some(line.warehouse_id),
                    wanted: line.wanted(),
                    unit_price: line.unit_price,
                })
                .collect(),
            taken_out: BTreeSet::new(),
            giving_up: Some("the customer thought better of it".into()),
        }
    }

    /// Changes what is kept of the order into `input`: a line that is not in it any more is taken out.
    pub fn try_edit(
        &self,
        order: OrderId,
        version: i32,
        input: &OrderInput,
    ) -> Result<(), sales::Error> {
        let mut input = input.clone();
        let lines_of = |input: &OrderInput| -> BTreeSet<OrderLineId> {
            input.lines.iter().filter_map(|line| line.line).collect()
        };
        input.taken_out = &lines_of(&self.input(order)) - &lines_of(&input);
        self.attempt(90, |act| sales::edit(act, order, version, &input))
    }

    /// Tries what may be refused, so many minutes after noon.
    pub fn attempt<T>(
        &self,
        at: i64,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, sales::Error>,
    ) -> Result<T, sales::Error> {
        let mut conn = self.shop.connect();
        conn.transaction(|conn| act(&mut Act::new(conn, Who::BACKFILL.at(minute(at)))))
    }

    /// Changes an order, which must succeed.
    pub fn edit(&self, order: OrderId, change: impl FnOnce(&mut OrderInput)) {
        let mut input = self.input(order);
        change(&mut input);
        let version = self.order_now(order).version;
        self.try_edit(order, version, &input)
            .expect("it can be changed");
    }

    /// A new line for an edit.
    pub fn new_line(&self, sku: &str, quantity: u32) -> EditedLine {
        EditedLine {
            line: None,
            product: self.product(sku),
            warehouse: Some(self.main),
            wanted: units(quantity),
            unit_price: Money::parse("10").expect("a price"),
        }
    }
}
