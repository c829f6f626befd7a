//! What an order holds beside its goods.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::{Act, set_based};
use crate::types::{Money, OrderId};

/// An amount of an order that is no goods: postage, a discount, a service.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAmount {
    pub order: OrderId,
    /// What it is for, in at most 200 characters.
    pub name: String,
    /// Below zero for a discount.
    pub amount: Money,
}

/// Adds amounts to orders that were just placed, and to their totals.
///
/// # Errors
/// Those of the database.
pub fn add_amounts(act: &mut Act<'_>, amounts: &[NewAmount]) -> QueryResult<()> {
    if amounts.is_empty() {
        return Ok(());
    }
    set_based!(
        "with added as (
           insert into order_amounts (:columns) select :columns from :rows returning order_id, amount
         )
         update orders o set total = o.total + a.amount
         from (select order_id, as_money(sum(amount)) as amount from added group by order_id) a
         where o.id = a.order_id",
        amounts, |one|
        order_id: BigInt = one.order,
        name: Text = &one.name,
        amount: BigInt = one.amount
    )
    .execute(act.conn())?;
    Ok(())
}
