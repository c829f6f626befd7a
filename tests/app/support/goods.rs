//! Makes what is sold and bought, and lets it lie, be ordered and be on its way.

use backfill::catalog::{
    self, LinkInput, Product, ProductInput, Supplier, SupplierInput, SupplierProduct, Warehouse,
};
use backfill::inventory::{self, KitEdit, NewTransfer, NewTransferLine, Part, Sending, Transfer};
use backfill::purchasing::{self, NewPurchaseOrder, PurchaseOrder};
use backfill::sales::{self, CustomerInput, NewLine, NewOrder};
use backfill::stock::{self, Cause, CauseKind, Place, Priority, ShippingPolicy};
use backfill::types::{
    CustomerId, EmailList, Money, OrderId, ProductId, Quantity, Sku, WarehouseId,
};
use chrono::{TimeDelta, Utc};

use super::app::Shop;
use super::counting::{counted, find};

impl Shop {
    /// A product that costs 10.00.
    pub fn new_product(&self, sku: &str) -> Product {
        let input = ProductInput {
            sku: Sku::parse(sku).expect("a SKU"),
            name: format!("Product {sku}"),
            price: money("10"),
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        };
        self.write(|conn| Ok(catalog::add_product(conn, &input)?))
    }

    /// So many products `P-001`, `P-002` and so on.
    pub fn new_products(&self, count: usize) -> Vec<ProductId> {
        let inputs = (1..=count).map(|at| ProductInput {
            sku: Sku::parse(&format!("P-{at:03}")).expect("a SKU"),
            name: format!("Product {at}"),
            price: money("10"),
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        });
        let inputs: Vec<ProductInput> = inputs.collect();
        self.write(|act| Ok(catalog::add_products(act, &inputs)?))
    }

    /// A product that is packed of so many units of others.
    pub fn new_kit(&self, sku: &str, parts: &[(&Product, u32)]) -> Product {
        let product = self.new_product(sku);
        let parts = parts.iter().map(|(part, units)| Part {
            product: part.id,
            quantity: Quantity::new(*units),
        });
        let edit = KitEdit {
            kit: product.id,
            seen: String::new(),
            parts: parts.collect(),
        };
        self.write(|act| Ok(inventory::set_parts(act, std::slice::from_ref(&edit))?));
        self.read(|conn| Ok(catalog::product(conn, product.id)?))
    }

    /// A supplier that delivers within seven days and can be written to.
    pub fn new_supplier(&self, code: &str) -> Supplier {
        let emails = format!("orders@{}.example", code.to_lowercase());
        let input = SupplierInput {
            code: code.into(),
            name: format!("Supplier {code}"),
            contact_name: String::new(),
            emails: EmailList::parse(&emails).expect("an address"),
            phone: String::new(),
            address: String::new(),
            language: catalog::Language::English,
            currency: "EUR".into(),
            lead_time_days: 7,
            minimum_order: Money::ZERO,
            carriage_free_from: None,
            note: String::new(),
        };
        self.write(|conn| Ok(catalog::add_supplier(conn, &input)?))
    }

    /// Lets the product be bought there, for 4.00 a unit; its first supplier is the primary one.
    pub fn buys_at(&self, product: &Product, supplier: &Supplier) -> SupplierProduct {
        let terms = LinkInput {
            supplier_sku: String::new(),
            price: money("4"),
            minimum_quantity: Quantity::new(1),
            pack_size: Quantity::new(1),
            lead_time_days: None,
        };
        self.write(|conn| {
            Ok(catalog::link_supplier(
                conn,
                product.id,
                supplier.id,
                &terms,
            )?)
        })
    }

    /// The warehouse a new Backfill has.
    pub fn primary_warehouse(&self) -> Warehouse {
        self.read(|conn| Ok(catalog::primary_warehouse(conn)?))
    }

    /// Finds units of a product on a shelf of the primary warehouse.
    pub fn has(&self, product: &Product, units: i32) {
        self.has_in(self.primary_warehouse().id, product, units);
    }

    /// Finds units of a product on a shelf.
    pub fn has_in(&self, warehouse: WarehouseId, product: &Product, units: i32) {
        let place = Place::new(warehouse, product.id);
        self.write(|act| find(act, place, units));
    }

    /// Finds as many units of each of many products on a shelf.
    pub fn has_of_each(&self, warehouse: WarehouseId, products: &[ProductId], units: i32) {
        let found = products
            .iter()
            .map(|product| counted(Place::new(warehouse, *product), units));
        let found: Vec<_> = found.collect();
        let cause = Cause::of(CauseKind::Adjustment);
        self.write(|act| Ok(stock::change(act, &cause, &found).map(|_| ())?));
    }

    /// A customer.
    pub fn new_customer(&self, code: &str) -> CustomerId {
        let input = CustomerInput {
            code: code.into(),
            name: format!("Customer {code}"),
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            country: String::new(),
            priority: Priority::Normal,
            shipping_policy: ShippingPolicy::PartialAllowed,
            note: String::new(),
        };
        self.write(|conn| Ok(sales::add_customer(conn, &input)?.id))
    }

    /// Somebody orders units of a product, from the primary warehouse, under this number.
    pub fn sells(&self, number: &str, product: &Product, units: u32) -> OrderId {
        let order = self.asked_for(number, product, units);
        self.write(|act| Ok(sales::place(act, std::slice::from_ref(&order))?[0]))
    }

    /// What they ask for, before it is placed.
    pub fn asked_for(&self, number: &str, product: &Product, units: u32) -> NewOrder {
        NewOrder {
            number: Some(number.into()),
            channel: "manual".into(),
            external_reference: String::new(),
            customer: self.new_customer(number),
            ship_to: String::new(),
            country: String::new(),
            email: String::new(),
            currency: "EUR".into(),
            placed_at: Utc::now() - TimeDelta::hours(1),
            priority: Priority::Normal,
            required_by: None,
            shipping_policy: ShippingPolicy::PartialAllowed,
            shipping_method: String::new(),
            note: String::new(),
            lines: vec![NewLine {
                product: product.id,
                warehouse: Some(self.primary_warehouse().id),
                ordered: Quantity::new(units),
                unit_price: product.price,
            }],
        }
    }

    /// A draft of a purchase order for the primary warehouse.
    pub fn drafts(&self, supplier: &Supplier, product: &Product, units: u32) -> PurchaseOrder {
        let new = NewPurchaseOrder {
            supplier: supplier.id,
            warehouse: self.primary_warehouse().id,
            expected_on: None,
            supplier_comment: String::new(),
            lines: vec![purchasing::NewLine {
                product: product.id,
                quantity: Quantity::new(units),
            }],
        };
        self.write(|conn| Ok(purchasing::draft(conn, &new)?))
    }

    /// A draft of a transfer from one warehouse to another.
    pub fn drafts_transfer(
        &self,
        [from, to]: [WarehouseId; 2],
        lines: &[(ProductId, u32)],
    ) -> Transfer {
        let lines = lines.iter().map(|(product, units)| NewTransferLine {
            product: *product,
            quantity: Quantity::new(*units),
        });
        let new = NewTransfer::of(from, to, lines.collect());
        self.write(|act| Ok(inventory::draft_transfer(act, &new)?))
    }

    /// One whose goods left, expected on the next day.
    pub fn sends_transfer(&self, way: [WarehouseId; 2], lines: &[(ProductId, u32)]) -> Transfer {
        let draft = self.drafts_transfer(way, lines);
        self.write(|act| Ok(inventory::send_transfer(act, draft.id, &Sending::FREE)?))
    }
}

pub fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}
