//! Warehouses, as everybody reads them. Written by the actions of `inventory` only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

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
}

/// The active warehouses, the primary one first, then by code.
pub fn warehouses(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    Warehouse::query()
        .filter(warehouses::is_active)
        .order((warehouses::is_primary.desc(), warehouses::code))
        .load(conn)
}

/// One warehouse, active or not.
pub fn warehouse(conn: &mut PgConnection, id: WarehouseId) -> QueryResult<Warehouse> {
    Warehouse::query().filter(warehouses::id.eq(id)).first(conn)
}

/// The warehouse chosen when nobody chooses.
pub fn primary_warehouse(conn: &mut PgConnection) -> QueryResult<Warehouse> {
    Warehouse::query()
        .filter(warehouses::is_primary)
        .first(conn)
}
