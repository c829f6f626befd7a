//! What the forms of the floor send: batches, scans, packages.

use diesel::PgConnection;

use crate::preparation::queries::{self, Package, Wanted};
use crate::preparation::{OtherStop, PackageInput, Read, ShortReason, Station};
use crate::types::{
    FieldErrors, Fields, Quantity, UserId, WarehouseId, optional, optional_text, read_form,
    required_text,
};

/// Parcels of one cart.
const MOST_IN_BATCH: u32 = 200;

/// What was scanned.
///
/// # Errors
/// A sentence beside `code`, when nothing was.
pub fn scanned(form: &Fields) -> Result<Read, FieldErrors> {
    let text = required_text(form.get("code"), 400);
    let text = text.map_err(|sentence| FieldErrors::one("code", sentence))?;
    Ok(Read::of(&text))
}

/// Why units are short.
///
/// # Errors
/// A sentence beside `why`.
pub fn short_reason(form: &Fields) -> Result<ShortReason, FieldErrors> {
    let reason = form.get("why").parse();
    reason.map_err(|_| FieldErrors::one("why", "Say why they are not there."))
}

/// Which bin a picker takes a product out of, instead of another.
///
/// # Errors
/// A sentence beside `location`.
pub fn other_stop(form: &Fields) -> Result<OtherStop, FieldErrors> {
    read_form!(form => OtherStop {
        product: "product", |text| text.parse().map_err(|_| "Choose a product.");
        from: "from", |text| text.parse().map_err(|_| "Choose a bin.");
        to: "location", |text| text.parse().map_err(|_| "Choose a bin.");
    })
}

/// Who is to walk; nobody: whoever comes.
///
/// # Errors
/// A sentence beside `operator`, of somebody who cannot sign in.
pub fn operator(conn: &mut PgConnection, form: &Fields) -> crate::error::Result<Option<UserId>> {
    let text = form.get("operator");
    if text.is_empty() {
        return Ok(None);
    }
    let known = queries::walkers(conn)?;
    let operator = known.into_iter().find(|(id, _)| id.to_string() == text);
    match operator {
        Some((id, _)) => Ok(Some(id)),
        None => Err(FieldErrors::one("operator", "Choose somebody who can sign in.").into()),
    }
}

/// What a batch is to be made of, and where.
///
/// # Errors
/// All that is wrong with it.
pub fn wanted(form: &Fields) -> Result<(WarehouseId, Wanted), FieldErrors> {
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."));
    let wanted = read_form!(form => Wanted {
        kind: "kind", |text| text.parse().map_err(|_| "Choose what to pick together.");
        method: "method", |text| optional_text(text, 120);
        zone: "zone", |text| optional_text(text, 40);
        at_most: "at_most", at_most;
    });
    FieldErrors::both(warehouse, wanted)
}

fn at_most(text: &str) -> Result<i64, String> {
    let units = Quantity::parse_positive(text)?;
    match units.get() {
        many @ 1..=MOST_IN_BATCH => Ok(many.into()),
        _ => Err(format!("A cart has at most {MOST_IN_BATCH} places.")),
    }
}

/// The packing desk that something was scanned at.
///
/// # Errors
/// A sentence beside `warehouse`.
pub fn station(form: &Fields, unscanned: bool) -> Result<Station, FieldErrors> {
    let warehouse = form.get("warehouse").parse();
    let warehouse = warehouse.map_err(|_| FieldErrors::one("warehouse", "Choose a warehouse."))?;
    Ok(Station {
        warehouse,
        seen: form.get("seen").parse().ok(),
        unscanned,
    })
}

/// What was measured of a package, as its form has it.
pub fn measured(package: &Package) -> Fields {
    let millimetres = |size: Option<i32>| size.map_or_else(String::new, |size| size.to_string());
    let weight = package.weight.map_or_else(String::new, |grams| {
        format!("{}.{:03}", grams / 1000, grams % 1000)
    });
    Fields::default()
        .with("weight", weight)
        .with("length", millimetres(package.length))
        .with("width", millimetres(package.width))
        .with("height", millimetres(package.height))
}

/// What somebody measured of a package: kilograms, and millimetres.
///
/// # Errors
/// All that is wrong with it.
pub fn package(form: &Fields) -> Result<PackageInput, FieldErrors> {
    read_form!(form => PackageInput {
        weight: "weight", |text| optional(text, grams);
        length: "length", |text| optional(text, millimetres);
        width: "width", |text| optional(text, millimetres);
        height: "height", |text| optional(text, millimetres);
    })
}

fn grams(text: &str) -> Result<i32, String> {
    let wrong = || "Enter a weight in kilograms, from 0.001 to 1000.".to_owned();
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if rest.len() > 3 || whole.len() > 4 || !digits(whole) || !digits(rest) || text == "." {
        return Err(wrong());
    }
    let number = |text: &str| text.parse::<i32>().unwrap_or(0);
    let grams = number(whole) * 1000 + number(&format!("{rest:0<3}"));
    match grams {
        1..=1_000_000 => Ok(grams),
        _ => Err(wrong()),
    }
}

fn millimetres(text: &str) -> Result<i32, String> {
    let number: Option<i32> = text.trim().parse().ok();
    let number = number.filter(|number| (1..=10_000).contains(number));
    number.ok_or_else(|| "Enter millimetres, from 1 to 10000.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_typed_in_kilograms_and_kept_in_grams() {
        for (text, kept) in [
            ("1", 1000),
            ("1.25", 1250),
            ("0,5", 500),
            (".001", 1),
            ("1000", 1_000_000),
        ] {
            assert_eq!(grams(text), Ok(kept), "{text}");
        }
        for wrong in ["0", "", "-1", "1.2345", "1e3", "1001", "abc", "."] {
            assert!(grams(wrong).is_err(), "{wrong}");
        }
    }
}
