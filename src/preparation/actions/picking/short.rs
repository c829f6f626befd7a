//! Fewer units lie in a bin than are to be taken out of it.

use super::super::left_out::{LeftOut, leave_out};
use super::super::scanned::Scan;
use super::lock_with_order;
use crate::db::Act;
use crate::preparation::queries::{self, Stop};
use crate::preparation::{Answer, Error, Outcome, ShortReason, Walk};
use crate::types::{LocationId, ProductId, Quantity};

/// Where a picker does not find what is to be taken, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortStop {
    pub product: ProductId,
    /// None: wherever it lies.
    pub bin: Option<LocationId>,
    pub reason: ShortReason,
}

/// What is left to take at a stop is not there. The parcels take less, those served last first: the units
/// stay in the books, promised to nobody until that bin is counted, and the orders wait for others. A
/// parcel of which nothing is left, or whose order leaves wholly or not at all, is given back.
///
/// # Errors
/// [`Error::NothingShort`] when all of it was taken; those of sales and stock.
pub fn report_stop_short(act: &mut Act<'_>, walk: Walk, stop: ShortStop) -> Result<Answer, Error> {
    let walked = lock_with_order(act, walk)?;
    let scan = walked.scan("");
    if let Some(why) = walked.of_other(act)? {
        return Ok(scan.keep(act, Answer::no(why), &[])?);
    }
    let stops = queries::stops(act, walk, Some(stop.product))?;
    let short: Vec<&Stop> = stops
        .iter()
        .filter(|each| each.bin_id == stop.bin && !each.left().is_zero())
        .collect();
    let Some(first) = short.first() else {
        let over = walked.is_over(act)?;
        return Err(over.map_or(Error::NothingShort, Error::NotWalked));
    };
    let (sku, bin) = (first.sku.clone(), first.bin.clone());
    let units: Quantity = short.iter().map(|each| each.left()).sum();
    let left_out: Vec<LeftOut> = short
        .iter()
        .map(|each| LeftOut {
            line: each.line,
            bin: each.bin_id,
            units: each.left(),
        })
        .collect();
    let put_back = leave_out(act, &left_out, stop.reason)?;
    super::finish(act, &walked)?;
    walked.tell(act)?;
    let place = match bin.as_str() {
        "" => String::new(),
        bin => format!(" in {bin}"),
    };
    let words = format!("{units} of {sku} short{place}; it is to be counted. {put_back}");
    let scan = Scan {
        product_id: Some(stop.product),
        location_id: stop.bin,
        units,
        ..scan
    };
    Ok(scan.keep(act, Answer::of(Outcome::Short, words.trim_end()), &[])?)
}
