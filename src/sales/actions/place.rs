//! Orders arrive.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Text, Timestamptz};

use crate::db::history;
use crate::db::{Act, Who};
use crate::sales::Error;
use crate::schema::{products, warehouses};
use crate::stock::{
    self, Ask, Cause, CauseKind, Happening, NO_DATE, Place, Priority, ShippingPolicy,
};
use crate::types::{
    CustomerId, Money, OrderId, OrderLineId, ProductId, Quantity, RecordRef, Sku, UserId,
    WarehouseId,
};

/// An order to be placed.
#[derive(Debug, Clone)]
pub struct NewOrder {
    /// What people will call it; `None`: the next of ours, `SO-000123`.
    pub number: Option<String>,
    /// Where it comes from.
    pub channel: String,
    /// What the customer or the shop calls it; may be empty.
    pub external_reference: String,
    /// Who orders.
    pub customer: CustomerId,
    /// Lines of an address; may be empty.
    pub ship_to: String,
    /// May be empty.
    pub country: String,
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
    /// What.
    pub product: ProductId,
    /// The warehouse that is to ship it.
    pub warehouse: WarehouseId,
    /// Units, at least one.
    pub ordered: Quantity,
    /// For one unit.
    pub unit_price: Money,
}

impl NewOrder {
    fn total(&self) -> Money {
        let amounts = self.lines.iter();
        amounts
            .map(|line| line.unit_price.times(line.ordered))
            .sum()
    }
}

