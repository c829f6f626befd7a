//! An order is changed by hand.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer};

use super::close::total_and_close;
use super::edited::Edited;
use super::lock_unclosed;
use super::place::{check_products, check_warehouses};
use crate::db::{Act, Who};
use crate::db::{announce, history};
use crate::sales::queries::lines_of;
use crate::sales::{Error, Order, OrderLine};
use crate::schema::{demand, order_lines, orders};
use crate::stock::{self, Cause, CauseKind, Happening, Priority, ShippingPolicy};
use crate::types::{
    Money, OrderId, OrderLineId, ProductId, Quantity, RecordRef, UserId, WarehouseId,
};

/// What a person says about an order that is placed already.
#[derive(Debug, Clone)]
pub struct OrderInput {
    /// What the customer or the shop calls it; may be empty.
    pub external_reference: String,
    /// Lines of an address; may be empty.
    pub ship_to: String,
    /// May be empty.
    pub country: String,
    /// `None` leaves it as it is.
    pub priority: Option<Priority>,
    /// When the customer must have it.
    pub required_by: Option<NaiveDate>,
    /// Whether it may leave in several parcels.
    pub shipping_policy: ShippingPolicy,
    /// How it is sent; may be empty.
    pub shipping_method: String,
    /// For colleagues.
    pub note: String,
    /// All the lines it is to have; what is left to ship of a line that is not among them is
    /// cancelled.
    pub lines: Vec<EditedLine>,
}

/// A line as it is to be.
#[derive(Debug, Clone)]
pub struct EditedLine {
    /// Which; `None`: a new one.
    pub line: Option<OrderLineId>,
    /// What; a line that exists keeps its product.
    pub product: ProductId,
    /// The warehouse that is to ship what is left.
    pub warehouse: WarehouseId,
    /// Units the customer gets in all, those that left among them; 0 cancels what is left.
    pub wanted: Quantity,
    /// For one unit.
    pub unit_price: Money,
}

/// Changes an order that somebody read at `version`, and its claims on stock with it.
///
/// # Errors
/// [`Error::Stale`], [`Error::Closed`], [`Error::NoLines`], [`Error::NoSuchLine`],
/// [`Error::BelowShipped`], [`Error::Moves`], [`Error::Archived`], [`Error::DoesNotShip`], and
/// [`stock::Error::BeingPrepared`] when a line is left out of which units are in a parcel.
pub fn edit(
    conn: &mut PgConnection,
    id: OrderId,
    version: i32,
    input: &OrderInput,
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let before = lock_unclosed(conn, id)?;
    if before.version != version {
        return Err(Error::Stale);
    }
    let lines = lines_of(conn, id)?;
    let edited = Edited::of(lines, &taken(conn, id)?, &input.lines)?;
    check_products(conn, edited.new.iter().map(|line| line.product).collect())?;
    check_warehouses(conn, edited.warehouses())?;

    let order = update_order(conn, &before, input)?;
    update_lines(conn, edited.changed())?;
    let added = insert_lines(conn, id, &edited)?;
    ask_stock(conn, &order, &edited, &added, user, at)?;
    total_and_close(conn, id, at)?;

    let detail = edited.in_words(conn, &before, &order)?;
    history::note(conn, order.record(), user, "Edited", &detail)?;
    announce(conn, &[RecordRef::Order(id).to_string(), "orders".into()])?;
    Ok(())
}

/// Units of each line in parcels. Whoever takes units locks the order first, so this stays true.
fn taken(conn: &mut PgConnection, id: OrderId) -> QueryResult<HashMap<OrderLineId, Quantity>> {
    let rows: Vec<(OrderLineId, Quantity)> = demand::table
        .filter(demand::order_id.eq(id))
        .select((demand::order_line_id, demand::taken))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn update_order(conn: &mut PgConnection, before: &Order, input: &OrderInput) -> QueryResult<Order> {
    diesel::update(orders::table.filter(orders::id.eq(before.id)))
        .set((
            orders::external_reference.eq(&input.external_reference),
            orders::ship_to.eq(&input.ship_to),
            orders::country.eq(&input.country),
            orders::priority.eq(input.priority.unwrap_or(before.priority)),
            orders::required_by.eq(input.required_by),
            orders::shipping_policy.eq(input.shipping_policy),
            orders::shipping_method.eq(&input.shipping_method),
            orders::note.eq(&input.note),
        ))
        .returning(Order::as_returning())
        .get_result(conn)
}

fn update_lines(conn: &mut PgConnection, lines: Vec<&OrderLine>) -> QueryResult<()> {
    if lines.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "update order_lines l set warehouse_id = u.warehouse, ordered = u.ordered,
           cancelled = u.cancelled, unit_price = u.price
         from unnest($1, $2, $3, $4, $5) as u (line, warehouse, ordered, cancelled, price)
         where l.id = u.line",
    )
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.id).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(
        lines
            .iter()
            .map(|line| line.warehouse_id)
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Integer>, _>(lines.iter().map(|line| line.ordered).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(lines.iter().map(|line| line.cancelled).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.unit_price).collect::<Vec<_>>())
    .execute(conn)?;
    Ok(())
}

fn insert_lines(
    conn: &mut PgConnection,
    order: OrderId,
    edited: &Edited,
) -> QueryResult<Vec<OrderLine>> {
    let last = edited.lines.iter().map(|(line, _)| line.line_number).max();
    let rows: Vec<_> = (last.unwrap_or(0) + 1..)
        .zip(&edited.new)
        .map(|(number, line)| {
            (
                order_lines::order_id.eq(order),
                order_lines::line_number.eq(number),
                order_lines::product_id.eq(line.product),
                order_lines::warehouse_id.eq(line.warehouse),
                order_lines::ordered.eq(line.wanted),
                order_lines::unit_price.eq(line.unit_price),
            )
        })
        .collect();
    let mut added = Vec::new();
    for part in rows.chunks(5_000) {
        let inserted: Vec<OrderLine> = diesel::insert_into(order_lines::table)
            .values(part)
            .returning(OrderLine::as_returning())
            .get_results(conn)?;
        added.extend(inserted);
    }
    Ok(added)
}

/// Every line asks again: the place in the queue may have changed as well.
fn ask_stock(
    conn: &mut PgConnection,
    order: &Order,
    edited: &Edited,
    added: &[OrderLine],
    user: Option<UserId>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let mut happenings = Vec::new();
    for (was, now) in &edited.lines {
        if was.to_ship().is_zero() && now.to_ship().is_zero() {
            continue;
        }
        // A line stands in one queue: it leaves the old one before it joins the other.
        if was.warehouse_id != now.warehouse_id && !was.to_ship().is_zero() {
            happenings.push(Happening::Withdraw { line: was.id });
        }
        happenings.push(Happening::Ask(order.ask(now)));
    }
    happenings.extend(added.iter().map(|line| Happening::Join(order.ask(line))));
    let act = &mut Act::new(conn, user.map_or(Who::BACKFILL, Who::from).at(at));
    stock::change(act, &Cause::of(CauseKind::OrderEdited), &happenings)?;
    Ok(())
}
