//! The buyer's desk: a shop with suppliers, products and orders that wait.

use backfill::catalog::{self, Language, LinkInput, ProductInput, SupplierInput};
use backfill::db::{Act, Paging, Who};
use backfill::purchasing::{
    self, Delivery, Figures, Need, NeedFilter, NewLine, NewPurchaseOrder, PurchaseLine,
    PurchaseOrder, Sending,
};
use backfill::sales::{self, CustomerInput, NewOrder};
use backfill::schema::purchase_order_lines;
use backfill::stock::{self, Place, Priority, ShippingPolicy};
use backfill::types::{
    EmailList, Money, OrderId, ProductId, Quantity, ReceptionId, Sku, SupplierId, UserId,
    WarehouseId,
};
use backfill::web::Role;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::counting::count;

pub const SENDER: &str = "Shop <shop@shop.example>";

pub fn units(units: u32) -> Quantity {
    Quantity::new(units)
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Noon of 1 December 2026.
pub fn noon() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().expect("an instant")
}

pub fn by_mail() -> Sending {
    Sending::Mail {
        sender: SENDER.into(),
    }
}

impl Shop {
    pub fn buyer(&self) -> UserId {
        self.person(Role::Manager).id
    }

    /// The buyer, at noon of 1 December 2026.
    pub fn at_noon(&self) -> Who {
        Who::from(self.buyer()).at(noon())
    }

    /// What comes of an act of the buyer that may be refused; then nothing is kept.
    pub fn try_at_noon<T, E: From<diesel::result::Error>>(
        &self,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let who = self.at_noon();
        let conn = &mut self.connect();
        conn.transaction(|conn| act(&mut Act::new(conn, who)))
    }

    pub fn supplier(&self, code: &str) -> SupplierId {
        self.supplier_like(code, |_| {})
    }

    pub fn supplier_like(&self, code: &str, change: impl Fn(&mut SupplierInput)) -> SupplierId {
        let mut input = SupplierInput {
            code: code.into(),
            name: format!("Supplier {code}"),
            contact_name: "Ms Weber".into(),
            emails: EmailList::parse(&format!("{code}@supplier.example")).expect("an address"),
            phone: String::new(),
            address: "1 Mill Lane\nLeeds".into(),
            language: Language::English,
            currency: "EUR".into(),
            lead_time_days: 7,
            minimum_order: Money::ZERO,
            carriage_free_from: None,
            note: String::new(),
        };
        change(&mut input);
        self.write(|conn| Ok(catalog::add_supplier(conn, &input)?.id))
    }

    /// A product that nobody supplies.
    pub fn unsupplied(&self, sku: &str) -> ProductId {
        let input = ProductInput {
            sku: Sku::parse(sku).expect("a SKU"),
            name: format!("Product {sku}"),
            price: Money::parse("10").expect("a price"),
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        };
        self.write(|conn| Ok(catalog::add_product(conn, &input)?.id))
    }

    /// A product bought for 2.50 each.
    pub fn bought(&self, sku: &str, supplier: SupplierId) -> ProductId {
        self.bought_like(sku, supplier, |_| {})
    }

    pub fn bought_like(
        &self,
        sku: &str,
        supplier: SupplierId,
        change: impl Fn(&mut LinkInput),
    ) -> ProductId {
        let product = self.unsupplied(sku);
        let mut link = LinkInput {
            supplier_sku: format!("S-{sku}"),
            price: Money::parse("2.50").expect("a price"),
            minimum_quantity: units(1),
            pack_size: units(1),
            lead_time_days: None,
        };
        change(&mut link);
        self.write(|conn| Ok(catalog::link_supplier(conn, product, supplier, &link).map(|_| ())?));
        product
    }

    /// An order of one line, placed `minute` minutes after noon.
    pub fn ordered(&self, at: Place, quantity: u32, minute: i64) -> OrderId {
        self.ordered_many(&[(at, quantity)], minute)
    }

