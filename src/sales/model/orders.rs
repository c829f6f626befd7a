//! Orders and their lines.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::schema::{order_lines, orders};
use crate::stock::{Ask, InSet, NO_DATE, Place, Priority, ShippingPolicy};
use crate::types::{
    ChannelId, CustomerId, Money, OrderId, OrderLineId, ProductId, Quantity, RecordRef,
    WarehouseId, text_enum,
};

text_enum! {
    /// Whether there is anything left to ship.
    OrderStatus {
        /// There is.
        Open = "open", "Open";
        /// Closed, and something was shipped.
        Shipped = "shipped", "Shipped";
        /// Closed, and nothing was shipped.
        Cancelled = "cancelled", "Cancelled";
    }
}

text_enum! {
    /// Where an order stands, as people say it: derived of its status, its lines and its parcels.
    OrderState {
        /// Nothing happened to it yet.
        Open = "open", "Open";
        /// Somebody stopped it.
        OnHold = "on_hold", "On hold";
        /// A parcel of it is being prepared.
        InPreparation = "in_preparation", "In preparation";
        /// A part of it left.
        PartlyShipped = "partly_shipped", "Partly shipped";
        /// It left.
        Shipped = "shipped", "Shipped";
        /// It was given up.
        Cancelled = "cancelled", "Cancelled";
    }
}

impl OrderState {
    /// In words, where a list is narrowed to it: whatever is not closed is open there.
    pub const fn filter_label(self) -> &'static str {
        match self {
            Self::Open => "All open",
            other => other.label(),
        }
    }

    /// The tone of its pill.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "info",
            Self::OnHold | Self::PartlyShipped => "warn",
            Self::InPreparation => "ok",
            Self::Shipped => "done",
            Self::Cancelled => "quiet",
        }
    }
}

/// What a customer ordered.
#[derive(Debug, Clone, PartialEq, HasQuery, QueryableByName)]
#[diesel(table_name = orders)]
pub struct Order {
    pub id: OrderId,
    /// What people call it.
    pub number: String,
    /// Where it came from; its number is unique there.
    pub channel_id: ChannelId,
    /// What the customer or the shop calls it; may be empty.
    pub external_reference: String,
    pub customer_id: CustomerId,
    /// Lines of an address; may be empty.
    pub ship_to: String,
    /// May be empty.
    pub country: String,
    /// Where letters about it go; may be empty.
    pub email: String,
    /// Three letters.
    pub currency: String,
    pub placed_at: DateTime<Utc>,
    /// How much it may jump the queue.
    pub priority: Priority,
    /// When the customer must have it.
    pub required_by: Option<NaiveDate>,
    /// Whether it may leave in several parcels.
    pub shipping_policy: ShippingPolicy,
    /// How it is sent; may be empty.
    pub shipping_method: String,
    /// Whether anything is left to ship.
    pub status: OrderStatus,
    /// Since when it is on hold.
    pub held_at: Option<DateTime<Utc>>,
    pub hold_reason: String,
    /// Units that are not cancelled, at their prices.
    pub total: Money,
    /// For colleagues.
    pub note: String,
    /// Raised by every edit.
    pub version: i32,
    /// Since when it is known here.
    pub created_at: DateTime<Utc>,
    /// When nothing was left to ship.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Order {
    /// Whether somebody stopped it.
    pub const fn is_held(&self) -> bool {
        self.held_at.is_some()
    }

    /// Whether anything is left to ship.
    pub fn is_open(&self) -> bool {
        self.status == OrderStatus::Open
    }

