//! What browsers send about counts, and what it means.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{AbcClass, Applying};
use crate::types::{
    CountLineId, FieldErrors, Fields, Quantity, SupplierId, WarehouseId, optional, optional_date,
    optional_text, read_form, required_text, ticked,
};

/// SKUs and barcodes of one list.
const MOST_PRODUCTS: usize = 5000;

/// What is to be counted, as the form says it: what its codes mean only the database knows.
#[derive(Debug, Clone)]
pub struct Asking {
    pub warehouse: WarehouseId,
    /// The code of the first bin of a range; may be empty.
    pub first: String,
    /// The last one.
    pub last: String,
    pub zone: String,
    pub supplier: Option<SupplierId>,
    pub class: Option<AbcClass>,
    pub not_since: Option<NaiveDate>,
    /// SKUs or barcodes.
    pub products: Vec<String>,
    pub none_too: bool,
    pub blind: bool,
}

pub fn asking(form: &Fields) -> Result<Asking, FieldErrors> {
    let asking = read_form!(form => Asking {
        warehouse: "warehouse", chosen;
        first: "first", code;
        last: "last", code;
        zone: "zone", |text| optional_text(text, 40);
        supplier: "supplier", |text| optional(text, chosen);
        class: "class", |text| optional(text, chosen);
        not_since: "not_since", optional_date;
        products: "products", listed;
        none_too: "none_too", ticked;
        blind: "blind", ticked;
    })?;
    match no_range(&asking.first, &asking.last) {
        Some((field, sentence)) => Err(FieldErrors::one(field, sentence)),
        None => Ok(asking),
    }
}

fn chosen<T: FromStr>(text: &str) -> Result<T, &'static str> {
    text.parse().map_err(|_| "Choose one of the list.")
}

/// The code of a bin; may be empty.
fn code(text: &str) -> Result<String, String> {
    optional_text(&text.to_uppercase(), 40)
}

/// Why two bins, of which both or none are said, are no range: beside which of them.
fn no_range(first: &str, last: &str) -> Option<(&'static str, &'static str)> {
    const BOTH: &str = "A range of bins has a first and a last one.";
    match (first.is_empty(), last.is_empty()) {
        (true, false) => Some(("first", BOTH)),
        (false, true) => Some(("last", BOTH)),
        _ if last < first => Some(("last", "The last bin comes before the first.")),
        _ => None,
    }
}

/// What stands on each line of a list.
fn listed(text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    if lines.len() > MOST_PRODUCTS {
        return Err(format!("At most {MOST_PRODUCTS} products in one list."));
    }
    Ok(lines)
}

/// What was scanned or typed into the box of a count.
#[derive(Debug, Clone)]
pub struct Scanned {
    /// A bin, a SKU or a barcode.
    pub code: String,
    /// The bin that was scanned before; may be empty.
    pub bin: String,
    /// How often.
    pub units: Quantity,
}

pub fn scanned(form: &Fields) -> Result<Scanned, FieldErrors> {
    let mut read = form.read();
    let scanned = Scanned {
        code: read.take("code", |text| required_text(text, 100)),
        bin: read.take("bin", |text| optional_text(text, 100)),
        units: read.take("units", Quantity::parse_positive),
    };
    read.done(scanned)
}

/// The figure typed beside a line.
pub fn typed(form: &Fields) -> Result<Quantity, FieldErrors> {
    let mut read = form.read();
    let units = read.take("counted", Quantity::parse);
    read.done(units)
}

/// The lines that were ticked.
pub fn lines(form: &Fields) -> Vec<CountLineId> {
    let lines = form.all("line").filter_map(|line| line.parse().ok());
    lines.collect()
}

pub fn applying(form: &Fields) -> Applying {
    Applying {
        doubtful_too: form.has("doubtful_too"),
    }
}
