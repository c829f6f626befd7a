//! What a scanner reads while somebody counts: a bin, then what lies in it.

use actix_web::post;
use actix_web::web::{Path, ServiceConfig};
use diesel::PgConnection;

use super::show::ShowCount;
use crate::catalog::{self, Location, Product};
use crate::db::{Act, Paging};
use crate::inventory::count_forms::{self as forms, Scanned};
use crate::inventory::pages::named;
use crate::inventory::queries::{self, CountLineFilter};
use crate::inventory::{Count, Error, Found, scan as keep};
use crate::types::{CountId, FieldErrors, Fields, LocationId, Quantity};
use crate::web::{Desk, Go, MayCount, Result};

pub fn routes(config: &mut ServiceConfig) {
    config.service(scan);
}

#[post("/counts/{id:\\d+}/scans")]
async fn scan(desk: Desk<MayCount>, id: Path<CountId>, form: Fields) -> Result {
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

/// What a code stands for.
enum Meant {
    /// Where one counts from now on.
    Bin(Location),
    /// A product, and how many units of it.
    Goods(Product, Quantity),
}

fn read(act: &mut Act<'_>, count: &Count, scanned: &Scanned) -> Result<Go> {
    let (product, units) = match meant(act, count, &scanned.code)? {
        Meant::Bin(bin) => return Ok(Go::to(in_bin(count, &bin.code))),
        Meant::Goods(product, units) => (product, units),
    };
    let found = Found {
        product: product.id,
        bin: standing(act, count, &scanned.bin)?,
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

fn meant(conn: &mut PgConnection, count: &Count, code: &str) -> Result<Meant> {
    let wrong = |why: &str| Err(FieldErrors::one("code", why).into());
    let has_bins = catalog::warehouse(conn, count.warehouse_id)?.uses_locations;
    if has_bins && let Some(bin) = catalog::bin_called(conn, count.warehouse_id, code)? {
        return match bin.is_active {
            true => Ok(Meant::Bin(bin)),
            false => wrong("This bin is archived: nothing lies there."),
        };
    }
    match catalog::product_scanned(conn, code)? {
        Some((product, units)) => match catalog::kit_refusal(conn, &[product.id], "count")? {
            Some(why) => wrong(&why),
            None => Ok(Meant::Goods(product, units)),
        },
        None if has_bins => wrong("No bin of this warehouse and no product has this code."),
        None => wrong(&Error::NoSuchProduct.to_string()),
    }
}

/// The bin that was scanned before; none where there are none, or none was.
fn standing(conn: &mut PgConnection, count: &Count, code: &str) -> Result<Option<LocationId>> {
    if code.is_empty() {
        return Ok(None);
    }
    named::bin(conn, count.warehouse_id, ("code", code)).map(Some)
}

/// The page of a count, for whoever stands before a bin.
fn in_bin(count: &Count, bin: &str) -> String {
    match serde_urlencoded::to_string([("bin", bin)]) {
        Ok(query) if !bin.is_empty() => format!("{}?{query}", count.path()),
        _ => count.path(),
    }
}
