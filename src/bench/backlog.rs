//! A shop in which everything waits: orders of 1 to 3 lines, skewed over the products, nothing in stock,
//! and one purchase order of a part of what each product lacks.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::random::{Random, Zipf};
use crate::catalog::{self, ProductInput};
use crate::db::{Act, Who};
use crate::error::{Error, Result};
use crate::inventory::{self, KitEdit, Part};
use crate::purchasing::{self, Delivery, NewPurchaseOrder, Sending};
use crate::sales::{self, CustomerInput, NewLine, NewOrder};
use crate::schema::{demand, purchase_order_lines, suppliers, warehouses};
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{
    CustomerId, Money, ProductId, PurchaseOrderId, Quantity, Sku, SupplierId, WarehouseId,
};

/// Orders placed by one transaction.
pub const AT_ONCE: usize = 2_000;

/// The code and the name of the warehouse and of the supplier.
const CALLED: (&str, &str) = ("BENCH", "Bench");

/// What waits, and what is about to arrive.
pub struct Backlog {
    pub warehouse: WarehouseId,
    /// The name of one customer.
    pub customer: String,
    /// An order like the others, after all of them.
    pub like: NewOrder,
    pub arriving: Vec<(PurchaseOrderId, Delivery)>,
}

/// What is bought: so many tenths of what each product lacks, of so many products at a time.
pub struct Purchase {
    pub tenths: i64,
    pub products: usize,
}

/// How many orders wait, and how many lines of a hundred ask for a kit of 2 to 4 products.
#[derive(Clone, Copy)]
pub struct Waiting {
    pub orders: usize,
    pub kits: u64,
}

struct Shop {
    warehouse: WarehouseId,
    supplier: SupplierId,
    customers: Vec<CustomerId>,
    products: Vec<ProductId>,
    kits: Vec<ProductId>,
    /// Lines of a hundred that ask for one.
    kits_wanted: u64,
}

/// Fills an empty, migrated database.
pub fn fill(
    conn: &mut PgConnection,
    Waiting { orders, kits }: Waiting,
    purchase: &Purchase,
    tell: &mut dyn FnMut(&str),
) -> Result<Backlog> {
    let opened: DateTime<Utc> = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let mut shop = open(conn, (orders / 20).max(50), (orders / 10).max(1))?;
    shop.kits_wanted = kits;
    if kits > 0 {
        shop.kits = pack(conn, &shop.products)?;
    }
    let (zipf, mut random) = (Zipf::over(shop.products.len()), Random::new(1));
    for first in (0..orders).step_by(AT_ONCE) {
        let part: Vec<NewOrder> = (first..orders.min(first + AT_ONCE))
            .map(|at| {
                let later = TimeDelta::seconds(i64::try_from(at).unwrap_or(i64::MAX));
                order(&shop, &zipf, &mut random, opened + later)
            })
            .collect();
        conn.transaction::<_, Error, _>(|conn| {
            let act = &mut Act::new(conn, Who::BACKFILL.at(opened));
            Ok(sales::place(act, &part)?)
        })?;
        if (first / AT_ONCE).is_multiple_of(20) {
            tell(&format!("{first} of {orders} orders placed"));
        }
    }
    diesel::sql_query("vacuum analyze").execute(conn)?;
    tell("all orders placed");
    let later = TimeDelta::seconds(i64::try_from(orders).unwrap_or(i64::MAX));
    let like = order(&shop, &zipf, &mut random, opened + later);
    let mut arriving = Vec::new();
    for lines in lacking(conn, purchase.tenths)?.chunks(purchase.products) {
        let lines = lines.to_vec();
        arriving.push(
            conn.transaction(|conn| buy(conn, shop.supplier, shop.warehouse, lines, opened))?,
        );
    }
    Ok(Backlog {
        warehouse: shop.warehouse,
        customer: name(shop.customers.len() / 2),
        like,
        arriving,
    })
}

fn open(conn: &mut PgConnection, products: usize, customers: usize) -> Result<Shop> {
    Ok(Shop {
        products: self::products(conn, "P", products)?,
        warehouse: diesel::insert_into(warehouses::table)
            .values((warehouses::code.eq(CALLED.0), warehouses::name.eq(CALLED.1)))
            .returning(warehouses::id)
            .get_result(conn)?,
        supplier: supplier(conn)?,
        customers: open_accounts(conn, customers)?,
        kits: Vec::new(),
        kits_wanted: 0,
    })
}

/// A kit for every ten products: of 2 to 4 of them, one or two of each.
fn pack(conn: &mut PgConnection, products: &[ProductId]) -> Result<Vec<ProductId>> {
    let (zipf, mut random) = (Zipf::over(products.len()), Random::new(2));
    let kits = self::products(conn, "K", products.len() / 10)?;
    let edits: Vec<KitEdit> = kits
        .iter()
        .map(|kit| {
            let wanted = 2 + usize::try_from(random.below(3)).unwrap_or(0);
            let mut parts: BTreeSet<ProductId> = BTreeSet::new();
            while parts.len() < wanted {
                parts.insert(products[zipf.draw(&mut random)]);
            }
            let parts = parts.into_iter().map(|product| Part {
                product,
                quantity: Quantity::new(1 + u32::try_from(random.below(2)).unwrap_or(0)),
            });
            KitEdit {
                kit: *kit,
                seen: String::new(),
                parts: parts.collect(),
            }
        })
        .collect();
    conn.transaction::<_, Error, _>(|conn| {
        let act = &mut Act::new(conn, Who::BACKFILL);
        Ok(inventory::set_parts(act, &edits)?)
    })?;
    Ok(kits)
}

