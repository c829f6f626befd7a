//! What is in a parcel is scanned.

use diesel::prelude::*;

use super::lock_announced;
use crate::catalog;
use crate::db::{Act, announce};
use crate::returns::Error;
use crate::returns::queries::{self, LineBack};
use crate::schema::return_lines;
use crate::types::{Quantity, ReturnId, Sku};
use crate::{sales, stock};

/// What came of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    pub sku: Sku,
    /// Good units of the line that are counted now.
    pub good: Quantity,
}

/// Counts one more good unit of the line that a code means, or as many as are in the case it stands on.
///
/// # Errors
/// [`Error::CannotBe`], [`Error::NoSuchProduct`], [`Error::NotOfOrder`], [`Error::AllScanned`].
pub fn scan(act: &mut Act<'_>, id: ReturnId, code: &str) -> Result<Scanned, Error> {
    let of = lock_announced(act, id, "received")?;
    let (product, units) = catalog::product_scanned(act, code)?.ok_or(Error::NoSuchProduct)?;
    let lines = queries::lines_of_product(act, &of, product.id)?;
    let Some(line) = with_room(&lines, units) else {
        let most = lines.iter().map(|line| line.may_come_back).sum();
        let sku = product.sku;
        return Err(match lines.is_empty() {
            true => Error::NotOfOrder(sku, sales::order(act, of.order_id)?.number),
            false => Error::AllScanned { sku, most },
        });
    };
    stock::must_reach(act, [line.warehouse_id]).map_err(sales::Error::from)?;
    let good = line.good + units;
    let counted = (
        return_lines::return_id.eq(id),
        return_lines::order_line_id.eq(line.line),
        return_lines::good.eq(good),
    );
    diesel::insert_into(return_lines::table)
        .values(counted)
        .on_conflict((return_lines::return_id, return_lines::order_line_id))
        .do_update()
        .set(return_lines::good.eq(good))
        .execute(act.conn())?;
    announce(act, &[of.record().to_string()])?;
    let sku = product.sku;
    Ok(Scanned { sku, good })
}

/// The line that has so many more: what was announced comes first.
fn with_room(lines: &[LineBack], units: Quantity) -> Option<&LineBack> {
    let has_room = |of: Quantity| move |line: &&LineBack| line.back() + units <= of;
    let announced = lines.iter().find(|line| has_room(line.announced)(line));
    announced.or_else(|| lines.iter().find(|line| has_room(line.may_come_back)(line)))
}
