//! Shipping rules come, change, change places and go.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use super::place::check_warehouses;
use crate::db::{Act, set_based, sql};
use crate::sales::{Error, RuleInput};
use crate::schema::{shipping_rule_warehouses, shipping_rules};
use crate::types::{ShippingRuleId, WarehouseId};

/// More rules nobody can follow.
const MOST: i32 = 200;

/// Adds a rule behind all others, which looks at these warehouses in their order.
///
/// # Errors
/// [`Error::TooManyRules`], [`Error::NotThere`].
pub fn add_rule(
    act: &mut Act<'_>,
    input: &RuleInput,
    warehouses: &[WarehouseId],
) -> Result<ShippingRuleId, Error> {
    let last = lock_rules(act)?;
    if last >= MOST {
        return Err(Error::TooManyRules);
    }
    let id = diesel::insert_into(shipping_rules::table)
        .values((
            input,
            shipping_rules::position.eq(last + 1),
            shipping_rules::created_at.eq(act.at()),
        ))
        .returning(shipping_rules::id)
        .get_result(act.conn())?;
    look_at(act, id, warehouses)?;
    Ok(id)
}

/// Changes what a rule says. Lines that it decided about stay where they are.
///
/// # Errors
/// [`Error::NotThere`].
pub fn edit_rule(
    act: &mut Act<'_>,
    id: ShippingRuleId,
    input: &RuleInput,
    warehouses: &[WarehouseId],
) -> Result<(), Error> {
    lock_rules(act)?;
    let changed = diesel::update(shipping_rules::table.find(id))
        .set(input)
        .execute(act.conn())?;
    if changed == 0 {
        return Err(diesel::NotFound.into());
    }
    let looked_at = shipping_rule_warehouses::rule_id.eq(id);
    diesel::delete(shipping_rule_warehouses::table.filter(looked_at)).execute(act.conn())?;
    look_at(act, id, warehouses)
}

/// Gives a rule another number; those between move up or down. A number beyond the ends is the end.
///
/// # Errors
/// Those of the database; `NotFound` when it is gone.
pub fn number_rule(act: &mut Act<'_>, id: ShippingRuleId, number: i32) -> Result<(), Error> {
    let last = lock_rules(act)?;
    let was: i32 = shipping_rules::table
        .find(id)
        .select(shipping_rules::position)
        .first(act.conn())?;
    sql!(
        "update shipping_rules
         set position = case
           when id = :id then :number
           when position > :was then position - 1
           else position + 1 end
         where position between least(:was, :number) and greatest(:was, :number)",
        id: BigInt = id,
        number: Integer = number.clamp(1, last.max(1)),
        was: Integer = was,
    )
    .execute(act.conn())?;
    Ok(())
}

/// Removes a rule; those behind it move up. One that is gone stays gone.
///
/// # Errors
/// Those of the database.
pub fn remove_rule(act: &mut Act<'_>, id: ShippingRuleId) -> Result<(), Error> {
    lock_rules(act)?;
    let gone: Option<i32> = diesel::delete(shipping_rules::table.find(id))
        .returning(shipping_rules::position)
        .get_result(act.conn())
        .optional()?;
    if let Some(gone) = gone {
        diesel::update(shipping_rules::table.filter(shipping_rules::position.gt(gone)))
            .set(shipping_rules::position.eq(shipping_rules::position - 1))
            .execute(act.conn())?;
    }
    Ok(())
}

/// Keeps the rules from others until the transaction ends; how many there are.
fn lock_rules(conn: &mut PgConnection) -> QueryResult<i32> {
    diesel::sql_query("lock table shipping_rules in share row exclusive mode").execute(conn)?;
    let last: Option<i32> = shipping_rules::table
        .select(diesel::dsl::max(shipping_rules::position))
        .first(conn)?;
    Ok(last.unwrap_or_default())
}

fn look_at(
    act: &mut Act<'_>,
    rule: ShippingRuleId,
    warehouses: &[WarehouseId],
) -> Result<(), Error> {
    let all: BTreeSet<WarehouseId> = warehouses.iter().copied().collect();
    check_warehouses(act, all).map_err(Error::there)?;
    let numbered: Vec<(i32, &WarehouseId)> = (1..).zip(warehouses).collect();
    set_based!(
        "insert into shipping_rule_warehouses (rule_id, position, warehouse_id)
         select :rule, u.position, u.warehouse from :rows",
        numbered, |(position, warehouse)|
        position: Integer = *position,
        warehouse: BigInt = **warehouse;
        rule: BigInt = rule
    )
    .execute(act.conn())?;
    Ok(())
}