/// Products called `P0`, `P1` and so on, by the letter.
pub fn products(conn: &mut PgConnection, letter: &str, many: usize) -> Result<Vec<ProductId>> {
    let inputs = (0..many).map(|at| {
        Ok(ProductInput {
            sku: Sku::parse(&format!("{letter}{at}")).map_err(Error::Failure)?,
            name: format!("Product {at}"),
            price: Money::ZERO,
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        })
    });
    let inputs = inputs.collect::<Result<Vec<_>>>()?;
    let mut ids = Vec::with_capacity(many);
    for part in inputs.chunks(5_000) {
        let act = &mut Act::new(conn, Who::BACKFILL);
        ids.extend(catalog::add_products(act, part)?);
    }
    Ok(ids)
}

/// The one from whom everything is bought.
pub fn supplier(conn: &mut PgConnection) -> QueryResult<SupplierId> {
    diesel::insert_into(suppliers::table)
        .values((
            suppliers::code.eq(CALLED.0),
            suppliers::name.eq(CALLED.1),
            suppliers::currency.eq("EUR"),
        ))
        .returning(suppliers::id)
        .get_result(conn)
}

fn name(customer: usize) -> String {
    format!("Customer {customer}")
}

/// So many customers.
pub fn open_accounts(conn: &mut PgConnection, many: usize) -> Result<Vec<CustomerId>> {
    let inputs: Vec<CustomerInput> = (0..many)
        .map(|at| CustomerInput {
            code: format!("C{at}"),
            name: name(at),
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            country: String::new(),
            priority: Priority::Normal,
            shipping_policy: ShippingPolicy::PartialAllowed,
            note: String::new(),
        })
        .collect();
    let mut ids = Vec::with_capacity(many);
    for part in inputs.chunks(5_000) {
        let act = &mut Act::new(conn, Who::BACKFILL);
        ids.extend(sales::add_customers(act, "bench", part)?);
    }
    Ok(ids)
}

fn order(shop: &Shop, zipf: &Zipf, random: &mut Random, placed_at: DateTime<Utc>) -> NewOrder {
    let lines = 1 + random.below(3);
    let customer = shop.customers[random.below(shop.customers.len() as u64) as usize];
    let lines = (0..lines).map(|_| NewLine {
        product: match random.below(100) < shop.kits_wanted {
            true => shop.kits[zipf.draw(random) % shop.kits.len()],
            false => shop.products[zipf.draw(random)],
        },
        warehouse: Some(shop.warehouse),
        ordered: Quantity::new(1 + u32::try_from(random.below(5)).unwrap_or(0)),
        unit_price: Money::ZERO,
    });
    order_of(customer, lines.collect(), placed_at)
}

/// An order that wants nothing special.
pub fn order_of(customer: CustomerId, lines: Vec<NewLine>, placed_at: DateTime<Utc>) -> NewOrder {
    NewOrder {
        number: None,
        channel: "bench".into(),
        external_reference: String::new(),
        customer,
        ship_to: String::new(),
        country: String::new(),
        email: String::new(),
        currency: "EUR".into(),
        placed_at,
        priority: Priority::Normal,
        required_by: None,
        shipping_policy: ShippingPolicy::PartialAllowed,
        shipping_method: String::new(),
        note: String::new(),
        lines,
    }
}

fn lacking(conn: &mut PgConnection, tenths: i64) -> Result<Vec<purchasing::NewLine>> {
    let lacking: Vec<(ProductId, Option<i64>)> = demand::table
        .group_by(demand::product_id)
        .order(demand::product_id)
        .select((demand::product_id, diesel::dsl::sum(demand::to_ship)))
        .load(conn)?;
    let lines = lacking.into_iter().map(|(product, units)| {
        let units = u32::try_from(units.unwrap_or(0) * tenths / 10).unwrap_or(u32::MAX);
        purchasing::NewLine {
            product,
            quantity: Quantity::new(units.max(1)),
        }
    });
    Ok(lines.collect())
}

/// A purchase order that is sent, and the delivery that brings all of it.
pub fn buy(
    conn: &mut PgConnection,
    supplier: SupplierId,
    warehouse: WarehouseId,
    lines: Vec<purchasing::NewLine>,
    at: DateTime<Utc>,
) -> Result<(PurchaseOrderId, Delivery)> {
    let new = NewPurchaseOrder::of(supplier, warehouse, lines);
    let act = &mut Act::new(conn, Who::BACKFILL.at(at));
    let purchase = purchasing::draft(act, &new)?.id;
    purchasing::send(act, purchase, &Sending::WithoutMail)?;
    let lines = purchase_order_lines::table
        .filter(purchase_order_lines::purchase_order_id.eq(purchase))
        .select((purchase_order_lines::id, purchase_order_lines::ordered))
        .load(conn)?;
    let delivery = Delivery {
        lines,
        ..Delivery::default()
    };
    Ok((purchase, delivery))
}
