//! The company changes what it is called, or a rule of the stock.

use crate::catalog::{self, Company};
use crate::db::Act;
use crate::inventory::Error;
use crate::stock::{self, Cause, CauseKind, Happening};

/// Changes the company. If orders on hold may no longer keep stock, or may again, every queue is
/// planned anew in the same transaction.
pub fn change_company(act: &mut Act<'_>, changed: &Company) -> Result<(), Error> {
    let before = catalog::edit_company(act, changed)?;
    if before.held_orders_keep_stock != changed.held_orders_keep_stock {
        let why = if changed.held_orders_keep_stock {
            "Orders on hold keep their stock"
        } else {
            "Orders on hold give their stock away"
        };
        let cause = Cause::of(CauseKind::Settings).because(why);
        stock::change(act, &cause, &[Happening::Rule { warehouse: None }])?;
    }
    Ok(())
}
