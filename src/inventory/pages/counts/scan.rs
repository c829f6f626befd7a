//! What a scanner reads while somebody counts: a bin, then what lies in it.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};

use super::show::ShowCount;
use crate::catalog;
use crate::db::{Act, Paging};
use crate::inventory::count_forms::{self as forms, Scanned};
use crate::inventory::queries::{self, CountLineFilter};
use crate::inventory::{Count, Found, forms::NO_BIN, scan as keep};
use crate::types::{CountId, FieldErrors, Fields};
use crate::web::{Desk, Go, Result, SignedIn};

pub fn routes(config: &mut ServiceConfig) {
    config.service(scan);
}

#[post("/counts/{id:\\d+}/scans")]
async fn scan(desk: Desk<SignedIn>, id: Path<CountId>, form: Fields) -> Result {
    let id = *id;
    desk.once(form, move |act, form| {
        let scanned = forms::scanned(form)?;
        let count = queries::count(act, id)?;
        read(act, &count, &scanned)
    })
    .or_again(move |conn, sheet| {
        let top = (CountLineFilter::default(), &Paging::default());
        ShowCount::load(conn, sheet, id, top)
    })
    .await
}

/// A bin is where one counts from now on; a product is found there.
fn read(act: &mut Act<'_>, count: &Count, scanned: &Scanned) -> Result<Go> {
    let has_bins = catalog::warehouse(act, count.warehouse_id)?.uses_locations;
    let called = |act: &mut Act<'_>, text: &str| catalog::bin_called(act, count.warehouse_id, text);
    if has_bins && let Some(bin) = called(act, &scanned.code)? {
        return Ok(Go::to(in_bin(count, &bin.code)));
    }
    let product = catalog::product_scanned(act, &scanned.code)?;
    let (product, units) = product.ok_or_else(|| {
        let sentence = match has_bins {
            true => "No bin of this warehouse and no product has this code.",
            false => "No product has this SKU or barcode.",
        };
        FieldErrors::one("code", sentence)
    })?;
    let bin = match scanned.bin.as_str() {
        "" => None,
        text => Some(called(act, text)?.ok_or_else(|| FieldErrors::one("code", NO_BIN))?),
    };
    let found = Found {
        product: product.id,
        bin: bin.map(|bin| bin.id),
        units: units.times(scanned.units),
        adds: true,
    };
    let line = keep(act, count.id, &found)?;
    let all = line.counted.unwrap_or_default();
    let said = match scanned.bin.as_str() {
        "" => format!("{}: {all} counted.", product.sku),
        bin => format!("{} in {bin}: {all} counted.", product.sku),
    };
    Ok(Go::to(in_bin(count, &scanned.bin)).saying(said))
}

/// The page of a count, for whoever stands before a bin.
fn in_bin(count: &Count, bin: &str) -> String {
    match serde_urlencoded::to_string([("bin", bin)]) {
        Ok(query) if !bin.is_empty() => format!("{}?{query}", count.path()),
        _ => count.path(),
    }
}
