//! An order is changed by hand.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use super::close::total_and_close;
use super::edited::Edited;
use super::lines::{Kits, write_lines};
use super::lock_unclosed;
use super::place::{check_products, check_warehouses};
use super::route::{Head, route_added};
use crate::db::{Act, announce, set_based};
use crate::sales::queries::{channel, lines_of};
use crate::sales::{Error, Order, OrderLine};
use crate::schema::orders;
use crate::stock::{self, Cause, CauseKind, Happening, Place, Priority, ShippingPolicy};
use crate::types::{Event, Money, OrderId, OrderLineId, ProductId, Quantity, WarehouseId, total};

/// What a person says about an order that is placed already: of its head all, of its lines what is to
/// be other than before. A line of which nothing is said stays as it is.
#[derive(Debug, Clone)]
pub struct OrderInput {
    /// What the customer or the shop calls it; may be empty.
    pub external_reference: String,
    /// Lines of an address; may be empty.
    pub ship_to: String,
    /// May be empty.
    pub country: String,
    /// Where letters about it go, in lower case; may be empty.
    pub email: String,
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
    /// Lines that are new, and how those that are placed are to be; parts of kits follow their kits.
    pub lines: Vec<EditedLine>,
    /// Lines that are taken out: what is left to ship of them is cancelled.
    pub taken_out: BTreeSet<OrderLineId>,
    /// Why units are cancelled, if any are; `None`: whoever edits may not cancel.
    pub giving_up: Option<String>,
}

/// A line as it is to be.
#[derive(Debug, Clone)]
pub struct EditedLine {
    /// Which; `None`: a new one.
    pub line: Option<OrderLineId>,
    /// What; a line that exists keeps its product.
    pub product: ProductId,
    /// The warehouse that is to ship what is left; none: the one it has, and of a new line the one
    /// that the rules choose.
    pub warehouse: Option<WarehouseId>,
    /// Units the customer gets in all, those that left among them; 0 cancels what is left.
    pub wanted: Quantity,
    /// For one unit.
    pub unit_price: Money,
}

impl OrderInput {
    /// Units and price of each line it is to have, its own first.
    fn amounts(&self, lines: &[OrderLine]) -> impl Iterator<Item = (Quantity, Money)> {
        let said: BTreeSet<OrderLineId> = self.lines.iter().filter_map(|line| line.line).collect();
        let stays = |line: &&OrderLine| {
            let is_out = said.contains(&line.id) || self.taken_out.contains(&line.id);
            !is_out && !line.is_part() && !line.wanted().is_zero()
        };
        let others = lines.iter().filter(stays);
        let others: Vec<_> = others
            .map(|line| (line.wanted(), line.unit_price))
            .collect();
        let own = self.lines.iter().map(|line| (line.wanted, line.unit_price));
        own.chain(others)
    }
}

impl EditedLine {
    /// Where it was asked to be; none: nobody said.
    fn place(&self) -> Option<Place> {
        Some(Place::new(self.warehouse?, self.product))
    }
}

/// Changes an order that somebody read at `version`, and its claims on stock with it.
///
/// # Errors
/// [`Error::Stale`], [`Error::Closed`], [`Error::NoLines`], [`Error::NoSuchLine`],
/// [`Error::MayNotCancel`], [`Error::MayNotGiveAway`], [`Error::NoReason`], [`Error::TooMuch`],
/// [`Error::TooManyAsked`], [`Error::BelowShipped`], [`Error::Moves`], [`Error::Archived`],
/// [`Error::DoesNotShip`], [`Error::Broken`], and [`stock::Error::BeingPrepared`] when a line is taken out of which units are in a parcel.
pub fn edit(act: &mut Act<'_>, id: OrderId, version: i32, input: &OrderInput) -> Result<(), Error> {
    let before = lock_unclosed(act, id)?;
    if before.version != version {
        return Err(Error::Stale);
    }
    let lines = lines_of(act, id)?;
    total(input.amounts(&lines))?;
    // Whoever prepares parcels locks the order first, so this stays true.
    let edited = Edited::of(lines, &stock::in_parcels(act, id)?, input)?;
    check_products(act, edited.new.iter().map(|line| line.product).collect())?;
    let head = Head {
        country: &input.country,
        shipping_method: &input.shipping_method,
        channel: &channel(act, before.channel_id)?.name,
    };
    let new = route_added(act, &head, &edited.new)?;
    let moved = edited
        .moved_to()
        .chain(new.iter().map(|line| line.warehouse));
    check_warehouses(act, moved.collect())?;

    let order = update_order(act, &before, input)?;
    update_lines(act, &edited)?;
    let kits = Kits::among(act, &new)?;
    let added = write_lines(act, &[(id, edited.next_number(), &new)], &kits)?;
    let happenings = happenings(&order, &edited, &added);
    let reason = input.giving_up.clone().filter(|_| edited.gives_up());
    let reason = reason.unwrap_or_default();
    let cause = Cause::of(CauseKind::OrderEdited).because(&reason);
    let changed = stock::change(act, &cause, &happenings);
    changed.map_err(|why| Error::beside(why, input.lines.iter().filter_map(EditedLine::place)))?;
    total_and_close(act, id)?;

    let changes = edited.changes(act, &before, &order)?;
    act.note(order.record(), &Event::OrderEdited { changes, reason })?;
    announce(act, &[order.record().to_string(), "orders".into()])?;
    Ok(())
}

fn update_order(conn: &mut PgConnection, before: &Order, input: &OrderInput) -> QueryResult<Order> {
    diesel::update(orders::table.find(before.id))
        .set((
            orders::external_reference.eq(&input.external_reference),
            orders::ship_to.eq(&input.ship_to),
            orders::country.eq(&input.country),
            orders::email.eq(&input.email),
            orders::priority.eq(input.priority.unwrap_or(before.priority)),
            orders::required_by.eq(input.required_by),
            orders::shipping_policy.eq(input.shipping_policy),
            orders::shipping_method.eq(&input.shipping_method),
            orders::note.eq(&input.note),
        ))
        .returning(Order::as_returning())
        .get_result(conn)
}

fn update_lines(conn: &mut PgConnection, edited: &Edited) -> QueryResult<usize> {
    set_based!(
        "update order_lines l set warehouse_id = u.warehouse, ordered = u.ordered,
           cancelled = u.cancelled, unit_price = u.price, routed_by = u.routed_by
         from :rows where l.id = u.line",
        edited.changed().collect::<Vec<_>>(), |(_, now)|
        line: BigInt = now.id,
        warehouse: BigInt = now.warehouse_id,
        ordered: Integer = now.ordered,
        cancelled: Integer = now.cancelled,
        price: BigInt = now.unit_price,
        routed_by: Text = &now.routed_by
    )
    .execute(conn)
}

/// Every line asks again: the place in the queue may have changed as well.
fn happenings(order: &Order, edited: &Edited, added: &[OrderLine]) -> Vec<Happening> {
    let mut happenings = Vec::new();
    for (was, now) in &edited.lines {
        if !was.is_asked() && !now.is_asked() {
            continue;
        }
        // A line stands in one queue: it leaves the old one before it joins the other.
        if was.warehouse_id != now.warehouse_id && !was.to_ship().is_zero() {
            happenings.push(Happening::Withdraw { line: was.id });
        }
        happenings.push(Happening::Ask(order.ask(now)));
    }
    let added = added.iter().filter(|line| line.is_asked());
    happenings.extend(added.map(|line| Happening::Join(order.ask(line))));
    happenings
}
