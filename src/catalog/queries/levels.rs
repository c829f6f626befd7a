//! What lies where, read from the books of stock for the pages of the catalog.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::catalog::{WarehouseKind, kit_stock};
use crate::schema::{levels, movements, receptions, shipments, users, warehouses};
use crate::types::{ProductId, Quantity, ReceptionId, ShipmentId, WarehouseId};

/// Units of a product in all warehouses together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ProductTotals {
    /// What lies there.
    pub on_hand: i64,
    /// What customers wait for.
    pub to_ship: i64,
    /// What is on its way.
    pub incoming: i64,
    /// What can still be sold, from warehouses that count for selling.
    pub available: i64,
    /// What customers wait for beyond what lies where they wait.
    pub short: i64,
}

impl ProductTotals {
    /// Whether no unit is anywhere.
    pub const fn is_nothing(&self) -> bool {
        self.on_hand == 0 && self.to_ship == 0 && self.incoming == 0
    }

    /// Whether customers wait for more than there is.
    pub const fn is_short(&self) -> bool {
        self.short > 0
    }
}

/// Totals by product; a product that never had a unit anywhere is left out. Of a kit, what can be packed
/// is available, and nothing else is anywhere.
pub fn product_totals(
    conn: &mut PgConnection,
    products: &[ProductId],
) -> QueryResult<HashMap<ProductId, ProductTotals>> {
    let rows: Vec<(ProductId, bool, Level)> = levels::table
        .inner_join(warehouses::table)
        .filter(levels::product_id.eq_any(products))
        .select((
            levels::product_id,
            warehouses::counts_for_selling,
            Level::as_select(),
        ))
        .load(conn)?;
    let mut totals: HashMap<ProductId, ProductTotals> = HashMap::new();
    for (product, counts_for_selling, level) in rows {
        let total = totals.entry(product).or_default();
        total.on_hand += i64::from(level.on_hand.get());
        total.to_ship += i64::from(level.to_ship.get());
        total.incoming += i64::from(level.incoming.get());
        total.short += i64::from(level.to_ship.less(level.on_hand).get());
        if counts_for_selling {
            total.available += i64::from(level.available().get());
        }
    }
    for kit in kit_stock(conn, products)? {
        let total = totals.entry(kit.kit).or_default();
        total.available += i64::from(kit.available.get());
    }
    Ok(totals)
}

/// The balance of a product in a warehouse.
#[derive(Debug, Clone, Copy, Default, Queryable, Selectable)]
#[diesel(table_name = levels, check_for_backend(diesel::pg::Pg))]
pub struct Level {
    /// What lies there.
    pub on_hand: Quantity,
    /// What the books have there beside it, and a picker did not find.
    pub doubted: Quantity,
    /// Of it, what waiting lines hold.
    pub reserved: Quantity,
    /// What customers wait for.
    pub to_ship: Quantity,
    /// What is on its way.
    pub incoming: Quantity,
    /// None: the default of the warehouse.
    pub warning_level: Option<Quantity>,
    /// None: the default of the warehouse.
    pub ideal_level: Option<Quantity>,
}

impl Level {
    /// What no line holds.
    pub const fn free(&self) -> Quantity {
        self.on_hand.less(self.reserved)
    }

    /// What can still be sold.
    pub const fn available(&self) -> Quantity {
        self.on_hand.less(self.to_ship)
    }
}

/// What a level needs of its warehouse.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = warehouses, check_for_backend(diesel::pg::Pg))]
pub struct Place {
    pub id: WarehouseId,
    pub code: String,
    pub name: String,
    /// Its default, for products without a level of their own.
    pub default_warning_level: Quantity,
    /// Its default, for products without a level of their own.
    pub default_ideal_level: Quantity,
    pub kind: WarehouseKind,
    /// Whether what lies there can be sold.
    pub counts_for_selling: bool,
    /// Whether it is replenished.
    pub in_supply_needs: bool,
}

/// A product in one of the active warehouses.
#[derive(Debug, Clone)]
pub struct ProductLevel {
    pub place: Place,
    /// The balance; all zero where the product never was.
    pub level: Level,
}

