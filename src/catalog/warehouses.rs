//! Warehouses, as everybody reads them. Written by the actions of `inventory` only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::locations::PickBy;
use crate::db::limited;
use crate::schema::warehouses;
use crate::types::{Quantity, RecordRef, WarehouseId, text_enum};

text_enum! {
    /// What a warehouse is.
    WarehouseKind {
        /// Shelves of our own.
        Building = "building", "Building";
        /// A shop with customers in it.
        Shop = "shop", "Shop";
        /// Goods that lie at a supplier.
        Supplier = "supplier", "At a supplier";
        /// Goods that cannot be sold.
        Defective = "defective", "Defective goods";
        /// Goods kept for a purpose.
        SetAside = "set_aside", "Set aside";
    }
}

impl WarehouseKind {
    /// What follows from it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Building => "Shelves of our own: they sell, and ship orders.",
            Self::Shop => "A shop with customers in it: it sells, and ships orders.",
            Self::Supplier => {
                "Goods a supplier holds for us: they may count for selling, and reach customers by a \
                 transfer to a warehouse that ships."
            }
            Self::Defective => {
                "Goods that cannot be sold: they count for nothing that is sold, promised or needed."
            }
            Self::SetAside => "A showroom, or goods for our own use: no order may take them.",
        }
    }

    /// Whether orders may be served there, and shipped from there.
    pub const fn may_ship(self) -> bool {
        matches!(self, Self::Building | Self::Shop)
    }

    /// Whether what lies there may count as what can be sold.
    pub const fn may_sell(self) -> bool {
        !matches!(self, Self::Defective | Self::SetAside)
    }

    /// Whether it may be replenished.
    pub const fn may_need(self) -> bool {
        !matches!(self, Self::Defective)
    }

    /// Why no order ships from a warehouse of this name and kind.
    pub fn why_not(self, name: &str) -> String {
        match self {
            Self::Building | Self::Shop => format!("{name} does not ship orders."),
            Self::Supplier => {
                format!(
                    "{name} holds goods at a supplier: they leave by a transfer, not for an order."
                )
            }
            Self::Defective => format!("{name} holds defective goods: no order ships from there."),
            Self::SetAside => format!("{name} holds goods set aside: no order may take them."),
        }
    }
}

text_enum! {
    /// Who gets stock first.
    AllocationPolicy {
        /// Each line takes what there is, in queue order.
        StrictQueue = "strict_queue", "Strict queue";
        /// An order takes stock only when all its missing lines can be covered.
        CompleteFirst = "complete_first", "Complete orders first";
    }
}

/// A place that holds stock.
#[derive(Debug, Clone, PartialEq, HasQuery, serde::Serialize)]
#[diesel(table_name = warehouses)]
pub struct Warehouse {
    pub id: WarehouseId,
    /// A short name, upper case.
    pub code: String,
    pub name: String,
    /// What it is.
    pub kind: WarehouseKind,
    /// Whether it is in use.
    pub is_active: bool,
    /// Whether it is the one chosen when nobody chooses.
    pub is_primary: bool,
    /// Whether orders are shipped from it.
    pub ships_orders: bool,
    /// Whether its stock can be sold.
    pub counts_for_selling: bool,
    /// Whether supply needs are computed for it.
    pub in_supply_needs: bool,
    /// Warning level of products that have none of their own here.
    pub default_warning_level: Quantity,
    /// Ideal level of products that have none of their own here.
    pub default_ideal_level: Quantity,
    /// Whether every unit lies in a bin that is known.
    pub uses_locations: bool,
    /// Which bins parcels take from first, where there are any.
    pub pick_by: PickBy,
    /// Who gets stock first.
    pub allocation_policy: AllocationPolicy,
    /// Under [`AllocationPolicy::CompleteFirst`]: an order that waited this many days may collect.
    pub collect_after_days: i32,
    /// Lines of an address, printed on purchase orders; may be empty.
    pub address: String,
    /// Since when it is known.
    pub created_at: DateTime<Utc>,
}

impl Warehouse {
    /// For what speaks of records of any kind.
    pub const fn record(&self) -> RecordRef {
        RecordRef::Warehouse(self.id)
    }

    pub fn path(&self) -> String {
        self.record().path()
    }

    /// Whether orders can be shipped from there now.
    pub const fn ships(&self) -> bool {
        self.is_active && self.ships_orders
    }
}

/// The active warehouses, the primary one first, then by code.
pub fn warehouses(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    Warehouse::query()
        .filter(warehouses::is_active)
        .order((warehouses::is_primary.desc(), warehouses::code))
        .load(conn)
}

/// The same for what names warehouses and tells nothing of them: those that goods may be sent to.
pub fn all_warehouses(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    limited::beyond(conn, warehouses)
}

/// One warehouse, whoever asks: what the other end of a transfer is called.
pub fn any_warehouse(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Warehouse> {
    limited::beyond(conn, |conn| warehouse(conn, id))
}

/// One warehouse, active or not.
pub fn warehouse(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Warehouse> {
    Warehouse::query().filter(warehouses::id.eq(id)).first(conn)
}

/// The active ones for goods that cannot be sold, by code.
pub fn defective_warehouses(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    Warehouse::query()
        .filter(warehouses::is_active)
        .filter(warehouses::kind.eq(WarehouseKind::Defective))
        .order(warehouses::code)
        .load(conn)
}

/// The warehouse chosen when nobody chooses: the primary one, or for who is limited to others the first of
/// these.
pub fn primary_warehouse(conn: &mut PgConnection) -> QueryResult<Warehouse> {
    Warehouse::query()
        .order((
            warehouses::is_primary.desc(),
            warehouses::is_active.desc(),
            warehouses::code,
        ))
        .first(conn)
}
