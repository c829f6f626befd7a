//! The barcodes in the form of a product, row by row.

use crate::catalog::Barcode;
use crate::types::{FieldErrors, Fields, Quantity, optional};

/// A barcode of a product, as a browser sends it.
#[derive(Debug, Clone, Default)]
pub struct BarcodeRow {
    pub code: String,
    /// Empty: one.
    pub units: String,
}

impl From<&Barcode> for BarcodeRow {
    fn from(kept: &Barcode) -> Self {
        Self {
            code: kept.code.clone(),
            units: kept.units.to_string(),
        }
    }
}

/// The rows of a form, in the order they were sent: every `barcode` begins one. Rows without a
/// barcode are left out.
pub fn barcode_rows(form: &Fields) -> Vec<BarcodeRow> {
    let mut rows: Vec<BarcodeRow> = Vec::new();
    for (name, value) in form.iter() {
        match (name, rows.last_mut()) {
            ("barcode", _) => rows.push(BarcodeRow {
                code: value.trim().to_owned(),
                units: String::new(),
            }),
            ("units", Some(row)) => value.clone_into(&mut row.units),
            _ => {}
        }
    }
    rows.retain(|row| !row.code.is_empty());
    rows
}

/// What the rows say; complaints go beside `barcode-0`, `units-0` and so on.
pub(super) fn barcodes(form: &Fields) -> Result<Vec<Barcode>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut said = Vec::new();
    for (at, row) in barcode_rows(form).iter().enumerate() {
        let code = errors.field(format!("barcode-{at}"), code(&row.code));
        let units = optional(&row.units, Quantity::parse_positive);
        let units = errors.field(format!("units-{at}"), units);
        if let (Some(code), Some(units)) = (code, units) {
            let units = units.unwrap_or(Quantity::new(1));
            said.push(Barcode { code, units });
        }
    }
    if errors.is_empty() {
        Ok(said)
    } else {
        Err(errors)
    }
}

/// A barcode: what Code 128 has bars for.
fn code(text: &str) -> Result<String, String> {
    if text.len() > 64 {
        return Err("A barcode has at most 64 characters.".into());
    }
    let has_bars = |letter: &char| (' '..='~').contains(letter);
    match text.chars().find(|letter| !has_bars(letter)) {
        Some(letter) => Err(format!(
            "No bars can be printed for {letter}: a barcode has letters without accents, digits and signs."
        )),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Fields {
        let owned = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        owned.collect::<Vec<_>>().into()
    }

    #[test]
    fn every_row_is_a_barcode_and_what_it_stands_for() {
        let sent = form(&[
            ("barcode", " 4006381333931 "),
            ("units", ""),
            ("barcode", ""),
            ("units", "7"),
            ("barcode", "CASE 12/a"),
            ("units", "12"),
        ]);

        let said = barcodes(&sent).expect("two barcodes");

        let said: Vec<_> = said
            .iter()
            .map(|each| (each.code.as_str(), each.units.get()))
            .collect();
        assert_eq!(said, [("4006381333931", 1), ("CASE 12/a", 12)]);
    }

    #[test]
    fn what_has_no_bars_or_no_units_is_refused_beside_its_row() {
        let sent = form(&[
            ("barcode", "1"),
            ("units", "0"),
            ("barcode", "caf\u{e9}"),
            ("units", "1"),
        ]);

        let errors = barcodes(&sent).expect_err("both are wrong");

        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["units-0", "barcode-1"]);
        assert!(errors.get("barcode-1").contains('\u{e9}'));
    }
}
