//! Order preparation: from the tab to the parcel.

mod carrier_files;
mod carriers;
pub mod floor;
mod holding;
mod kept;
mod leaving;
mod long;
mod manifests;
mod narrowed;
mod pages;
mod parcels;
mod pick_list;
mod shipping_mail;
mod tabs;
mod together;
mod two_pickers;
mod weights;

use backfill::catalog::Product;
use backfill::preparation::{self, Departure, Shipment, Tab};
use backfill::sales::{self, NewLine, NewOrder, OrderStatus};
use backfill::stock::{Priority, ShippingPolicy};
use backfill::types::{OrderId, Quantity, ShipmentId, UserId};
use backfill::web::Role;
use chrono::{DateTime, TimeDelta, Utc};

use crate::support::app::Shop;
use crate::support::html::Page;

/// An order in the making: of several products, placed some minutes after all others began.
pub struct Ordering {
    number: &'static str,
    lines: Vec<(Product, u32)>,
    policy: ShippingPolicy,
    minute: i64,
}

/// Begins one; the later the minute, the further back it stands in the queue.
pub fn order(number: &'static str, minute: i64) -> Ordering {
    Ordering {
        number,
        lines: vec![],
        policy: ShippingPolicy::PartialAllowed,
        minute,
    }
}

impl Ordering {
    pub fn line(mut self, product: &Product, units: u32) -> Ordering {
        self.lines.push((product.clone(), units));
        self
    }

    pub fn complete_only(mut self) -> Ordering {
        self.policy = ShippingPolicy::CompleteOnly;
        self
    }

    pub fn place(self, shop: &Shop) -> OrderId {
        let warehouse = shop.primary_warehouse().id;
        let order = NewOrder {
            number: Some(self.number.into()),
            channel: "manual".into(),
            external_reference: String::new(),
            customer: shop.new_customer(self.number),
            ship_to: "1 Harbour Street\nBristol".into(),
            country: "United Kingdom".into(),
            email: String::new(),
            currency: "EUR".into(),
            placed_at: opening() + TimeDelta::minutes(self.minute),
            priority: Priority::Normal,
            required_by: None,
            shipping_policy: self.policy,
            shipping_method: "DHL".into(),
            note: String::new(),
            lines: self
                .lines
                .iter()
                .map(|(product, units)| NewLine {
                    product: product.id,
                    warehouse: Some(warehouse),
                    ordered: Quantity::new(*units),
                    unit_price: product.price,
                })
                .collect(),
        };
        shop.write(|act| Ok(sales::place(act, std::slice::from_ref(&order))?[0]))
    }
}

fn opening() -> DateTime<Utc> {
    Utc::now() - TimeDelta::days(1)
}

impl Shop {
    fn picker(&self) -> UserId {
        self.person(Role::User).id
    }

    /// The tab an order stands in, as the only one of its warehouse.
    pub fn tab_counts(&self) -> Vec<(Tab, i64)> {
        let warehouse = self.primary_warehouse().id;
        let counts = self.read(|conn| Ok(preparation::counts(conn, warehouse, Utc::now())?));
        let tabs = Tab::ALL.iter().map(|tab| (*tab, counts.of(*tab)));
        tabs.filter(|(_, count)| *count > 0).collect()
    }

    pub fn prepares(&self, order: OrderId) -> ShipmentId {
        let (warehouse, picker) = (self.primary_warehouse().id, self.picker());
        self.write_as(picker, |act| {
            Ok(preparation::prepare(act, order, warehouse)?)
        })
    }

    fn ships(&self, shipment: ShipmentId) -> Shipment {
        let departure = Departure {
            carrier: "DHL".into(),
            tracking_number: format!("0034-{shipment}"),
        };
        self.write_as(self.picker(), |act| {
            Ok(preparation::ship(act, shipment, &departure)?)
        })
    }

    fn status_of(&self, order: OrderId) -> OrderStatus {
        self.read(|conn| Ok(sales::order(conn, order)?)).status
    }
}

/// Number of each order of a tab, from the head of its queue.
fn orders_in(page: &Page) -> Vec<String> {
    page.texts("tbody .row-link")
}

#[track_caller]
fn shows(page: &Page, words: &str) {
    assert!(page.says(words), "{words:?} is not in: {}", page.words());
}
