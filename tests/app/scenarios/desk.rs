//! What people at work do, in one call each, from as many threads as there are people.

use backfill::catalog::{self, AllocationPolicy, Language, LinkInput, ProductInput, SupplierInput};
use backfill::db::{Act, Db, Once, Who};
use backfill::error::Result;
use backfill::inventory::{self, KitEdit, Part};
use backfill::preparation::{self, Departure, Parcels, Prepared, ShortReason, Tab, TabCounts};
use backfill::purchasing::{self, Delivery, NewPurchaseOrder, PurchaseLine, Reversing, Sending};
use backfill::returns::{self, ReturnReason};
use backfill::sales::{self, CustomerInput, NewOrder, OrderLine};
use backfill::schema::{consignments, levels, purchase_order_lines, warehouses};
use backfill::stock::{
    self, Cause, CauseKind, HandMove, Happening, Pinning, Place, Priority, ShippingPolicy,
};
use backfill::types::{
    CustomerId, EmailList, Money, OrderId, ProductId, PurchaseOrderId, Quantity, ReceptionId,
    RequestKey, ReturnId, ShipmentId, Sku, SupplierId, UserId, WarehouseId,
};
use backfill::web::Role;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::support::app::Shop;
use crate::support::counting::count;
use crate::support::looks::looks_of;

/// The desk of a shop with one warehouse, one supplier and one customer.
#[derive(Clone)]
pub struct Desk {
    db: Db,
    main: WarehouseId,
    supplier: SupplierId,
    customer: CustomerId,
    person: UserId,
}

impl Desk {
    pub fn of(shop: &Shop) -> Desk {
        Desk {
            db: shop.db().clone(),
            main: shop.warehouse("MAIN"),
            supplier: shop.write(|conn| Ok(catalog::add_supplier(conn, &supplier())?.id)),
            customer: shop.write(|conn| Ok(sales::add_customer(conn, &customer())?.id)),
            person: shop.person(Role::Manager).id,
        }
    }

    /// The one warehouse.
    pub const fn main(&self) -> WarehouseId {
        self.main
    }

