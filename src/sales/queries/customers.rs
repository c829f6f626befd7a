//! Customers, one and many.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::{Deserialize, Serialize};

use super::narrow::name_pattern;
use crate::db::{Key, Listing, Page, Paging, Sorts, beginning, lower, page};
use crate::sales::Customer;
use crate::schema::{channels, customers, orders};
use crate::types::CustomerId;

/// One customer.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn customer(conn: &mut PgConnection, id: CustomerId) -> QueryResult<Customer> {
    Customer::query().filter(customers::id.eq(id)).first(conn)
}

/// These customers, by id.
pub fn customers_of(
    conn: &mut PgConnection,
    ids: &[CustomerId],
) -> QueryResult<HashMap<CustomerId, Customer>> {
    let found: Vec<Customer> = Customer::query()
        .filter(customers::id.eq_any(ids))
        .load(conn)?;
    Ok(found.into_iter().map(|each| (each.id, each)).collect())
}

/// The customers of a channel by these codes or e-mail addresses, in one statement; what nobody is
/// called is left out. A code goes before an address, and the older customer before the younger.
pub fn customers_known<S: AsRef<str>>(
    conn: &mut PgConnection,
    channel: &str,
    called: &[S],
) -> QueryResult<HashMap<String, Customer>> {
    let called: Vec<&str> = called.iter().map(AsRef::as_ref).collect();
    let found: Vec<Customer> = Customer::query()
        .inner_join(channels::table)
        .filter(lower(channels::name).eq(lower(channel)))
        .filter(
            customers::code
                .eq_any(&called)
                .or(customers::email.eq_any(&called)),
        )
        .order(customers::id)
        .load(conn)?;
    let mut known = HashMap::new();
    for customer in &found {
        known.insert(customer.code.clone(), customer.clone());
    }
    for customer in found {
        known.entry(customer.email.clone()).or_insert(customer);
    }
    Ok(known)
}

/// What a list of customers is narrowed to, as the URL has it. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilter {
    /// Beginning of a code or an e-mail address, or part of a name.
    pub q: String,
    /// `name` or `code`, falling with a minus before it; `name` if empty.
    pub sort: String,
}

/// By what customers can be sorted.
pub const CUSTOMER_SORTS: Sorts = Sorts {
    usual: "name",
    by: &[
        ("name", Key::text("lower(customers.name)")),
        ("code", Key::text("customers.code")),
    ],
    then: &[Key::big("customers.id")],
};

/// One page of the customers a filter leaves.
pub fn customers_page(
    conn: &mut PgConnection,
    filter: &CustomerFilter,
    paging: &Paging,
) -> QueryResult<Page<Customer>> {
    let keyset = CUSTOMER_SORTS.keyset(&filter.sort, paging);
    page!(conn, filtered(&filter.q), Customer, keyset)
}

/// The first few customers whose code or name is like what somebody types.
pub fn customers_like(conn: &mut PgConnection, q: &str) -> QueryResult<Vec<Customer>> {
    filtered(q)
        .order((lower(customers::name), customers::id))
        .limit(12)
        .load(conn)
}

fn filtered(q: &str) -> Listing<'_, Customer> {
    let mut query = Customer::query().into_boxed();
    let q = q.trim();
    if !q.is_empty() {
        let found = customers::code
            .like(beginning(q))
            .or(customers::code.like(beginning(&q.to_uppercase())))
            .or(customers::email.like(beginning(&q.to_lowercase())))
            .or(lower(customers::name).like(name_pattern(q)));
        query = query.filter(found);
    }
    query
}

/// How many open orders each of these customers has, in one statement.
pub fn open_orders_of(
    conn: &mut PgConnection,
    of: &[CustomerId],
) -> QueryResult<HashMap<CustomerId, i64>> {
    let rows: Vec<(CustomerId, i64)> = orders::table
        .filter(orders::customer_id.eq_any(of))
        .filter(sql::<Bool>("orders.status = 'open'"))
        .group_by(orders::customer_id)
        .select((orders::customer_id, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A code for a customer who has none: `C-000123`. Counts on the sequence of ids, so that two who
/// ask at once get two.
pub fn fresh_code(conn: &mut PgConnection) -> QueryResult<String> {
    let next: i64 = diesel::select(sql::<diesel::sql_types::BigInt>(
        "nextval(pg_get_serial_sequence('customers', 'id'))",
    ))
    .get_result(conn)?;
    Ok(format!("C-{next:06}"))
}
