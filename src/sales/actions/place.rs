//! Orders arrive.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz};

use super::channels::channels_named;
use super::lines::{Kits, write_lines};
use super::route::{RoutedLine, route};
use crate::catalog::Warehouse;
use crate::db::{Act, Document, set_based};
use crate::sales::{Error, Order};
use crate::schema::{products, warehouses};
use crate::stock::{self, Cause, CauseKind, Consent, Happening, Priority, ShippingPolicy};
use crate::types::{
    ChannelId, CustomerId, Event, Money, OrderId, ProductId, Quantity, RecordRef, Sku, TooMuch,
    WarehouseId, total,
};

/// An order to be placed.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// What people will call it; `None`: the next of ours, `SO-000123`.
    pub number: Option<String>,
    /// The name of the channel it comes from; one nobody knows is made.
    pub channel: String,
    /// What the customer or the shop calls it; may be empty.
    pub external_reference: String,
    /// Who orders.
    pub customer: CustomerId,
    /// Lines of an address; may be empty.
    pub ship_to: String,
    /// May be empty.
    pub country: String,
    /// Where letters about it go, in lower case; may be empty.
    pub email: String,
    /// Three letters.
    pub currency: String,
    /// When it was placed: its place in the queue.
    pub placed_at: DateTime<Utc>,
    /// How much it may jump the queue.
    pub priority: Priority,
    /// When the customer must have it.
    pub required_by: Option<NaiveDate>,
    /// Whether it may leave in several parcels.
    pub shipping_policy: ShippingPolicy,
    /// How it is sent; may be empty.
    pub shipping_method: String,
    /// For colleagues.
    pub note: String,
    /// At least one.
    pub lines: Vec<NewLine>,
}

/// A line of an order to be placed.
#[derive(Debug, Clone)]
pub struct NewLine {
    pub product: ProductId,
    /// The warehouse that is to ship it; none: the rules choose.
    pub warehouse: Option<WarehouseId>,
    /// Units, at least one.
    pub ordered: Quantity,
    /// For one unit.
    pub unit_price: Money,
}

impl NewOrder {
    fn total(&self) -> Result<Money, TooMuch> {
        let lines = self.lines.iter();
        total(lines.map(|line| (line.ordered, line.unit_price)))
    }
}

/// Places orders, and gives them what stock there is: all or none of them. A constant number of
/// statements however many they are; the ids stand in the order of `orders`.
///
/// # Errors
/// [`Error::NumberTaken`], [`Error::NoLines`], [`Error::NothingOrdered`], [`Error::Archived`],
/// [`Error::DoesNotShip`], [`Error::TooMuch`], and of a single order [`Error::TooManyAsked`].
pub fn place(act: &mut Act<'_>, orders: &[NewOrder]) -> Result<Vec<OrderId>, Error> {
    place_if_agreed(act, orders, &Consent::ToAll)
}

/// The same, refused where others would lose units that nobody agreed to lose.
///
/// # Errors
/// [`stock::Error::NotAgreed`], and those of [`place`].
pub fn place_if_agreed(
    act: &mut Act<'_>,
    orders: &[NewOrder],
    consent: &Consent,
) -> Result<Vec<OrderId>, Error> {
    check(act, orders)?;
    let routed = route(act, orders)?;
    check_warehouses(
        act,
        routed.iter().flatten().map(|line| line.warehouse).collect(),
    )?;
    let placed = insert_orders(act, orders)?;
    let kits = Kits::among(act, routed.iter().flatten())?;
    let orders = placed.iter().zip(&routed);
    let orders: Vec<_> = orders
        .map(|(order, lines)| (order.id, 1, lines.as_slice()))
        .collect();
    let lines = write_lines(act, &orders, &kits)?;

    let by_id: HashMap<OrderId, &Order> = placed.iter().map(|order| (order.id, order)).collect();
    let asking = lines.iter().filter(|line| line.is_asked());
    let asks = asking.map(|line| by_id[&line.order_id].ask(line));
    let joins: Vec<_> = asks.map(Happening::Join).collect();
    let cause = Cause::of(CauseKind::OrderPlaced);
    let changed = stock::change_if_agreed(act, &cause, &joins, consent);
    changed.map_err(|why| match routed.as_slice() {
        [one] => Error::beside(why, one.iter().map(RoutedLine::place)),
        _ => why.into(),
    })?;

    let records: Vec<RecordRef> = placed.iter().map(Order::record).collect();
    act.note_all(&records, &Event::Placed)?;
    Ok(placed.iter().map(|order| order.id).collect())
}

