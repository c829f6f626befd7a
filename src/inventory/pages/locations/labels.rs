//! Labels of locations, to print.

use actix_web::get;

use super::chosen;
use crate::error::Error;
use crate::inventory::queries::{self, LocationListed};
use crate::paper::{LabelSize, LocationLabel, location_labels};
use crate::types::Fields;
use crate::web::{Desk, Result, SignedIn, html};

/// Labels printed at once.
const MOST: usize = 1_000;

#[get("/locations/labels.pdf")]
pub(super) async fn print(desk: Desk<SignedIn>, form: Fields) -> Result {
    let size = form.get("size").parse().unwrap_or(LabelSize::Sheet);
    let today = desk.today();
    let labels = desk.read(move |conn| labels_of(chosen::locations(conn, &form)?.1, size));
    let pdf = location_labels(size, &labels.await?, today);
    let pdf = pdf.map_err(|error| Error::Failure(error.to_string()))?;
    html::pdf("locations.pdf", pdf)
}

fn labels_of(rows: Vec<LocationListed>, size: LabelSize) -> Result<Vec<LocationLabel>> {
    if rows.is_empty() {
        return Err(Error::Refused(
            "Choose locations whose labels are printed.".into(),
        ));
    }
    if rows.len() > MOST {
        return Err(Error::Refused(format!(
            "These are {} locations, and at most 1,000 labels are printed at once: narrow the list.",
            rows.len()
        )));
    }
    let too_long = rows.iter().filter(|row| row.barcode.len() > size.longest());
    let too_long: Vec<String> = too_long.map(|row| row.code.clone()).collect();
    if !too_long.is_empty() {
        return Err(Error::Refused(format!(
            "The barcodes of {} are too long for labels of this size: give them shorter ones, or \
             choose larger labels.",
            queries::in_words(&too_long)
        )));
    }
    let labels = rows.into_iter().map(|row| LocationLabel {
        code: row.code,
        zone: row.zone,
        barcode: row.barcode,
    });
    Ok(labels.collect())
}
