//! Rows of the books, and what a change is caused by.

use diesel::prelude::*;

use crate::types::{ProductId, Quantity, ReceptionId, WarehouseId, text_enum};

/// One product in one warehouse: what is locked, balanced and queued for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Compared first, so that locks are taken by warehouse, then product.
    pub warehouse: WarehouseId,
    pub product: ProductId,
}

impl Place {
    /// The place of a product in a warehouse.
    pub const fn new(warehouse: WarehouseId, product: ProductId) -> Self {
        Self { warehouse, product }
    }
}

/// The balance of a place.
#[derive(Debug, Clone, PartialEq, Eq, HasQuery)]
#[diesel(table_name = crate::schema::levels)]
pub struct Level {
    pub warehouse_id: WarehouseId,
    pub product_id: ProductId,
    /// Usable units.
    pub on_hand: Quantity,
    /// Units beside these that a picker did not find: nobody is given them until they are counted.
    pub doubted: Quantity,
    /// Units that belong to order lines.
    pub reserved: Quantity,
    /// Units that order lines ask for.
    pub to_ship: Quantity,
    /// Units on their way to it.
    pub incoming: Quantity,
    /// Own warning level; `None`: the default of the warehouse.
    pub warning_level: Option<Quantity>,
    /// Own ideal level; `None`: the default of the warehouse.
    pub ideal_level: Option<Quantity>,
}

impl Level {
    /// Units that the books have there, found or not.
    pub fn in_books(&self) -> Quantity {
        self.on_hand + self.doubted
    }

    /// Units that belong to nobody.
    pub fn free(&self) -> Quantity {
        self.on_hand.less(self.reserved)
    }

    /// Units that can still be sold.
    pub fn available(&self) -> Quantity {
        self.on_hand.less(self.to_ship)
    }

    /// Units that open orders lack, whether they are on their way or not.
    pub fn backorder_need(&self) -> Quantity {
        self.to_ship.less(self.on_hand)
    }
}

text_enum! {
    /// Why units moved.
    MoveReason {
        /// A supplier delivered.
        Reception = "reception", "Reception";
        /// A parcel left.
        Shipment = "shipment", "Shipment";
        /// Somebody corrected the level.
        Adjustment = "adjustment", "Adjustment";
        /// From one warehouse to another.
        Transfer = "transfer", "Transfer";
        /// A stock take.
        Count = "count", "Count";
        /// A customer sent it back.
        Return = "return", "Return";
        /// Broken or lost.
        Scrap = "scrap", "Scrap";
        /// From one bin to another.
        PutAway = "put_away", "Put-away";
    }
}

text_enum! {
    /// Why reservations changed.
    CauseKind {
        /// An order was placed.
        OrderPlaced = "order_placed", "Order placed";
        /// Its lines, dates or priority were edited.
        OrderEdited = "order_edited", "Order edited";
        /// It was put on hold.
        OrderHeld = "order_held", "Order held";
        /// It was released.
        OrderReleased = "order_released", "Order released";
        /// It, or a part of it, was cancelled.
        OrderCancelled = "order_cancelled", "Order cancelled";
        /// The sets of a kit were broken by hand.
        SetBroken = "set_broken", "Sets broken";
        /// Goods arrived.
        Reception = "reception", "Reception";
        /// A delivery was a mistake, and taken back out.
        Reversal = "reversal", "Reception reversed";
        /// The level was corrected.
        Adjustment = "adjustment", "Adjustment";
        /// Somebody counted, and found more or fewer.
        Count = "count", "Count";
        /// A parcel was begun or given back.
        Preparation = "preparation", "Preparation";
        /// A parcel left.
        Shipment = "shipment", "Shipment";
        /// A customer sent goods back.
        Return = "return", "Return";
        /// What is on its way changed.
        PurchaseOrder = "purchase_order", "Purchase order";
        /// Goods left for another warehouse, arrived from it, or will not.
        Transfer = "transfer", "Transfer";
        /// Somebody changed the queue.
        Priority = "priority", "Priority";
        /// Somebody moved units from one order to another, or released them.
        Moved = "moved", "Moved by hand";
        /// A warehouse or the company decides otherwise.
        Settings = "settings", "Settings";
    }
}

/// Why the books change: kept with every decision that follows from it, beside who acts and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// What happened.
    pub kind: CauseKind,
    /// The delivery, when it was one.
    pub reception: Option<ReceptionId>,
    /// In words; may be empty.
    pub reason: String,
}

impl Cause {
    /// Something that happens.
    pub const fn of(kind: CauseKind) -> Self {
        Self {
            kind,
            reception: None,
            reason: String::new(),
        }
    }

    /// With a reason in words.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// A delivery.
    #[must_use]
    pub const fn of_reception(mut self, reception: ReceptionId) -> Self {
        self.reception = Some(reception);
        self
    }
}
