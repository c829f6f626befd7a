//! The company changes what it is called, or a rule of the stock.

use diesel::prelude::*;

use crate::catalog::{self, Company};
use crate::db::{Act, Who};
use crate::inventory::Error;
use crate::stock::{self, Cause, CauseKind, Happening};
use crate::types::UserId;

/// Changes the company. If orders on hold may no longer keep stock, or may again, every queue is
/// planned anew in the same transaction.
///
/// # Errors
/// Those of the database.
pub fn change_company(
    conn: &mut PgConnection,
    changed: &Company,
    by: Option<UserId>,
) -> Result<(), Error> {
    let before = catalog::edit_company(&mut Act::new(conn, Who::BACKFILL), changed)?;
    if before.held_orders_keep_stock != changed.held_orders_keep_stock {
        let why = if changed.held_orders_keep_stock {
            "Orders on hold keep their stock"
        } else {
            "Orders on hold give their stock away"
        };
        let cause = Cause::of(CauseKind::Settings).because(why);
        let act = &mut Act::new(conn, by.map_or(Who::BACKFILL, Who::from));
        stock::change(act, &cause, &[Happening::Rule { warehouse: None }])?;
    }
    Ok(())
}
