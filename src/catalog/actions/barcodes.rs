//! What scanners read: each barcode belongs to one product.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::catalog::{Barcode, Error};
use crate::db::{Act, set_based};
use crate::schema::{barcodes, locations, products};
use crate::types::{ProductId, Sku};

/// A barcode that a product gets: of which product, the how many-th of it, which.
pub(super) type Given<'a> = (ProductId, usize, &'a Barcode);

/// The barcodes of one product, as it gets them.
pub(super) fn given(product: ProductId, all: &[Barcode]) -> impl Iterator<Item = Given<'_>> {
    let numbered = all.iter().enumerate();
    numbered.map(move |(at, barcode)| (product, at, barcode))
}

/// Gives a product these barcodes, and no others.
///
/// # Errors
/// Those of [`give`].
pub(super) fn replace(act: &mut Act<'_>, product: ProductId, all: &[Barcode]) -> Result<(), Error> {
    let kept = all.iter().map(|barcode| &barcode.code);
    let gone = barcodes::table
        .filter(barcodes::product_id.eq(product))
        .filter(barcodes::code.ne_all(kept.collect::<Vec<_>>()));
    diesel::delete(gone).execute(act.conn())?;
    give(act, given(product, all).collect())
}

/// Gives products barcodes, beside those they have. A constant number of statements.
///
/// # Errors
/// [`Error::BarcodeTwice`], [`Error::BarcodeTaken`], [`Error::BarcodeOfLocation`].
pub(super) fn give(act: &mut Act<'_>, mut all: Vec<Given<'_>>) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let mut seen = HashSet::with_capacity(all.len());
    if let Some((_, at, _)) = all.iter().find(|(.., each)| !seen.insert(&each.code)) {
        return Err(Error::BarcodeTwice { at: *at });
    }
    refuse_of_locations(act, &all)?;
    // One order for everybody: two who give the same codes wait for each other, not both.
    all.sort_unstable_by_key(|(.., barcode)| &barcode.code);
    let written: Vec<Written> = set_based!(
        "insert into barcodes (:columns) select :columns from :rows
         on conflict (code) do update set units = excluded.units
           where barcodes.product_id = excluded.product_id
         returning code",
        &all, |(product, _, barcode)|
        product_id: BigInt = *product,
        code: Text = &barcode.code,
        units: Integer = barcode.units
    )
    .load(act.conn())?;
    if written.len() == all.len() {
        return Ok(());
    }
    let written: HashSet<String> = written.into_iter().map(|row| row.code).collect();
    let taken = all
        .iter()
        .filter(|(.., barcode)| !written.contains(&barcode.code))
        .min_by_key(|(_, at, _)| *at);
    let (_, at, barcode) = taken.ok_or(diesel::NotFound)?;
    Err(Error::BarcodeTaken {
        at: *at,
        by: owner(act, &barcode.code)?,
    })
}

/// What is scanned means a product or a location, never both.
fn refuse_of_locations(conn: &mut PgConnection, all: &[Given<'_>]) -> Result<(), Error> {
    let codes = all.iter().map(|(.., barcode)| &barcode.code);
    let labels: Vec<(String, String)> = locations::table
        .filter(locations::barcode.eq_any(codes))
        .select((locations::barcode, locations::code))
        .load(conn)?;
    let label = |code: &str| labels.iter().find(|(barcode, _)| barcode == code);
    let first = all
        .iter()
        .filter_map(|(_, at, barcode)| Some((*at, label(&barcode.code)?)))
        .min_by_key(|(at, _)| *at);
    match first {
        Some((at, (_, location))) => Err(Error::BarcodeOfLocation {
            at,
            location: location.clone(),
        }),
        None => Ok(()),
    }
}

#[derive(QueryableByName)]
#[diesel(check_for_backend(diesel::pg::Pg))]
struct Written {
    #[diesel(sql_type = Text)]
    code: String,
}

fn owner(conn: &mut PgConnection, code: &str) -> QueryResult<Sku> {
    barcodes::table
        .inner_join(products::table)
        .filter(barcodes::code.eq(code))
        .select(products::sku)
        .first(conn)
}
