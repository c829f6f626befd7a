//! The company itself: one row.

use diesel::prelude::*;

use crate::db::Act;
use crate::schema::company;

/// Who runs this Backfill, as papers and mails say it.
#[derive(Debug, Clone, PartialEq, HasQuery, AsChangeset, serde::Serialize)]
#[diesel(table_name = company)]
pub struct Company {
    pub name: String,
    /// Lines of an address; may be empty.
    pub address: String,
    /// Where suppliers answer; may be empty.
    pub email: String,
    /// May be empty.
    pub phone: String,
    /// Three letters; selling prices are in it.
    pub currency: String,
    /// Whether orders on hold keep the stock reserved for them.
    pub held_orders_keep_stock: bool,
    /// Printed above the lines of every purchase order.
    pub purchase_order_intro: String,
}

/// The company.
pub fn company(conn: &mut PgConnection) -> QueryResult<Company> {
    Company::query().first(conn)
}

/// Makes the company what `changed` says; returns what it was. Whoever changes what orders on hold
/// may keep plans again after it: see `inventory::change_company`.
pub fn edit_company(act: &mut Act<'_>, changed: &Company) -> QueryResult<Company> {
    let before = Company::query().for_update().first(act.conn())?;
    diesel::update(company::table)
        .set(changed)
        .execute(act.conn())?;
    Ok(before)
}
