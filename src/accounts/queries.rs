//! Reading accounts.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Text, Timestamptz};

use super::model::{Credentials, User};
use crate::db::{Act, sql};
use crate::schema::users;
use crate::types::{Limit, SessionId, UserId, WarehouseId, Zone};
use crate::web::{Right, Rights, Role, Visitor};

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

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Found {
    #[diesel(sql_type = BigInt)]
    session: SessionId,
    #[diesel(sql_type = BigInt)]
    id: UserId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    role: Role,
    #[diesel(sql_type = Array<BigInt>)]
    limit_to: Vec<WarehouseId>,
    #[diesel(sql_type = Array<Text>)]
    codes: Vec<String>,
    #[diesel(sql_type = Text)]
    company: String,
    #[diesel(sql_type = Text)]
    zone: Zone,
    #[diesel(sql_type = Bool)]
    lacks_second_factor: bool,
    #[diesel(sql_type = Array<Text>)]
    given: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    taken: Vec<String>,
}

/// Who stands behind a session, if it still counts; that it is used, if somebody asks by hand, is kept
/// once a minute. One statement: every request asks.
pub fn visitor(
    act: &mut Act<'_>,
    token_hash: &[u8],
    by_hand: bool,
) -> QueryResult<Option<Visitor>> {
    let now = act.at();
    let found: Option<Found> = sql!(
        "with found as (
           select s.id as session, s.seen_at, u.id, u.name, u.role, c.name as company,
             c.time_zone as zone, u.totp_since is null and case r.second_factor_from
               when 'user' then true
               when 'manager' then u.role <> 'user'
               when 'admin' then u.role = 'admin'
               else false
             end as lacks_second_factor
           from sessions s
           join users u on u.id = s.user_id and u.disabled_at is null
           cross join company c
           cross join sign_in_rules r
           where s.token_hash = :token and s.ended_at is null and not s.waits_for_code
             and s.seen_at > :now - make_interval(hours => r.idle_hours)
             and s.began_at > :now - make_interval(days => r.longest_days)
         ), seen as (
           update sessions s set seen_at = :now from found f
           where s.id = f.session and :by_hand and f.seen_at < :now - interval '1 minute'
         )
         select session, id, name, role, company, zone, lacks_second_factor,
           array(select w.id from user_warehouses l join warehouses w on w.id = l.warehouse_id
             where l.user_id = found.id order by w.code) as limit_to,
           array(select w.code from user_warehouses l join warehouses w on w.id = l.warehouse_id
             where l.user_id = found.id order by w.code) as codes,
           array(select r.name from user_rights r where r.user_id = found.id and r.is_given) as given,
           array(select r.name from user_rights r where r.user_id = found.id and not r.is_given) as taken
         from found",
        token: Binary = token_hash,
        now: Timestamptz = now,
        by_hand: Bool = by_hand,
    )
    .get_result(act.conn())
    .optional()?;
    Ok(found.map(|found| Visitor {
        session: found.session,
        id: found.id,
        name: found.name,
        rights: rights(&found.given, &found.taken),
        role: found.role,
        // Admins never are, whatever stands there.
        limit: match found.role {
            Role::Admin => Limit::default(),
            _ => Limit::to(found.limit_to),
        },
        limited_to: found.codes.join(", "),
        company: found.company,
        zone: found.zone,
        lacks_second_factor: found.lacks_second_factor,
    }))
}

/// A right nobody knows any more is none.
fn rights(given: &[String], taken: &[String]) -> Rights {
    let known = |names: &[String], is_given: bool| {
        let known = names.iter().filter_map(|name| name.parse::<Right>().ok());
        known.map(|right| (right, is_given)).collect::<Vec<_>>()
    };
    known(given, true)
        .into_iter()
        .chain(known(taken, false))
        .collect()
}
