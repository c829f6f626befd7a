//! Writes a reading: products, customers and orders, in a constant number of statements.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::reading::{ReadOrder, Reading};
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

/// Writes what a reading says, all or nothing; answers its orders as they stand in the file. They
/// get what stock there is in the same transaction.
///
/// # Errors
/// [`Error::NothingToImport`], what sales and the catalog refuse, and
/// [`crate::stock::Error::NotAgreed`] when orders that are here would lose units that nobody agreed
/// to lose.
pub fn apply(
    act: &mut Act<'_>,
    reading: &Reading,
    to: &Destination,
    consent: &Consent,
) -> Result<Vec<OrderId>, Error> {
    if reading.orders.is_empty() {
        return Err(Error::NothingToImport);
    }
    let currency = catalog::company(act)?.currency;
    let products = products_of(act, reading)?;
    let customers = customers_of(act, reading, &to.channel)?;
    let orders: Vec<NewOrder> = reading
        .orders
        .iter()
        .map(|order| new_order(order, to, &currency, &products, &customers))
        .collect();
    let ids = sales::place_if_agreed(act, &orders, consent)?;
    let amounts = ids.iter().zip(&reading.orders).flat_map(|(id, order)| {
        let amounts = order.amounts.iter();
        amounts.map(move |one| NewAmount {
            order: *id,
            name: one.name.clone(),
            amount: one.amount,
        })
    });
    sales::add_amounts(act, &amounts.collect::<Vec<_>>())?;
    Ok(ids)
}

/// Every product of the reading by SKU, the new ones created.
fn products_of(act: &mut Act<'_>, reading: &Reading) -> Result<HashMap<Sku, ProductId>, Error> {
    let new: Vec<ProductInput> = reading
        .products
        .iter()
        .map(|product| ProductInput {
            sku: product.sku.clone(),
            name: product.name.clone(),
            price: product.price,
            barcodes: Vec::new(),
            weight_grams: 0,
            note: String::new(),
        })
        .collect();
    catalog::add_products(act, &new)?;
    let mut skus: Vec<&Sku> = reading
        .orders
        .iter()
        .flat_map(|order| &order.lines)
        .map(|line| &line.sku)
        .collect();
    skus.sort_unstable();
    skus.dedup();
    let rows: Vec<(Sku, ProductId)> = products::table
        .filter(products::sku.eq_any(skus))
        .select((products::sku, products::id))
        .load(act.conn())?;
    Ok(rows.into_iter().collect())
}

/// Every customer of the reading by code, or by the address it goes by; the new ones created.
fn customers_of(
    act: &mut Act<'_>,
    reading: &Reading,
    channel: &str,
) -> Result<HashMap<String, Customer>, Error> {
    let mut wanted: BTreeMap<String, CustomerInput> = BTreeMap::new();
    for order in &reading.orders {
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