    pub fn ordered_many(&self, lines: &[(Place, u32)], minute: i64) -> OrderId {
        let customer = CustomerInput {
            code: format!("C-{minute}"),
            name: format!("Customer {minute}"),
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            country: String::new(),
            priority: Priority::Normal,
            shipping_policy: ShippingPolicy::PartialAllowed,
            note: String::new(),
        };
        self.write(|conn| {
            let order = NewOrder {
                number: None,
                channel: "manual".into(),
                external_reference: String::new(),
                customer: sales::add_customer(conn, &customer)?.id,
                ship_to: String::new(),
                country: String::new(),
                email: String::new(),
                currency: "EUR".into(),
                placed_at: noon() + TimeDelta::minutes(minute),
                priority: Priority::Normal,
                required_by: None,
                shipping_policy: ShippingPolicy::PartialAllowed,
                shipping_method: String::new(),
                note: String::new(),
                lines: lines
                    .iter()
                    .map(|(at, quantity)| sales::NewLine {
                        product: at.product,
                        warehouse: Some(at.warehouse),
                        ordered: units(*quantity),
                        unit_price: Money::ZERO,
                    })
                    .collect(),
            };
            Ok(sales::place(&mut conn.of(Who::BACKFILL.at(noon())), &[order])?[0])
        })
    }

    pub fn on_shelf(&self, at: Place, quantity: i32) {
        self.write_as(Who::BACKFILL.at(noon()), |act| count(act, at, quantity));
    }

    pub fn draft(
        &self,
        supplier: SupplierId,
        warehouse: WarehouseId,
        lines: &[(ProductId, u32)],
    ) -> PurchaseOrder {
        let new = NewPurchaseOrder {
            supplier,
            warehouse,
            expected_on: None,
            supplier_comment: String::new(),
            lines: lines
                .iter()
                .map(|(product, quantity)| NewLine {
                    product: *product,
                    quantity: units(*quantity),
                })
                .collect(),
        };
        self.write_as(self.at_noon(), |act| Ok(purchasing::draft(act, &new)?))
    }

    pub fn send(&self, order: &PurchaseOrder) -> PurchaseOrder {
        self.write_as(self.at_noon(), |act| {
            Ok(purchasing::send(act, order.id, &by_mail())?)
        })
    }

    pub fn sent(
        &self,
        supplier: SupplierId,
        warehouse: WarehouseId,
        lines: &[(ProductId, u32)],
    ) -> PurchaseOrder {
        self.send(&self.draft(supplier, warehouse, lines))
    }

    pub fn lines(&self, order: &PurchaseOrder) -> Vec<PurchaseLine> {
        self.read(|conn| {
            Ok(PurchaseLine::query()
                .filter(purchase_order_lines::purchase_order_id.eq(order.id))
                .order(purchase_order_lines::line_number)
                .load(conn)?)
        })
    }

    pub fn order_now(&self, order: &PurchaseOrder) -> PurchaseOrder {
        self.read(|conn| Ok(PurchaseOrder::query().find(order.id).first(conn)?))
    }

    /// A delivery of these quantities, line by line.
    pub fn delivery(&self, order: &PurchaseOrder, quantities: &[u32]) -> Delivery {
        let lines = self.lines(order).into_iter().map(|line| line.id);
        Delivery {
            lines: lines.zip(quantities.iter().copied().map(units)).collect(),
            ..Delivery::default()
        }
    }

    pub fn received(&self, order: &PurchaseOrder, quantities: &[u32]) -> ReceptionId {
        let delivery = self.delivery(order, quantities);
        self.write_as(self.at_noon(), |act| {
            Ok(purchasing::receive(act, order.id, &delivery)?)
        })
    }

    pub fn cancelled(&self, order: &PurchaseOrder) -> PurchaseOrder {
        self.write_as(self.at_noon(), |act| {
            Ok(purchasing::cancel(act, order.id, "out of print")?)
        })
    }

    pub fn needs(&self, filter: &NeedFilter) -> Vec<Need> {
        let buyer = self.buyer();
        self.read(|conn| Ok(purchasing::needs(conn, buyer, filter, &Paging::default())?.rows))
    }

    /// The one need there is.
    #[track_caller]
    pub fn need(&self) -> (Figures, Quantity) {
        let needs = self.needs(&NeedFilter::default());
        assert_eq!(needs.len(), 1, "{needs:#?}");
        (needs[0].figures(), needs[0].figures().drafted)
    }

    /// Reserved units of the lines in the queue of a place.
    pub fn reserved(&self, at: Place) -> Vec<u32> {
        let queue = self.read(|conn| Ok(stock::claimants(conn, at, 100)?));
        queue.iter().map(|line| line.reserved.get()).collect()
    }

    pub fn on_hand(&self, at: Place) -> u32 {
        use backfill::schema::levels;
        let units: Quantity = self.read(|conn| {
            Ok(levels::table
                .find((at.warehouse, at.product))
                .select(levels::on_hand)
                .first(conn)?)
        });
        units.get()
    }
}