    /// The tone of the pill of its priority; `None`: not worth one.
    pub const fn priority_tone(&self) -> Option<&'static str> {
        tone_of(self.priority)
    }

    pub const fn record(&self) -> RecordRef {
        RecordRef::Order(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// What one of its lines asks of stock.
    pub(in crate::sales) fn ask(&self, line: &OrderLine) -> Ask {
        Ask {
            line: line.id,
            order: self.id,
            place: line.place(),
            to_ship: line.to_ship(),
            priority_rank: self.priority.rank(),
            required_by: self.required_by.unwrap_or(NO_DATE),
            placed_at: self.placed_at,
            line_number: line.line_number,
            held: self.is_held(),
            set: line.set(),
        }
    }
}

/// Units of one product in an order.
#[derive(Debug, Clone, PartialEq, HasQuery, QueryableByName)]
#[diesel(table_name = order_lines)]
pub struct OrderLine {
    pub id: OrderLineId,
    pub order_id: OrderId,
    /// From 1.
    pub line_number: i32,
    pub product_id: ProductId,
    /// The warehouse that ships it.
    pub warehouse_id: WarehouseId,
    /// Units the customer ordered.
    pub ordered: Quantity,
    /// Units that left.
    pub shipped: Quantity,
    /// Units given up.
    pub cancelled: Quantity,
    /// Of those that left, units that came back.
    pub returned: Quantity,
    /// For one unit.
    pub unit_price: Money,
    /// The rule that chose the warehouse, in words, as it was then; empty: somebody chose it.
    pub routed_by: String,
    /// Whether it asks for the parts of a kit, a line for each, and for nothing itself.
    pub is_kit: bool,
    /// The line of the kit it is a part of.
    pub kit_line_id: Option<OrderLineId>,
    /// Units of it in one kit, as sold.
    pub per_kit: Option<Quantity>,
    /// Lines that make a set together with it; `None`: it is no part, or the sets were broken.
    pub parts_in_kit: Option<i16>,
    /// When the sets of a kit were broken: its parts ship by the unit since.
    pub broken_at: Option<DateTime<Utc>>,
    /// Why; empty: they were not.
    pub broken_because: String,
}

impl OrderLine {
    /// The set in which it is served; `None`: by the unit.
    pub fn set(&self) -> Option<InSet> {
        InSet::of_row(self.kit_line_id, self.per_kit, self.parts_in_kit)
    }

    /// Whether its units follow those of other lines: a part those of its kit, a broken kit those of its
    /// parts.
    pub fn follows(&self) -> bool {
        self.set().is_some() || self.broken_at.is_some()
    }

    /// Whether it is a part of a kit that was sold.
    pub const fn is_part(&self) -> bool {
        self.kit_line_id.is_some()
    }

    /// The line that was sold: of a part, that of its kit.
    pub fn sold_as(&self) -> OrderLineId {
        self.kit_line_id.unwrap_or(self.id)
    }

    /// Sets that so many units of a part belong to, whole or not.
    pub(in crate::sales) fn sets_touched(&self, units: Quantity) -> Quantity {
        let per_kit = self.per_kit.unwrap_or(Quantity::new(1));
        let whole = units.over(per_kit);
        match whole.times(per_kit) == units {
            true => whole,
            false => whole + Quantity::new(1),
        }
    }

    /// Whether stock is asked for units of it: a kit leaves that to its parts.
    pub fn is_asked(&self) -> bool {
        !self.is_kit && !self.to_ship().is_zero()
    }

    /// Units still to ship.
    pub fn to_ship(&self) -> Quantity {
        self.ordered.less(self.shipped).less(self.cancelled)
    }

    /// Units that may still come back.
    pub fn may_come_back(&self) -> Quantity {
        self.shipped.less(self.returned)
    }

    /// Units the customer gets in all.
    pub fn wanted(&self) -> Quantity {
        self.ordered.less(self.cancelled)
    }

    /// What the customer pays for it.
    pub fn amount(&self) -> Money {
        self.unit_price.times(self.wanted())
    }

    /// Where it is served.
    pub const fn place(&self) -> Place {
        Place::new(self.warehouse_id, self.product_id)
    }
}

/// The tone of the pill of a priority; `None`: it is the usual one.
pub(in crate::sales) const fn tone_of(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::Urgent => Some("bad"),
        Priority::High => Some("warn"),
        Priority::Normal => None,
        Priority::Low => Some("quiet"),
    }
}
