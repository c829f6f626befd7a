//! Warehouses come and change.

use diesel::prelude::*;

use crate::catalog::{AllocationPolicy, Warehouse, WarehouseKind};
use crate::db::{Act, Who};
use crate::db::{announce, history};
use crate::error::OnConstraint;
use crate::inventory::{Error, queries};
use crate::schema::warehouses;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::{Quantity, UserId, WarehouseId};

/// What a person says about a warehouse.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = warehouses)]
pub struct WarehouseInput {
    /// A short name, upper case.
    pub code: String,
    /// Its name.
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
}

/// Opens a warehouse; if it is primary, no other is any more. `by` is nobody for what Backfill does
/// itself.
///
/// # Errors
/// [`Error::CodeTaken`], [`Error::PrimaryStaysActive`].
pub fn add_warehouse(
    conn: &mut PgConnection,
    input: &WarehouseInput,
    by: Option<UserId>,
) -> Result<Warehouse, Error> {
    let others = lock_all(conn)?;
    if input.is_primary {
        if !input.is_active {
            return Err(Error::PrimaryStaysActive);
        }
        make_none_primary(conn)?;
    } else if others.is_empty() {
        return Err(Error::PrimaryStays);
    }
    let warehouse: Warehouse = diesel::insert_into(warehouses::table)
        .values(input)
        .returning(Warehouse::as_returning())
        .get_result(conn)
        .on_constraint("warehouses_code_key", Error::CodeTaken)?;
    tell(conn, &warehouse, by, "Created")?;
    Ok(warehouse)
}

/// Changes the settings. Who gets stock is decided anew if they say something else about it.
///
/// # Errors
/// [`Error::CodeTaken`], [`Error::PrimaryStays`], [`Error::PrimaryStaysActive`], [`Error::InUse`].
pub fn edit_warehouse(
    conn: &mut PgConnection,
    id: WarehouseId,
    input: &WarehouseInput,
    by: Option<UserId>,
) -> Result<Warehouse, Error> {
    let all = lock_all(conn)?;
    let before = all.iter().find(|each| each.id == id);
    let before = before.ok_or(diesel::result::Error::NotFound)?;
    if before.is_primary && !input.is_primary {
        return Err(Error::PrimaryStays);
    }
    if input.is_primary && !input.is_active {
        return Err(Error::PrimaryStaysActive);
    }
    if before.is_active
        && !input.is_active
        && let Some(what) = queries::what_depends_on(conn, id)?
    {
        return Err(Error::InUse(what));
    }
    if input.is_primary && !before.is_primary {
        make_none_primary(conn)?;
    }
    let after: Warehouse = diesel::update(warehouses::table.filter(warehouses::id.eq(id)))
        .set(input)
        .returning(Warehouse::as_returning())
        .get_result(conn)
        .on_constraint("warehouses_code_key", Error::CodeTaken)?;
    if allocates_otherwise(before, &after) {
        allocate_anew(conn, id, by)?;
    }
    tell(conn, &after, by, "Edited")?;
    Ok(after)
}

/// All warehouses, kept from others: from whoever makes one primary, and from whoever is about to
/// put goods or orders there, so that what depends on a warehouse is counted once and for all.
fn lock_all(conn: &mut PgConnection) -> QueryResult<Vec<Warehouse>> {
    Warehouse::query()
        .order(warehouses::id)
        .for_update()
        .load(conn)
}

fn make_none_primary(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::update(warehouses::table.filter(warehouses::is_primary))
        .set(warehouses::is_primary.eq(false))
        .execute(conn)?;
    Ok(())
}

fn allocates_otherwise(before: &Warehouse, after: &Warehouse) -> bool {
    before.allocation_policy != after.allocation_policy
        || before.collect_after_days != after.collect_after_days
}

fn allocate_anew(
    conn: &mut PgConnection,
    id: WarehouseId,
    by: Option<UserId>,
) -> Result<(), Error> {
    let cause = Cause::of(CauseKind::Settings).because("Settings of the warehouse");
    let act = &mut Act::new(conn, by.map_or(Who::BACKFILL, Who::from));
    let rule = Happening::Rule {
        warehouse: Some(id),
    };
    stock::change(act, &cause, &[rule])?;
    Ok(())
}

fn tell(
    conn: &mut PgConnection,
    warehouse: &Warehouse,
    by: Option<UserId>,
    what: &str,
) -> QueryResult<()> {
    history::note(conn, warehouse.record(), by, what, "")?;
    announce(conn, &[warehouse.record().to_string()])
}
