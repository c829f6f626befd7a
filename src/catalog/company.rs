//! The company itself: one row.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Language;
use crate::db::Act;
use crate::schema::company;
use crate::types::{Money, Quantity, Zone};

/// Who runs this Backfill, as papers and mails say it.
#[derive(Debug, Clone, PartialEq, HasQuery, AsChangeset, serde::Serialize)]
#[diesel(table_name = company, treat_none_as_null = true)]
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
    /// Printed above the lines of a purchase order in English; may be empty.
    pub purchase_order_intro: String,
    /// Days and times of day are told, and typed, as they are there.
    pub time_zone: Zone,
    /// The same in French.
    pub purchase_order_intro_fr: String,
    /// A difference of so many units is counted once more; none: no difference is.
    pub recount_units: Option<Quantity>,
    /// The same of a value.
    pub recount_value: Option<Money>,
    /// Whether those who have the right may pack and ship what was not scanned.
    pub ships_unscanned: bool,
}

impl Company {
    /// What is printed above the lines of a purchase order.
    pub fn intro(&self, language: Language) -> &str {
        match language {
            Language::English => &self.purchase_order_intro,
            Language::French => &self.purchase_order_intro_fr,
        }
    }
}

/// The company.
pub fn company(conn: &mut PgConnection) -> QueryResult<Company> {
    Company::query().first(conn)
}

/// Where the company tells the time.
pub fn zone(conn: &mut PgConnection) -> QueryResult<Zone> {
    company::table.select(company::time_zone).first(conn)
}

/// The day of an act, where the company is.
pub fn today(act: &mut Act<'_>) -> QueryResult<NaiveDate> {
    Ok(zone(act)?.day(act.at()))
}

/// The company is where this machine is, unless somebody said where: called at every start.
pub fn settle_zone(act: &mut Act<'_>) -> QueryResult<()> {
    diesel::update(company::table.filter(company::time_zone.eq("")))
        .set(company::time_zone.eq(Zone::of_machine()))
        .execute(act.conn())?;
    Ok(())
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