    /// A product that the supplier delivers.
    pub fn product(&self, sku: &str) -> ProductId {
        let input = ProductInput {
            sku: Sku::parse(sku).expect("a SKU"),
            name: format!("Product {sku}"),
            price: Money::parse("10").expect("a price"),
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        };
        let link = LinkInput {
            supplier_sku: format!("S-{sku}"),
            price: Money::parse("2.50").expect("a price"),
            minimum_quantity: Quantity::new(1),
            pack_size: Quantity::new(1),
            lead_time_days: None,
        };
        self.write(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL);
            let product = catalog::add_product(act, &input)?.id;
            catalog::link_supplier(act, product, self.supplier, &link)?;
            Ok(product)
        })
    }

    /// A product that is packed of others, so many each.
    pub fn kit(&self, sku: &str, parts: &[(ProductId, u32)]) -> ProductId {
        let kit = self.product(sku);
        self.packs(kit, parts);
        kit
    }

    /// The customer orders; the order stands in the queue by its minute.
    pub fn order(&self, minute: i64, lines: &[(ProductId, u32)]) -> OrderId {
        let order = NewOrder {
            number: None,
            channel: "manual".into(),
            external_reference: String::new(),
            customer: self.customer,
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
                .map(|(product, units)| sales::NewLine {
                    product: *product,
                    warehouse: Some(self.main),
                    ordered: Quantity::new(*units),
                    unit_price: Money::ZERO,
                })
                .collect(),
        };
        let noon = Who::BACKFILL.at(noon());
        let placed = self.db.write_now(noon, |act| {
            Ok(sales::place(act, std::slice::from_ref(&order))?[0])
        });
        placed.expect("it can be placed")
    }

    pub fn cancels(&self, order: OrderId) -> Result<()> {
        self.db.write_now(self.person, |act| {
            Ok(sales::cancel(act, order, "not wanted any more")?)
        })
    }

    /// A purchase order the supplier knows of.
    pub fn sent(&self, lines: &[(ProductId, u32)]) -> PurchaseOrderId {
        let draft = self.draft(lines);
        self.write_at_noon(|act| {
            let sending = Sending::WithoutMail;
            Ok(purchasing::send(act, draft, &sending)?.id)
        })
    }

    /// A purchase order that is being written.
    pub fn draft(&self, lines: &[(ProductId, u32)]) -> PurchaseOrderId {
        let new = NewPurchaseOrder {
            supplier: self.supplier,
            warehouse: self.main,
            expected_on: None,
            supplier_comment: String::new(),
            lines: lines
                .iter()
                .map(|(product, units)| purchasing::NewLine {
                    product: *product,
                    quantity: Quantity::new(*units),
                })
                .collect(),
        };
        self.write_at_noon(|act| Ok(purchasing::draft(act, &new)?.id))
    }

    /// Posts a delivery of so many units, line by line.
    pub fn receives(
        &self,
        order: PurchaseOrderId,
        key: &RequestKey,
        units: &[u32],
    ) -> Result<ReceptionId> {
        let form = vec![(RequestKey::FIELD.to_owned(), key.to_string())];
        let request = Once::of(self.person, "POST /receptions", &form.into())?;
        self.db.write_now(self.person, |act| {
            let lines: Vec<PurchaseLine> = PurchaseLine::query()
                .filter(purchase_order_lines::purchase_order_id.eq(order))
                .order(purchase_order_lines::line_number)
                .load(act.conn())?;
            let units = units.iter().copied().map(Quantity::new);
            let delivery = Delivery {
                lines: lines.iter().map(|line| line.id).zip(units).collect(),
                ..Delivery::default()
            };
            act.once(&request, |act| {
                Ok(purchasing::receive(act, order, &delivery)?)
            })
        })
    }

    /// Somebody counts, and finds so many more or fewer.
    pub fn finds(&self, product: ProductId, change: i32) {
        self.counts_off_by(product, change)
            .unwrap_or_else(|error| panic!("{error}"));
    }

    /// Somebody counts so many more or fewer, which the parcels may not allow.
    pub fn counts_off_by(&self, product: ProductId, change: i32) -> Result<()> {
        let place = Place::new(self.main, product);
        self.db.write_now(self.person, |act| {
            count(act, place, change)?;
            Ok(())
        })
    }

    /// Takes the goods of a reception back out.
    pub fn reverses(&self, reception: ReceptionId) -> Result<()> {
        self.db.write_now(self.person, |act| {
            purchasing::reverse(act, reception, &Reversing::because("not ours"))?;
            Ok(())
        })
    }

    /// Moves reserved units from the first line of an order to the first of another.
    pub fn moves(&self, from: OrderId, to: OrderId, units: u32) -> Result<()> {
        let wanted = HandMove {
            from: self.lines(from)[0].id,
            to: Some(self.lines(to)[0].id),
            quantity: Quantity::new(units),
        };
        self.db.write_now(self.person, |act| {
            stock::move_units(act, wanted, "a wedding")?;
            Ok(())
        })
    }

    /// The customer does not want a line any more.
    pub fn cancels_line(&self, order: OrderId, at: usize) -> Result<()> {
        let line = &self.lines(order)[at];
        let (line, units) = (line.id, line.to_ship());
        self.db.write_now(self.person, |act| {
            let reason = "not wanted any more";
            Ok(sales::cancel_line(act, order, line, units, reason)?)
        })
    }

    pub fn prepares(&self, order: OrderId) -> Result<ShipmentId> {
        self.db.write_now(self.person, |act| {
            Ok(preparation::prepare(act, order, self.main)?)
        })
    }

    pub fn prepares_all(&self, orders: &[OrderId]) -> Result<Prepared> {
        self.db.write_now(self.person, |act| {
            Ok(preparation::prepare_all(act, orders, self.main)?)
        })
    }

    pub fn ships(&self, parcel: ShipmentId) -> Result<()> {
        let departure = Departure::default();
        self.db.write_now(self.person, |act| {
            preparation::ship(act, parcel, &departure)?;
            Ok(())
        })
    }

    pub fn gives_back(&self, parcel: ShipmentId) -> Result<()> {
        self.db.write_now(self.person, |act| {
            preparation::give_back(act, parcel)?;
            Ok(())
        })
    }

    pub fn holds(&self, order: OrderId, parcels: Parcels) -> Result<()> {
        self.db.write_now(self.person, |act| {
            let reason = "waits for its money";
            Ok(preparation::hold(act, order, Some(parcels), reason)?)
        })
    }

    pub fn releases(&self, order: OrderId) -> Result<()> {
        self.db
            .write_now(self.person, |act| Ok(sales::release(act, order)?))
    }

    /// The picker of a parcel finds fewer units of a line than should lie there.
    pub fn finds_short(&self, parcel: ShipmentId, order: OrderId, at: usize) -> Result<()> {
        let line = self.lines(order)[at].id;
        self.db.write_now(self.person, |act| {
            preparation::report_line_short(
                act,
                (parcel, line),
                Quantity::new(1),
                ShortReason::NotFound,
            )?;
            Ok(())
        })
    }

    /// Good units of a line come back from the customer.
    pub fn returns(&self, order: OrderId, at: usize, units: u32) -> Result<()> {
        let found = returns::Back {
            line: self.lines(order)[at].id,
            good: Quantity::new(units),
            damaged: Quantity::ZERO,
            missing: Quantity::ZERO,
            reason: ReturnReason::ChangedMind,
            bin: String::new(),
        };
        self.returned(order, vec![found]).map(|_| ())
    }

    /// A parcel with this comes back of an order.
    pub fn returned(&self, order: OrderId, lines: Vec<returns::Back>) -> Result<ReturnId> {
        let new = returns::NewReturn {
            order,
            warehouse: None,
            note: String::new(),
            lines: Vec::new(),
        };
        self.db.write_now(self.person, |act| {
            let id = returns::announce(act, &new)?.id;
            let (lines, note) = (lines.clone(), String::new());
            returns::receive(act, id, &returns::Receiving { lines, note })?;
            Ok(id)
        })
    }

    /// The sets of a line are broken.
    pub fn breaks(&self, order: OrderId, at: usize) -> Result<()> {
        let kit = self.lines(order)[at].id;
        self.db.write_now(self.person, |act| {
            Ok(sales::break_sets(
                act,
                order,
                kit,
                "the customer cannot wait",
            )?)
        })
    }

    /// Units of a line are not wanted any more.
    pub fn cancels_units(&self, order: OrderId, at: usize, units: u32) -> Result<()> {
        let line = self.lines(order)[at].id;
        let units = Quantity::new(units);
        self.db.write_now(self.person, |act| {
            Ok(sales::cancel_line(act, order, line, units, "too many")?)
        })
    }

    pub fn pins(&self, order: OrderId, at: usize) -> Result<()> {
        self.turns(order, at, Pinning::Pin)
    }

    pub fn unpins(&self, order: OrderId, at: usize) -> Result<()> {
        self.turns(order, at, Pinning::Unpin)
    }

    fn turns(&self, order: OrderId, at: usize, pinning: Pinning) -> Result<()> {
        let line = self.lines(order)[at].id;
        self.db.write_now(self.person, |act| {
            stock::pin(act, line, pinning, "a wedding")?;
            Ok(())
        })
    }

    /// Orders take stock when all of it is there, or after so many days.
    pub fn completes_orders_first(&self, collect_after_days: u32) {
        let policy = Happening::Policy {
            warehouse: self.main,
            policy: AllocationPolicy::CompleteFirst,
            collect_after_days,
        };
        self.write(|act| {
            diesel::update(warehouses::table.find(self.main))
                .set((
                    warehouses::allocation_policy.eq(AllocationPolicy::CompleteFirst),
                    warehouses::collect_after_days.eq(collect_after_days as i32),
                ))
                .execute(act.conn())?;
            stock::change(
                act,
                &Cause::of(CauseKind::Settings),
                std::slice::from_ref(&policy),
            )?;
            Ok(())
        });
    }

    /// What is packed into a kit from now on.
    pub fn packs(&self, kit: ProductId, parts: &[(ProductId, u32)]) {
        self.write(|act| {
            let before = catalog::parts_of_kits(act, &[kit])?.remove(&kit);
            let edit = KitEdit {
                kit,
                seen: inventory::mark_of_parts(&before.unwrap_or_default()),
                parts: parts
                    .iter()
                    .map(|(product, units)| Part {
                        product: *product,
                        quantity: Quantity::new(*units),
                    })
                    .collect(),
            };
            Ok(inventory::set_parts(act, &[edit])?)
        });
    }

    /// Units that left, line by line.
    pub fn shipped(&self, order: OrderId) -> Vec<u32> {
        let lines = self.lines(order);
        lines.iter().map(|line| line.shipped.get()).collect()
    }

    /// Units that are ordered and not cancelled, line by line.
    pub fn wanted(&self, order: OrderId) -> Vec<u32> {
        let lines = self.lines(order);
        lines.iter().map(|line| line.wanted().get()).collect()
    }

    /// The lines of an order.
    pub fn lines(&self, order: OrderId) -> Vec<OrderLine> {
        self.read(|conn| Ok(sales::lines_of(conn, order)?))
    }

    /// Units reserved for an order, line by line as they stand in the queue.
    pub fn reserved(&self, order: OrderId) -> Vec<u32> {
        let looks = self.read(|conn| Ok(looks_of(conn, &[order])?));
        looks.iter().map(|(_, look)| look.reserved.get()).collect()
    }

    /// The tab an order stands in.
    pub fn tab(&self, order: OrderId) -> Tab {
        let state: String = self.read(|conn| {
            Ok(consignments::table
                .filter(consignments::order_id.eq(order))
                .filter(consignments::warehouse_id.eq(self.main))
                .select(consignments::state)
                .first(conn)?)
        });
        let tab = Tab::ALL.iter().find(|tab| tab.state() == state);
        *tab.unwrap_or_else(|| panic!("no tab holds what is {state}"))
    }

    pub fn counts(&self) -> TabCounts {
        self.read(|conn| Ok(preparation::counts(conn, self.main, Utc::now())?))
    }

    pub fn on_hand(&self, product: ProductId) -> u32 {
        let units: Quantity = self.read(|conn| {
            Ok(levels::table
                .filter(levels::warehouse_id.eq(self.main))
                .filter(levels::product_id.eq(product))
                .select(levels::on_hand)
                .first(conn)?)
        });
        units.get()
    }

    fn write<T>(&self, act: impl Fn(&mut Act<'_>) -> Result<T>) -> T {
        let done = self.db.write_now(Who::BACKFILL, act);
        done.unwrap_or_else(|error| panic!("{error}"))
    }

    fn write_at_noon<T>(&self, act: impl Fn(&mut Act<'_>) -> Result<T>) -> T {
        let done = self.db.write_now(Who::BACKFILL.at(noon()), act);
        done.unwrap_or_else(|error| panic!("{error}"))
    }

    fn read<T>(&self, ask: impl FnOnce(&mut PgConnection) -> Result<T>) -> T {
        let told = self.db.read_now(ask);
        told.unwrap_or_else(|error| panic!("{error}"))
    }
}

fn noon() -> DateTime<Utc> {
    "2026-11-02T12:00:00Z".parse().expect("an instant")
}

fn supplier() -> SupplierInput {
    SupplierInput {
        code: "HART".into(),
        name: "Hartmann".into(),
        contact_name: String::new(),
        emails: EmailList::parse("orders@hartmann.example").expect("an address"),
        phone: String::new(),
        address: String::new(),
        language: Language::English,
        currency: "EUR".into(),
        lead_time_days: 7,
        minimum_order: Money::ZERO,
        carriage_free_from: None,
        note: String::new(),
    }
}

fn customer() -> CustomerInput {
    CustomerInput {
        code: "C-1".into(),
        name: "Anna Keller".into(),
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        country: String::new(),
        priority: Priority::Normal,
        shipping_policy: ShippingPolicy::PartialAllowed,
        note: String::new(),
    }
}