/// Places orders, and gives them what stock there is: all or none of them. A constant number of
/// statements however many they are; the ids stand in the order of `orders`.
///
/// # Errors
/// [`Error::NumberTaken`], [`Error::NoLines`], [`Error::NothingOrdered`], [`Error::Archived`],
/// [`Error::DoesNotShip`].
pub fn place(
    conn: &mut PgConnection,
    orders: &[NewOrder],
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<Vec<OrderId>, Error> {
    if orders.iter().any(|order| order.lines.is_empty()) {
        return Err(Error::NoLines);
    }
    let lines = || orders.iter().flat_map(|order| &order.lines);
    if lines().any(|line| line.ordered.is_zero()) {
        return Err(Error::NothingOrdered);
    }
    check_products(conn, lines().map(|line| line.product).collect())?;
    check_warehouses(conn, lines().map(|line| line.warehouse).collect())?;

    let numbers = numbers(conn, orders)?;
    let ids = insert_orders(conn, orders, &numbers)?;
    let line_ids = insert_lines(conn, orders, &ids)?;
    let asks = asks(orders, &ids, &line_ids);

    let asks: Vec<_> = asks.into_iter().map(Happening::Join).collect();
    let act = &mut Act::new(conn, user.map_or(Who::BACKFILL, Who::from).at(at));
    stock::change(act, &Cause::of(CauseKind::OrderPlaced), &asks)?;

    let records: Vec<RecordRef> = ids.iter().map(|id| RecordRef::Order(*id)).collect();
    history::note_all(conn, &records, user, "Placed", "")?;
    Ok(ids)
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

pub(super) fn check_warehouses(
    conn: &mut PgConnection,
    used: BTreeSet<WarehouseId>,
) -> Result<(), Error> {
    let ships = warehouses::is_active.and(warehouses::ships_orders);
    let idle: Option<String> = warehouses::table
        .filter(warehouses::id.eq_any(used))
        .filter(diesel::dsl::not(ships))
        .order(warehouses::code)
        .select(warehouses::name)
        .first(conn)
        .optional()?;
    idle.map_or(Ok(()), |name| Err(Error::DoesNotShip(name)))
}

/// A number for each order: its own, or the next of ours.
fn numbers(conn: &mut PgConnection, orders: &[NewOrder]) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Next {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let unnamed = orders.iter().filter(|order| order.number.is_none()).count();
    let mut ours: Vec<Next> = Vec::new();
    if unnamed > 0 {
        ours = diesel::sql_query(
            "select nextval('order_numbers') as number from generate_series(1, $1) order by 1",
        )
        .bind::<BigInt, _>(i64::try_from(unnamed).unwrap_or(i64::MAX))
        .load(conn)?;
    }
    let mut ours = ours.into_iter();
    let mut next = || {
        ours.next()
            .map_or_else(String::new, |next| format!("SO-{:06}", next.number))
    };
    let numbers = orders.iter().map(|order| order.number.clone());
    Ok(numbers
        .map(|number| number.unwrap_or_else(&mut next))
        .collect())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Inserted {
    #[diesel(sql_type = BigInt)]
    id: OrderId,
    #[diesel(sql_type = Text)]
    number: String,
}

fn insert_orders(
    conn: &mut PgConnection,
    orders: &[NewOrder],
    numbers: &[String],
) -> Result<Vec<OrderId>, Error> {
    let column = |text: fn(&NewOrder) -> &str| orders.iter().map(text).collect::<Vec<_>>();
    let inserted: Vec<Inserted> = diesel::sql_query(
        "insert into orders (number, channel, external_reference, customer_id, ship_to, country,
           currency, placed_at, priority, required_by, shipping_policy, shipping_method, note, total)
         select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (number) do nothing
         returning id, number",
    )
    .bind::<Array<Text>, _>(numbers)
    .bind::<Array<Text>, _>(column(|order| &order.channel))
    .bind::<Array<Text>, _>(column(|order| &order.external_reference))
    .bind::<Array<BigInt>, _>(orders.iter().map(|order| order.customer).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(column(|order| &order.ship_to))
    .bind::<Array<Text>, _>(column(|order| &order.country))
    .bind::<Array<Text>, _>(column(|order| &order.currency))
    .bind::<Array<Timestamptz>, _>(orders.iter().map(|order| order.placed_at).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(column(|order| order.priority.as_str()))
    .bind::<Array<Nullable<Date>>, _>(
        orders.iter().map(|order| order.required_by).collect::<Vec<_>>(),
    )
    .bind::<Array<Text>, _>(column(|order| order.shipping_policy.as_str()))
    .bind::<Array<Text>, _>(column(|order| &order.shipping_method))
    .bind::<Array<Text>, _>(column(|order| &order.note))
    .bind::<Array<BigInt>, _>(orders.iter().map(NewOrder::total).collect::<Vec<_>>())
    .load(conn)?;

    let mut ids: HashMap<String, OrderId> = inserted
        .into_iter()
        .map(|row| (row.number, row.id))
        .collect();
    // Taken out one by one: a number that stands twice in `orders` is taken the second time.
    let numbers = numbers.iter();
    numbers
        .map(|number| {
            let id = ids.remove(number);
            id.ok_or_else(|| Error::NumberTaken(number.clone()))
        })
        .collect()
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct InsertedLine {
    #[diesel(sql_type = BigInt)]
    id: OrderLineId,
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = Integer)]
    line_number: i32,
}

/// Lines as (order, number of the line).
type LineIds = HashMap<(OrderId, i32), OrderLineId>;

fn insert_lines(
    conn: &mut PgConnection,
    orders: &[NewOrder],
    ids: &[OrderId],
) -> QueryResult<LineIds> {
    let rows: Vec<_> = numbered(orders, ids).collect();
    let inserted: Vec<InsertedLine> = diesel::sql_query(
        "insert into order_lines
           (order_id, line_number, product_id, warehouse_id, ordered, unit_price)
         select * from unnest($1, $2, $3, $4, $5, $6)
         returning id, order_id, line_number",
    )
    .bind::<Array<BigInt>, _>(rows.iter().map(|(_, id, ..)| *id).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(rows.iter().map(|(_, _, at, _)| *at).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.3.product).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.3.warehouse).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(rows.iter().map(|row| row.3.ordered).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.3.unit_price).collect::<Vec<_>>())
    .load(conn)?;
    let inserted = inserted.into_iter();
    Ok(inserted
        .map(|row| ((row.order_id, row.line_number), row.id))
        .collect())
}

/// Every line with its order, the id of that, and its number, from 1.
fn numbered<'a>(
    orders: &'a [NewOrder],
    ids: &'a [OrderId],
) -> impl Iterator<Item = (&'a NewOrder, OrderId, i32, &'a NewLine)> {
    orders.iter().zip(ids).flat_map(|(order, id)| {
        let lines = (1..).zip(&order.lines);
        lines.map(move |(number, line)| (order, *id, number, line))
    })
}

fn asks(orders: &[NewOrder], ids: &[OrderId], line_ids: &LineIds) -> Vec<Ask> {
    numbered(orders, ids)
        .map(|(order, id, number, line)| Ask {
            line: line_ids[&(id, number)],
            order: id,
            place: Place::new(line.warehouse, line.product),
            to_ship: line.ordered,
            priority_rank: order.priority.rank(),
            required_by: order.required_by.unwrap_or(NO_DATE),
            placed_at: order.placed_at,
            line_number: number,
            held: false,
        })
        .collect()
}
