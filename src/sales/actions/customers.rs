//! Customers come and change.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::db::history;
use crate::error::OnConstraint;
use crate::sales::{Customer, Error};
use crate::schema::customers;
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{CustomerId, RecordRef, UserId};

/// What a person or a file says about a customer.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = customers)]
pub struct CustomerInput {
    /// What the merchant calls it: an account number.
    pub code: String,
    /// Its name.
    pub name: String,
    /// May be empty.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Lines of an address; may be empty.
    pub address: String,
    /// May be empty.
    pub country: String,
    /// Class of its new orders.
    pub priority: Priority,
    /// Whether its new orders may leave in several parcels.
    pub shipping_policy: ShippingPolicy,
    /// For colleagues.
    pub note: String,
}

/// Takes in a customer.
///
/// # Errors
/// [`Error::CodeTaken`].
pub fn add_customer(
    conn: &mut PgConnection,
    input: &CustomerInput,
    user: Option<UserId>,
) -> Result<Customer, Error> {
    let customer: Customer = diesel::insert_into(customers::table)
        .values(input)
        .returning(Customer::as_returning())
        .get_result(conn)
        .on_constraint("customers_code_key", Error::CodeTaken)?;
    history::note(conn, customer.record(), user, "Created", "")?;
    Ok(customer)
}

/// Takes in many customers, all or none, in a constant number of statements; the ids stand in the
/// order of `inputs`.
///
/// # Errors
/// [`Error::CodeTaken`].
pub fn add_customers(
    conn: &mut PgConnection,
    inputs: &[CustomerInput],
    user: Option<UserId>,
) -> Result<Vec<CustomerId>, Error> {
    #[derive(QueryableByName)]
    #[diesel(check_for_backend(diesel::pg::Pg))]
    struct Inserted {
        #[diesel(sql_type = BigInt)]
        id: CustomerId,
        #[diesel(sql_type = Text)]
        code: String,
    }
    let column = |text: fn(&CustomerInput) -> &str| inputs.iter().map(text).collect::<Vec<_>>();
    let inserted: Vec<Inserted> = diesel::sql_query(
        "insert into customers
           (code, name, email, phone, address, country, priority, shipping_policy, note)
         select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
         returning id, code",
    )
    .bind::<Array<Text>, _>(column(|input| &input.code))
    .bind::<Array<Text>, _>(column(|input| &input.name))
    .bind::<Array<Text>, _>(column(|input| &input.email))
    .bind::<Array<Text>, _>(column(|input| &input.phone))
    .bind::<Array<Text>, _>(column(|input| &input.address))
    .bind::<Array<Text>, _>(column(|input| &input.country))
    .bind::<Array<Text>, _>(column(|input| input.priority.as_str()))
    .bind::<Array<Text>, _>(column(|input| input.shipping_policy.as_str()))
    .bind::<Array<Text>, _>(column(|input| &input.note))
    .load(conn)
    .on_constraint("customers_code_key", Error::CodeTaken)?;
    let by_code: HashMap<String, CustomerId> =
        inserted.into_iter().map(|row| (row.code, row.id)).collect();
    let ids: Vec<CustomerId> = inputs.iter().map(|input| by_code[&input.code]).collect();
    let records: Vec<RecordRef> = ids.iter().map(|id| RecordRef::Customer(*id)).collect();
    history::note_all(conn, &records, user, "Created", "")?;
    Ok(ids)
}

/// Writes what a person says about a customer over what was said before. Orders placed already
/// keep the address and the priority they were placed with.
///
/// # Errors
/// [`Error::CodeTaken`].
pub fn edit_customer(
    conn: &mut PgConnection,
    id: CustomerId,
    input: &CustomerInput,
    user: Option<UserId>,
) -> Result<Customer, Error> {
    let customer: Customer = diesel::update(customers::table.filter(customers::id.eq(id)))
        .set(input)
        .returning(Customer::as_returning())
        .get_result(conn)
        .on_constraint("customers_code_key", Error::CodeTaken)?;
    history::note(conn, customer.record(), user, "Edited", "")?;
    Ok(customer)
}
