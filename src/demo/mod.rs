//! The demo shop: real order lines, at work.
//!
//! Owns no table: it places, ships, buys and receives through the actions of the domains, as people
//! would, with the moments of the past. Deterministic: the same program makes the same shop, but for
//! the day it is made on. The order lines are those of the *Online Retail* data set; customers'
//! names, suppliers and stock are invented.

mod bins;
mod counts;
mod floor;
mod kits;
mod names;
mod notes;
mod orders;
mod people;
mod purchases;
mod returns;
mod sales;
mod stock;
mod suppliers;
mod transfers;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use crate::db::{Act, Who};
use crate::error::Result;
use crate::schema::users;

pub use people::{LOGINS, PASSWORD};

/// The shop opened so many days ago: before its first order came in.
const DAYS_OF_HISTORY: i64 = 30;

/// Whether somebody already works here, so that there is nothing to fill.
pub fn is_filled(conn: &mut PgConnection) -> Result<bool> {
    let anybody = diesel::dsl::exists(users::table.select(users::id));
    Ok(diesel::select(anybody).get_result(conn)?)
}

/// Fills an empty, migrated database; call it in one transaction, so that a shop is there wholly or
/// not at all. `tell` hears what is being done.
///
/// # Errors
/// Those of the actions; none is expected.
pub fn fill(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    mail_sender: &str,
    tell: &mut dyn FnMut(&str),
) -> Result<()> {
    let file = orders::read(now)?;

    tell("people, warehouses and suppliers");
    let opening = now - TimeDelta::days(DAYS_OF_HISTORY);
    let opened = Who::BACKFILL.at(opening);
    let people = people::hire(&mut Act::new(conn, opened))?;
    let owner = Who::from(people.owner).at(opening);
    let warehouses = stock::open_warehouses(&mut Act::new(conn, owner))?;
    let shelves = bins::lay_out(&mut Act::new(conn, owner), warehouses.main)?;
    floor::meet_carrier(&mut Act::new(conn, owner))?;
    let suppliers = suppliers::meet(&mut Act::new(conn, opened))?;

    tell("products and their stock");
    let products = stock::fill_catalog(&mut Act::new(conn, opened), &file, &suppliers)?;
    let plan = stock::plan(&file, &warehouses);
    stock::put(
        conn,
        &plan.opening(&warehouses, &products, &shelves),
        people.buyer,
        now,
    )?;
    stock::watch(&mut Act::new(conn, opened), &plan, &products)?;

    tell("orders of the last days");
    let customers = sales::meet_customers(&mut Act::new(conn, opened), &file)?;
    let shop = sales::Shop {
        people,
        warehouses,
        products,
        customers,
        now,
    };
    sales::ship_old_orders(conn, &file, &shop)?;
    sales::place_open_orders(conn, &file, &shop)?;
    kits::sell(conn, &shop)?;

    tell("purchase orders, transfers, parcels and a count under way");
    purchases::buy(conn, &shop, mail_sender)?;
    transfers::send(conn, &shop)?;
    sales::work_today(conn, &shop)?;
    returns::announce(conn, &shop)?;
    counts::begin(conn, &shop)?;
    notes::write(conn, &shop)
}

/// A number that is the same for the same text, everywhere and always (FNV-1a).
fn mark(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
