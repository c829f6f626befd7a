//! Reading accounts.

use diesel::dsl::array;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::model::{Credentials, User};
use crate::schema::{company, user_warehouses, users, warehouses};
use crate::types::{Limit, UserId, WarehouseId};
use crate::web::{Role, Visitor};

/// Everybody: who may sign in first, by name.
pub fn users(conn: &mut PgConnection) -> QueryResult<Vec<User>> {
    User::query()
        .order((
            users::disabled_at.is_not_null(),
            crate::db::lower(users::name),
            users::id,
        ))
        .load(conn)
}

/// One account.
///
/// # Errors
/// [`diesel::NotFound`] when there is none.
pub fn user(conn: &mut PgConnection, id: UserId) -> QueryResult<User> {
    User::query().filter(users::id.eq(id)).first(conn)
}

/// What the password of an account in use is checked against.
pub fn credentials(conn: &mut PgConnection, email: &str) -> QueryResult<Option<Credentials>> {
    Credentials::query()
        .filter(users::email.eq(email))
        .filter(users::disabled_at.is_null())
        .first(conn)
        .optional()
}

/// The same, of somebody known.
///
/// # Errors
/// [`diesel::NotFound`] when the account does not exist or is disabled.
pub fn credentials_of(conn: &mut PgConnection, id: UserId) -> QueryResult<Credentials> {
    Credentials::query()
        .filter(users::id.eq(id))
        .filter(users::disabled_at.is_null())
        .first(conn)
}

/// Who stands behind a session, if it still counts. One statement: every request asks.
pub fn visitor(conn: &mut PgConnection, id: UserId, epoch: i32) -> QueryResult<Option<Visitor>> {
    let limit = user_warehouses::table
        .inner_join(warehouses::table)
        .filter(user_warehouses::user_id.eq(id))
        .order(warehouses::code);
    let found = users::table
        .inner_join(company::table.on(company::id.eq(1)))
        .filter(users::id.eq(id))
        .filter(users::session_epoch.eq(epoch))
        .filter(users::disabled_at.is_null())
        .select((
            users::id,
            users::name,
            users::role,
            array::<BigInt, _>(limit.select(warehouses::id)),
            array::<Text, _>(limit.select(warehouses::code)),
            company::name,
            company::time_zone,
        ))
        .first::<(_, _, Role, Vec<WarehouseId>, Vec<String>, _, _)>(conn)
        .optional()?;
    Ok(
        found.map(|(id, name, role, limit, codes, company, zone)| Visitor {
            id,
            name,
            role,
            // Admins never are, whatever stands there.
            limit: match role {
                Role::Admin => Limit::default(),
                _ => Limit::to(limit),
            },
            limited_to: codes.join(", "),
            company,
            zone,
        }),
    )
}
