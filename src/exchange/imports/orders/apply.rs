//! Places orders that were read: products and customers, part by part, then all orders at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::reading::{NewProduct, ReadOrder};
use super::source::{Orders, products_of};
use crate::catalog::{self, ProductInput};
use crate::db::Act;
use crate::exchange::Error;
use crate::sales::{self, Customer, CustomerInput, NewAmount, NewLine, NewOrder};
use crate::schema::products;
use crate::stock::{Consent, Priority, ShippingPolicy};
use crate::types::{OrderId, ProductId, Sku, WarehouseId};

/// The customer of orders that name none.
const GUEST: &str = "GUEST";

/// Where imported orders go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The warehouse that ships them; none: each line by the shipping rules.
    pub warehouse: Option<WarehouseId>,
    /// The name of the channel they come from; one nobody knows is made. Empty until a file is kept:
    /// by its name.
    pub channel: String,
}

/// Places the orders of a file that was read, all or nothing, with the products that come with them.
/// They get what stock there is in the same transaction. `currency` is that of orders that name none.
///
/// # Errors
/// [`Error::NothingToImport`], [`Error::Changed`], what sales and the catalog refuse, and
/// [`crate::stock::Error::NotAgreed`] when orders that are here would lose units that nobody agreed
/// to lose.
pub fn apply(
    act: &mut Act<'_>,
    (orders, products): (&dyn Orders, Vec<NewProduct>),
    (to, currency): (&Destination, &str),
    consent: &Consent,
) -> Result<Vec<OrderId>, Error> {
    create(act, products)?;
    let (mut placing, mut amounts) = (Vec::new(), Vec::new());
    loop {
        let part = orders.part(act, placing.len())?;
        if part.is_empty() {
            break;
        }
        for (nth, order) in (placing.len()..).zip(part.iter()) {
            amounts.extend(order.amounts.iter().map(|one| (nth, one.clone())));
        }
        placing.extend(new_orders(act, &part, (to, currency))?);
    }
    if placing.is_empty() {
        return Err(Error::NothingToImport);
    }
    let placed = sales::place_if_agreed(act, &placing, consent);
    drop(placing);
    let ids = placed.map_err(|why| match why {
        sales::Error::NumberTaken(number) => {
            Error::Changed(format!("an order {number} came in since"))
        }
        why => why.into(),
    })?;
    let amounts = amounts.into_iter().map(|(nth, one)| NewAmount {
        order: ids[nth],
        name: one.name,
        amount: one.amount,
    });
    sales::add_amounts(act, &amounts.collect::<Vec<_>>())?;
    Ok(ids)
}

/// Takes new products into the catalog, but those that are there by now.
fn create(act: &mut Act<'_>, mut new: Vec<NewProduct>) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    let skus = new.iter().map(|product| &product.sku);
    let known: Vec<Sku> = products::table
        .filter(products::sku.eq_any(skus))
        .select(products::sku)
        .load(act.conn())?;
    let known: HashSet<Sku> = known.into_iter().collect();
    new.retain(|product| !known.contains(&product.sku));
    let new: Vec<ProductInput> = new
        .into_iter()
        .map(|product| ProductInput {
            sku: product.sku,
            name: product.name,
            price: product.price,
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        })
        .collect();
    catalog::add_products(act, &new)?;
    Ok(())
}

/// Some orders, as they are placed.
fn new_orders(
    act: &mut Act<'_>,
    orders: &[ReadOrder],
    (to, currency): (&Destination, &str),
) -> Result<Vec<NewOrder>, Error> {
    let products = products_of(act, orders)?;
    let customers = customers_of(act, orders, &to.channel)?;
    let lines = orders.iter().flat_map(|order| &order.lines);
    let gone = lines
        .map(|line| &line.sku)
        .find(|sku| !products.contains_key(*sku));
    if let Some(sku) = gone {
        return Err(Error::Changed(format!("{sku} is no longer in the catalog")));
    }
    let orders = orders.iter();
    Ok(orders
        .map(|order| new_order(order, to, currency, &products, &customers))
        .collect())
}

/// Every customer of some orders by code, or by the address it goes by; the new ones created.
fn customers_of(
    act: &mut Act<'_>,
    orders: &[ReadOrder],
    channel: &str,
) -> Result<HashMap<String, Customer>, Error> {
    let mut wanted: BTreeMap<String, CustomerInput> = BTreeMap::new();
    for order in orders {
        let input = customer_input(order);
        wanted.entry(input.code.clone()).or_insert(input);
    }
    let codes: Vec<String> = wanted.keys().cloned().collect();
    let known = sales::customers_known(act, channel, &codes)?;
    wanted.retain(|code, _| !known.contains_key(code));
    if wanted.is_empty() {
        return Ok(known);
    }
    let new: Vec<CustomerInput> = wanted.into_values().collect();
    sales::add_customers(act, channel, &new)?;
    Ok(sales::customers_known(act, channel, &codes)?)
}

pub(super) fn customer_code(order: &ReadOrder) -> &str {
    order
        .customer
        .as_ref()
        .map_or(GUEST, |customer| &customer.code)
}

fn customer_input(order: &ReadOrder) -> CustomerInput {
    let is_guest = order.customer.is_none();
    let text = |text: &str| {
        if is_guest {
            String::new()
        } else {
            text.to_owned()
        }
    };
    CustomerInput {
        code: customer_code(order).to_owned(),
        name: order.customer_name().to_owned(),
        email: order.email().to_owned(),
        phone: String::new(),
        address: text(&order.ship_to),
        country: text(&order.country),
        priority: Priority::Normal,
        shipping_policy: ShippingPolicy::PartialAllowed,
        note: String::new(),
    }
}

fn new_order(
    order: &ReadOrder,
    to: &Destination,
    currency: &str,
    products: &HashMap<Sku, ProductId>,
    customers: &HashMap<String, Customer>,
) -> NewOrder {
    let customer = &customers[customer_code(order)];
    let lines = order.lines.iter().map(|line| NewLine {
        product: products[&line.sku],
        warehouse: to.warehouse,
        ordered: line.quantity,
        unit_price: line.unit_price,
    });
    NewOrder {
        number: Some(order.number.clone()),
        channel: to.channel.clone(),
        external_reference: order.number.clone(),
        customer: customer.id,
        ship_to: order.ship_to.clone(),
        country: order.country.clone(),
        email: order.email().to_owned(),
        currency: order.currency.as_deref().unwrap_or(currency).to_owned(),
        placed_at: order.placed_at,
        priority: customer.priority,
        required_by: order.required_by,
        shipping_policy: customer.shipping_policy,
        shipping_method: String::new(),
        note: order.note.clone(),
        lines: lines.collect(),
    }
}
