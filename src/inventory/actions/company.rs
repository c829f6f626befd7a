//! The company changes what it is called, or a rule of the stock.

use diesel::prelude::*;

use crate::catalog::{self, Company};
use crate::db::Act;
use crate::inventory::Error;
use crate::stock::{self, Cause, CauseKind, Consent, Effects, Happening};
use crate::types::clock;

/// Changes the company. If orders on hold may no longer keep stock, or may again, every queue is
/// planned anew in the same transaction.
///
/// # Errors
/// [`stock::Error::NotAgreed`] when orders would lose units by it that nobody agreed to lose.
pub fn change_company(
    act: &mut Act<'_>,
    changed: &Company,
    consent: &Consent,
) -> Result<(), Error> {
    let before = catalog::edit_company(act, changed)?;
    if before.held_orders_keep_stock != changed.held_orders_keep_stock {
        let why = if changed.held_orders_keep_stock {
            "Orders on hold keep their stock"
        } else {
            "Orders on hold give their stock away"
        };
        let cause = Cause::of(CauseKind::Settings).because(why);
        stock::change_if_agreed(act, &cause, &[rule(changed)], consent)?;
    }
    Ok(())
}

/// Who would gain and who would lose by it.
///
/// # Errors
/// Those of the database.
pub fn preview_company(conn: &mut PgConnection, changed: &Company) -> Result<Effects, Error> {
    Ok(stock::preview(conn, clock::now(), &[rule(changed)])?)
}

const fn rule(company: &Company) -> Happening {
    Happening::HeldOrders {
        keep_stock: company.held_orders_keep_stock,
    }
}
