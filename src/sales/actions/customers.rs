//! Customers come and change.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use super::channels::channel_named;
use crate::db::{Act, set_based};
use crate::error::OnConstraint;
use crate::sales::queries::own_channel;
use crate::sales::{Customer, Error};
use crate::schema::customers;
use crate::stock::{Priority, ShippingPolicy};
use crate::types::{CustomerId, Event, RecordRef};

/// What a person or a file says about a customer.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = customers)]
pub struct CustomerInput {
    /// What the merchant calls it: an account number.
    pub code: String,
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

/// Two customers of a channel would bear one code.
const CODE_TAKEN: &str = "customers_code_channel_id_key";

/// Takes in a customer, by hand.
///
/// # Errors
/// [`Error::CodeTaken`].
pub fn add_customer(act: &mut Act<'_>, input: &CustomerInput) -> Result<Customer, Error> {
    let own = own_channel(act)?;
    let customer: Customer = diesel::insert_into(customers::table)
        .values((
            input,
            customers::channel_id.eq(own.id),
            customers::created_at.eq(act.at()),
        ))
        .returning(Customer::as_returning())
        .get_result(act.conn())
        .on_constraint(CODE_TAKEN, Error::CodeTaken)?;
    act.note(customer.record(), &Event::Created)?;
    Ok(customer)
}

/// Takes in many customers of the channel of this name, all or none, in a constant number of
/// statements; the ids stand in the order of `inputs`.
///
/// # Errors
/// [`Error::CodeTaken`].
pub fn add_customers(
    act: &mut Act<'_>,
    channel: &str,
    inputs: &[CustomerInput],
) -> Result<Vec<CustomerId>, Error> {
    #[derive(QueryableByName)]
    #[diesel(table_name = customers, check_for_backend(diesel::pg::Pg))]
    struct Inserted {
        id: CustomerId,
        code: String,
    }
    let channel = channel_named(act, channel)?;
    let inserted: Vec<Inserted> = set_based!(
        "insert into customers (:columns, channel_id, created_at)
         select :columns, :channel, :at from :rows returning id, code",
        inputs, |input|
        code: Text = &input.code,
        name: Text = &input.name,
        email: Text = &input.email,
        phone: Text = &input.phone,
        address: Text = &input.address,
        country: Text = &input.country,
        priority: Text = input.priority,
        shipping_policy: Text = input.shipping_policy,
        note: Text = &input.note;
        channel: BigInt = channel, at: Timestamptz = act.at()
    )
    .load(act.conn())
    .on_constraint(CODE_TAKEN, Error::CodeTaken)?;
    let by_code: HashMap<String, CustomerId> =
        inserted.into_iter().map(|row| (row.code, row.id)).collect();
    let ids: Vec<CustomerId> = inputs.iter().map(|input| by_code[&input.code]).collect();
    let records: Vec<RecordRef> = ids.iter().map(|id| RecordRef::Customer(*id)).collect();
    act.note_all(&records, &Event::Created)?;
    Ok(ids)
}

/// Writes what a person who read `version` says about a customer over what was said before. Orders
/// placed already keep the address and the priority they were placed with.
///
/// # Errors
/// [`Error::CustomerChanged`], [`Error::CodeTaken`].
pub fn edit_customer(
    act: &mut Act<'_>,
    id: CustomerId,
    version: i32,
    input: &CustomerInput,
) -> Result<Customer, Error> {
    let as_read = customers::table
        .find(id)
        .filter(customers::version.eq(version));
    let customer: Customer = diesel::update(as_read)
        .set((input, customers::version.eq(version + 1)))
        .returning(Customer::as_returning())
        .get_result(act.conn())
        .optional()
        .on_constraint(CODE_TAKEN, Error::CodeTaken)?
        .ok_or(Error::CustomerChanged)?;
    act.note(customer.record(), &Event::Edited)?;
    Ok(customer)
}