fn check(conn: &mut PgConnection, orders: &[NewOrder]) -> Result<(), Error> {
    if orders.iter().any(|order| order.lines.is_empty()) {
        return Err(Error::NoLines);
    }
    let lines = || orders.iter().flat_map(|order| &order.lines);
    if lines().any(|line| line.ordered.is_zero()) {
        return Err(Error::NothingOrdered);
    }
    check_products(conn, lines().map(|line| line.product).collect())
}

/// Products are kept from being archived until the transaction ends.
pub(super) fn check_products(
    conn: &mut PgConnection,
    used: BTreeSet<ProductId>,
) -> Result<(), Error> {
    let archived: Option<Sku> = products::table
        .filter(products::id.eq_any(used))
        .filter(products::archived_at.is_not_null())
        .order(products::sku)
        .select(products::sku)
        .first(conn)
        .optional()?;
    archived.map_or(Ok(()), |sku| Err(Error::Archived(sku)))
}

/// The warehouses are kept from becoming what ships no orders until the transaction ends.
pub(super) fn check_warehouses(
    conn: &mut PgConnection,
    used: BTreeSet<WarehouseId>,
) -> Result<(), Error> {
    let known: Vec<Warehouse> = Warehouse::query()
        .filter(warehouses::id.eq_any(&used))
        .order(warehouses::id)
        .for_key_share()
        .load(conn)?;
    match known.iter().find(|each| !each.ships()) {
        Some(idle) => Err(Error::DoesNotShip(idle.kind.why_not(&idle.name))),
        None if known.len() < used.len() => Err(Error::DoesNotShip(
            "Choose a warehouse that ships orders.".into(),
        )),
        None => Ok(()),
    }
}

/// A number for each order: its own, or the next of ours.
fn numbers(act: &mut Act<'_>, orders: &[NewOrder]) -> QueryResult<Vec<String>> {
    let unnamed = orders.iter().filter(|order| order.number.is_none()).count();
    let mut ours = Document::Order.numbers(act, unnamed)?.into_iter();
    let numbers = orders.iter().map(|order| order.number.clone());
    Ok(numbers
        .map(|number| number.or_else(|| ours.next()).unwrap_or_default())
        .collect())
}

fn insert_orders(act: &mut Act<'_>, orders: &[NewOrder]) -> Result<Vec<Order>, Error> {
    let numbers = numbers(act, orders)?;
    let channels = channels_named(act, orders.iter().map(|order| order.channel.as_str()))?;
    let channel_of = |order: &NewOrder| channels[&order.channel];
    let totals: Result<Vec<Money>, TooMuch> = orders.iter().map(NewOrder::total).collect();
    let totals = totals?;
    let inserted: Vec<Order> = set_based!(
        "insert into orders (:columns, created_at) select :columns, :at from :rows
         on conflict (number, channel_id) do nothing
         returning *",
        numbers.iter().zip(orders).zip(&totals).collect::<Vec<_>>(), |((number, order), total)|
        number: Text = *number,
        channel_id: BigInt = channel_of(order),
        external_reference: Text = &order.external_reference,
        customer_id: BigInt = order.customer,
        ship_to: Text = &order.ship_to,
        country: Text = &order.country,
        email: Text = &order.email,
        currency: Text = &order.currency,
        placed_at: Timestamptz = order.placed_at,
        priority: Text = order.priority,
        required_by: Nullable<Date> = order.required_by,
        shipping_policy: Text = order.shipping_policy,
        shipping_method: Text = &order.shipping_method,
        note: Text = &order.note,
        total: BigInt = *total;
        at: Timestamptz = act.at()
    )
    .load(act.conn())?;

    let inserted = inserted.into_iter();
    let mut inserted: HashMap<(String, ChannelId), Order> = inserted
        .map(|order| ((order.number.clone(), order.channel_id), order))
        .collect();
    // Taken out one by one: a number that stands twice in `orders` is taken the second time.
    let taken_out = numbers.into_iter().zip(orders).map(|(number, order)| {
        let called = (number, channel_of(order));
        inserted.remove(&called).ok_or(Error::NumberTaken(called.0))
    });
    taken_out.collect()
}
