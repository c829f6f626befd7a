//! Warehouses come and change.

use diesel::prelude::*;

use crate::catalog::{AllocationPolicy, PickBy, Warehouse, WarehouseKind};
use crate::db::Act;
use crate::error::OnConstraint;
use crate::inventory::{Error, queries};
use crate::schema::warehouses;
use crate::stock::{self, Cause, CauseKind, Consent, Effects, Happening};
use crate::types::{Event, Quantity, WarehouseId, clock};

/// What a person says about a warehouse.
#[derive(Debug, Clone, Insertable, AsChangeset, serde::Serialize)]
#[diesel(table_name = warehouses)]
pub struct WarehouseInput {
    /// A short name, upper case.
    pub code: String,
    pub name: String,
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
    /// Which bins parcels take from first, where there are any.
    pub pick_by: PickBy,
    /// Lines of an address, printed on purchase orders; may be empty.
    pub address: String,
}

/// What is true of most warehouses; it has no name yet.
impl Default for WarehouseInput {
    fn default() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
            kind: WarehouseKind::Building,
            is_active: true,
            is_primary: false,
            ships_orders: true,
            counts_for_selling: true,
            in_supply_needs: true,
            default_warning_level: Quantity::ZERO,
            default_ideal_level: Quantity::ZERO,
            allocation_policy: AllocationPolicy::StrictQueue,
            collect_after_days: 14,
            pick_by: PickBy::Emptying,
            address: String::new(),
        }
    }
}

impl WarehouseInput {
    const fn policy_of(&self, warehouse: WarehouseId) -> Happening {
        Happening::Policy {
            warehouse,
            policy: self.allocation_policy,
            collect_after_days: self.collect_after_days.unsigned_abs(),
        }
    }
}

/// Opens a warehouse; if it is primary, no other is any more.
///
/// # Errors
/// [`Error::CodeTaken`], [`Error::PrimaryStays`], [`Error::PrimaryStaysActive`].
pub fn add_warehouse(act: &mut Act<'_>, input: &WarehouseInput) -> Result<Warehouse, Error> {
    let others = lock_all(act)?;
    if input.is_primary {
        make_none_primary(act, input)?;
    } else if others.is_empty() {
        return Err(Error::PrimaryStays);
    }
    let opened = (input, warehouses::created_at.eq(act.at()));
    let warehouse: Warehouse = diesel::insert_into(warehouses::table)
        .values(opened)
        .returning(Warehouse::as_returning())
        .get_result(act.conn())
        .on_constraint("warehouses_code_key", Error::CodeTaken)?;
    act.tell(warehouse.record(), &Event::Created)?;
    Ok(warehouse)
}

/// Changes the settings. Who gets stock is decided anew if they say something else about it.
///
/// # Errors
/// [`Error::CodeTaken`], [`Error::PrimaryStays`], [`Error::PrimaryStaysActive`], [`Error::InUse`],
/// [`Error::OrdersWait`] when orders could not be shipped from it any more, and [`stock::Error::NotAgreed`] when orders would lose units by it that nobody agreed to lose.
pub fn edit_warehouse(
    act: &mut Act<'_>,
    id: WarehouseId,
    input: &WarehouseInput,
    consent: &Consent,
) -> Result<Warehouse, Error> {
    let all = lock_all(act)?;
    let before = all.iter().find(|each| each.id == id);
    let before = before.ok_or(diesel::NotFound)?;
    if before.is_primary && !input.is_primary {
        return Err(Error::PrimaryStays);
    }
    if input.is_primary {
        make_none_primary(act, input)?;
    }
    if before.is_active
        && !input.is_active
        && let Some(what) = queries::what_depends_on(act, id)?
    {
        return Err(Error::InUse(what));
    }
    if before.ships_orders
        && !input.ships_orders
        && let Some(orders) = queries::orders_waiting(act, id)?
    {
        return Err(Error::OrdersWait(orders));
    }
    let after: Warehouse = diesel::update(warehouses::table.find(id))
        .set(input)
        .returning(Warehouse::as_returning())
        .get_result(act.conn())
        .on_constraint("warehouses_code_key", Error::CodeTaken)?;
    if allocates_otherwise(before, &after) {
        let cause = Cause::of(CauseKind::Settings).because("Settings of the warehouse");
        stock::change_if_agreed(act, &cause, &[input.policy_of(id)], consent)?;
    }
    act.tell(after.record(), &Event::Edited)?;
    Ok(after)
}

/// Who would gain and who would lose by settings that say something else about who gets stock.
///
/// # Errors
/// Those of the database.
pub fn preview_warehouse(
    conn: &mut PgConnection,
    id: WarehouseId,
    input: &WarehouseInput,
) -> Result<Effects, Error> {
    Ok(stock::preview(conn, clock::now(), &[input.policy_of(id)])?)
}

/// All warehouses, kept from others: from whoever makes one primary, and from whoever is about to
/// put goods or orders there, so that what depends on a warehouse is counted once and for all.
fn lock_all(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    Warehouse::query()
        .order(warehouses::id)
        .for_update()
        .load(conn)
}

/// Makes room for the one that is primary from now on.
fn make_none_primary(conn: &mut PgConnection, next: &WarehouseInput) -> Result<(), Error> {
    if !next.is_active {
        return Err(Error::PrimaryStaysActive);
    }
    diesel::update(warehouses::table.filter(warehouses::is_primary))
        .set(warehouses::is_primary.eq(false))
        .execute(conn)?;
    Ok(())
}

fn allocates_otherwise(before: &Warehouse, after: &Warehouse) -> bool {
    before.allocation_policy != after.allocation_policy
        || before.collect_after_days != after.collect_after_days
}
