//! Users may be limited to some warehouses, and then see and touch only those; admins never are.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::error::Error;
use crate::db::Act;
use crate::error::OnConstraint;
use crate::schema::{user_warehouses, users, warehouses};
use crate::types::{Event, RecordRef, UserId, WarehouseId};
use crate::web::Role;

/// What a warehouse is called that somebody is limited to, or may be.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct WarehouseNamed {
    pub id: WarehouseId,
    pub code: String,
    pub name: String,
}

/// Every warehouse that is in use, or that somebody is limited to, by code.
pub fn warehouses_named(conn: &mut PgConnection) -> QueryResult<Vec<WarehouseNamed>> {
    let named = user_warehouses::table.select(user_warehouses::warehouse_id);
    warehouses::table
        .filter(warehouses::is_active.or(warehouses::id.eq_any(named)))
        .order(warehouses::code)
        .select((warehouses::id, warehouses::code, warehouses::name))
        .load(conn)
}

/// Those that each user is limited to, by code; who is not there is limited to none.
pub fn limits(conn: &mut PgConnection) -> QueryResult<HashMap<UserId, Vec<WarehouseNamed>>> {
    let rows: Vec<(UserId, WarehouseNamed)> = user_warehouses::table
        .inner_join(warehouses::table)
        .order(warehouses::code)
        .select((
            user_warehouses::user_id,
            (warehouses::id, warehouses::code, warehouses::name),
        ))
        .load(conn)?;
    let mut limits: HashMap<UserId, Vec<WarehouseNamed>> = HashMap::new();
    for (user, warehouse) in rows {
        limits.entry(user).or_default().push(warehouse);
    }
    Ok(limits)
}

/// Those that one user is limited to.
pub fn limit_of(conn: &mut PgConnection, id: UserId) -> QueryResult<Vec<WarehouseNamed>> {
    user_warehouses::table
        .inner_join(warehouses::table)
        .filter(user_warehouses::user_id.eq(id))
        .order(warehouses::code)
        .select((warehouses::id, warehouses::code, warehouses::name))
        .load(conn)
}

/// In a few words.
pub fn in_words(limit: &[WarehouseNamed]) -> String {
    if limit.is_empty() {
        return "All".to_owned();
    }
    let codes: Vec<&str> = limit.iter().map(|each| each.code.as_str()).collect();
    codes.join(", ")
}

/// Limits a user to some warehouses from the next request on; to none of them: no longer. An admin is
/// never limited, whatever is asked for.
///
/// # Errors
/// [`Error::NoSuchWarehouse`].
pub fn limit(act: &mut Act<'_>, id: UserId, to: &BTreeSet<WarehouseId>) -> Result<(), Error> {
    let of_user = users::table.find(id);
    let role: Role = of_user.select(users::role).for_update().first(act.conn())?;
    let to = to.iter().filter(|_| role != Role::Admin);
    let rows: Vec<_> = to
        .map(|warehouse| {
            (
                user_warehouses::user_id.eq(id),
                user_warehouses::warehouse_id.eq(*warehouse),
            )
        })
        .collect();
    let was = limit_of(act, id)?;
    diesel::delete(user_warehouses::table.filter(user_warehouses::user_id.eq(id)))
        .execute(act.conn())?;
    diesel::insert_into(user_warehouses::table)
        .values(&rows)
        .execute(act.conn())
        .on_constraint("user_warehouses_warehouse_id_fkey", Error::NoSuchWarehouse)?;
    let now = limit_of(act, id)?;
    if was != now {
        let (was, now) = (in_words(&was), in_words(&now));
        let changed = (RecordRef::User(id), Event::LimitChanged { was, now });
        act.trace_each(std::slice::from_ref(&changed))?;
        act.note(changed.0, &changed.1)?;
    }
    Ok(())
}