impl ProductLevel {
    /// Below this the product is replenished.
    pub fn warning_level(&self) -> Quantity {
        self.level
            .warning_level
            .unwrap_or(self.place.default_warning_level)
    }

    /// Up to this.
    pub fn ideal_level(&self) -> Quantity {
        self.level
            .ideal_level
            .unwrap_or(self.place.default_ideal_level)
    }

    /// Whether customers wait for more than there is.
    pub fn is_short(&self) -> bool {
        self.level.to_ship > self.level.on_hand
    }

    /// What can still be sold of it; nothing where nothing is sold.
    pub fn available(&self) -> Quantity {
        match self.place.counts_for_selling {
            true => self.level.available(),
            false => Quantity::ZERO,
        }
    }

    /// Whether it is replenished there, and less is left than the warning level.
    pub fn is_low(&self) -> bool {
        self.place.in_supply_needs && self.level.available() < self.warning_level()
    }
}

/// A product in every active warehouse, the primary one first.
pub fn product_levels(conn: &mut PgConnection, id: ProductId) -> QueryResult<Vec<ProductLevel>> {
    let here = levels::warehouse_id
        .eq(warehouses::id)
        .and(levels::product_id.eq(id));
    let rows: Vec<(Place, Option<Level>)> = warehouses::table
        .left_join(levels::table.on(here))
        .filter(warehouses::is_active)
        .order((warehouses::is_primary.desc(), warehouses::code))
        .select((Place::as_select(), Option::<Level>::as_select()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(place, level)| ProductLevel {
            place,
            level: level.unwrap_or_default(),
        })
        .collect())
}

diesel::alias!(warehouses as sources: Sources, warehouses as targets: Targets);

/// A movement, as the page of its product shows it.
#[derive(Debug, Clone, Queryable)]
pub struct MovementListed {
    pub at: DateTime<Utc>,
    /// Why, in one word.
    pub reason: String,
    /// How many units.
    pub quantity: Quantity,
    /// Code of the warehouse it left; none: it came from outside.
    pub from: Option<String>,
    /// Code of the warehouse it came to; none: it left.
    pub to: Option<String>,
    /// The reception that brought it: id, number.
    pub reception: Option<(ReceptionId, String)>,
    /// The shipment that took it: id, number.
    pub shipment: Option<(ShipmentId, String)>,
    /// Units on hand where it left, right after it.
    from_level: Option<Quantity>,
    /// Units on hand where it came to, right after it.
    to_level: Option<Quantity>,
    /// May be empty.
    pub note: String,
    /// Who; none: Backfill itself.
    pub who: Option<String>,
}

impl MovementListed {
    /// What lay there right after it.
    pub fn level(&self) -> String {
        let levels = [self.from_level, self.to_level].into_iter().flatten();
        let levels: Vec<String> = levels.map(|level| level.to_string()).collect();
        levels.join(" \u{2192} ")
    }
}

/// The latest ten movements of a product, newest first.
pub fn latest_movements(
    conn: &mut PgConnection,
    id: ProductId,
) -> QueryResult<Vec<MovementListed>> {
    movements::table
        .left_join(
            sources.on(movements::from_warehouse_id.eq(sources.field(warehouses::id).nullable())),
        )
        .left_join(
            targets.on(movements::to_warehouse_id.eq(targets.field(warehouses::id).nullable())),
        )
        .left_join(receptions::table)
        .left_join(shipments::table)
        .left_join(users::table)
        .filter(movements::product_id.eq(id))
        .order(movements::id.desc())
        .limit(10)
        .select((
            movements::at,
            movements::reason,
            movements::quantity,
            sources.field(warehouses::code).nullable(),
            targets.field(warehouses::code).nullable(),
            (receptions::id, receptions::number).nullable(),
            (shipments::id, shipments::number).nullable(),
            movements::from_level,
            movements::to_level,
            movements::note,
            users::name.nullable(),
        ))
        .load(conn)
}
