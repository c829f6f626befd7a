//! Whoever is limited to some warehouses reads views that show only what belongs to these.
//!
//! The views have the names of the tables and stand before them in the search path of a reading
//! transaction: no query has to know, and none can forget. What is written goes to the tables; there
//! [`Act::refusal`](super::Act::refusal) says what is not theirs.

use diesel::connection::SimpleConnection;
use diesel::dsl::{select, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::types::{Limit, OrderId, RecordRef, WarehouseId};

const VIEWS: &str = include_str!("limited.sql");

/// Takes the views away, which would keep migrations from changing the tables below them.
pub(super) fn remove(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("drop schema if exists limited cascade")
}

/// Makes the views of the tables there are.
pub(super) fn create(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(VIEWS)?;
    conn.batch_execute(&format!("comment on schema limited is '{}'", print()))
}

/// Whether the views are those of this program.
pub(super) fn are_current(conn: &mut PgConnection) -> QueryResult<bool> {
    let made_of: Option<String> = select(sql::<Nullable<Text>>(
        "obj_description(to_regnamespace('limited'), 'pg_namespace')",
    ))
    .get_result(conn)?;
    Ok(made_of == Some(print()))
}

fn print() -> String {
    let sum = Sha256::digest(VIEWS);
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a transaction is told that reads no more than the limit admits.
pub(super) fn entrance(limit: &Limit) -> Option<String> {
    let told = told(limit)?;
    Some(format!("{told}; SET LOCAL search_path = limited, public"))
}

/// Tells the transaction the limit that the views are made of.
fn tell(conn: &mut PgConnection, limit: &Limit) -> QueryResult<()> {
    told(limit).map_or(Ok(()), |told| conn.batch_execute(&told))
}

fn told(limit: &Limit) -> Option<String> {
    let ids: Vec<String> = limit
        .warehouses()?
        .iter()
        .map(WarehouseId::to_string)
        .collect();
    Some(format!(
        "SET LOCAL backfill.warehouses = '{{{}}}'",
        ids.join(",")
    ))
}

/// Reads what everybody may know, whatever they are limited to, such as what a warehouse is called.
///
/// # Errors
/// Those of `ask`.
pub fn beyond<T>(
    conn: &mut PgConnection,
    ask: impl FnOnce(&mut PgConnection) -> QueryResult<T>,
) -> QueryResult<T> {
    let here: String = select(sql::<Text>("current_setting('search_path')")).get_result(conn)?;
    conn.batch_execute("SET LOCAL search_path = public")?;
    let answer = ask(conn);
    // Also after what somebody makes nothing of, such as no row; a failure comes first.
    let back = conn.batch_execute(&format!("SET LOCAL search_path = {here}"));
    answer.and_then(|answer| back.map(|()| answer))
}

/// What those of some warehouses are called that a limit does not admit.
fn outside(
    conn: &mut PgConnection,
    limit: &Limit,
    warehouses: impl IntoIterator<Item = WarehouseId>,
) -> QueryResult<Vec<String>> {
    let warehouses = warehouses.into_iter();
    let strange: Vec<WarehouseId> = warehouses.filter(|each| !limit.admits(*each)).collect();
    if strange.is_empty() {
        return Ok(Vec::new());
    }
    let codes = sql::<Array<Text>>("array(select code from public.warehouses where id = any(")
        .bind::<Array<BigInt>, _>(&strange)
        .sql(") order by code)");
    let codes: Vec<String> = select(codes).get_result(conn)?;
    Ok(match codes.is_empty() {
        true => vec!["This warehouse".to_owned()],
        false => codes,
    })
}

/// Why some warehouses may not be touched, in a sentence; `None`: all may.
pub(super) fn refusal(
    conn: &mut PgConnection,
    limit: &Limit,
    warehouses: impl IntoIterator<Item = WarehouseId>,
) -> QueryResult<Option<String>> {
    let strange = outside(conn, limit, warehouses)?;
    Ok(match &strange[..] {
        [] => None,
        [one] => Some(format!("{one} is not among your warehouses.")),
        [all @ .., last] => Some(format!(
            "{} and {last} are not among your warehouses.",
            all.join(", ")
        )),
    })
}

/// Refuses records that a limit does not show, each by the table that has it: they are not there.
///
/// # Errors
/// [`Error::NotFound`].
pub fn check_seen(
    conn: &mut PgConnection,
    limit: &Limit,
    records: &[(&'static str, i64)],
) -> Result<()> {
    if records.is_empty() || !limit.is_any() {
        return Ok(());
    }
    tell(conn, limit)?;
    let seen = records
        .iter()
        .map(|(table, id)| format!("exists (select from limited.{table} where id = {id})"));
    let seen = seen.collect::<Vec<_>>().join(" and ");
    match select(sql::<Bool>(&seen)).get_result(conn)? {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

/// Whether a limit shows all of some records, of any kinds.
pub fn shows(conn: &mut PgConnection, limit: &Limit, records: &[RecordRef]) -> QueryResult<bool> {
    if records.is_empty() || !limit.is_any() {
        return Ok(true);
    }
    tell(conn, limit)?;
    let kinds: Vec<&str> = records.iter().map(|record| record.kind()).collect();
    let ids: Vec<i64> = records.iter().map(|record| record.id()).collect();
    let shown = sql::<Bool>("(select bool_and(limited.shows(kind, id)) from unnest(")
        .bind::<Array<Text>, _>(kinds)
        .sql(", ")
        .bind::<Array<BigInt>, _>(ids)
        .sql(") as asked (kind, id))");
    select(shown).get_result(conn)
}

/// Refuses what is about the whole of orders of which other warehouses ship some.
///
/// # Errors
/// [`Error::NotYours`], with their names in its sentence.
pub fn check_whole(conn: &mut PgConnection, limit: &Limit, orders: &[OrderId]) -> Result<()> {
    if orders.is_empty() || !limit.is_any() {
        return Ok(());
    }
    let from = sql::<Array<BigInt>>(
        "array(select distinct warehouse_id from public.order_lines where order_id = any(",
    )
    .bind::<Array<BigInt>, _>(orders)
    .sql("))");
    let from: Vec<WarehouseId> = select(from).get_result(conn)?;
    match &outside(conn, limit, from)?[..] {
        [] => Ok(()),
        others => Err(Error::NotYours(ships_too(&others.join(", ")))),
    }
}

/// Which of some orders are not theirs as a whole, each with why, in a sentence.
pub(super) fn not_whole(
    conn: &mut PgConnection,
    limit: &Limit,
    orders: &[OrderId],
) -> QueryResult<Vec<(OrderId, String)>> {
    if orders.is_empty() || !limit.is_any() {
        return Ok(Vec::new());
    }
    tell(conn, limit)?;
    let shared: Vec<Shared> = diesel::sql_query(
        "select l.order_id, string_agg(distinct w.code, ', ' order by w.code) as others
         from public.order_lines l join public.warehouses w on w.id = l.warehouse_id
         where l.order_id = any($1) and not limited.admits(l.warehouse_id)
         group by l.order_id",
    )
    .bind::<Array<BigInt>, _>(orders)
    .load(conn)?;
    let why = |shared: Shared| (shared.order_id, ships_too(&shared.others));
    Ok(shared.into_iter().map(why).collect())
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Shared {
    #[diesel(sql_type = BigInt)]
    order_id: OrderId,
    #[diesel(sql_type = Text)]
    others: String,
}

fn ships_too(others: &str) -> String {
    format!("{others} ships some of it as well: whoever may touch all of it can do this.")
}

/// The codes of the warehouses that ship lines of an order which the reader does not see.
pub fn also_ship(conn: &mut PgConnection, order: OrderId) -> QueryResult<Vec<String>> {
    let others = sql::<Array<Text>>(
        "array(
           select distinct w.code
           from public.order_lines l join public.warehouses w on w.id = l.warehouse_id
           where l.warehouse_id not in (select id from warehouses) and l.order_id = ",
    )
    .bind::<BigInt, _>(order)
    .sql(" order by 1)");
    select(others).get_result(conn)
}
